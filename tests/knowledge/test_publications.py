"""Publishing together, by two people, and at a time to come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge import loading, publications, publishing, revisions, store
from knowledge.acting import act_as
from knowledge.entries import EntryContent
from knowledge.models import Entry, State, Town
from knowledge.publications import Draft
from tests.knowledge.test_bundled import ENTRY
from tests.knowledge.test_loading import revision, root, texts

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
RPA, AI = "sample/rpa", "sample/ai"


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path, ENTRY + ENTRY.replace("rpa", "ai").replace("RPA", "AI")))


def draft(engine: Engine, key: str, text: str, author: str = "書いた人", account: int = 0) -> Draft:
    with store.writing(engine) as session:
        act_as(session, account)
        newest = revisions.latest(session, key)
        content = EntryContent.model_validate(newest.content)
        changed = content.model_copy(update={"facets": (content.facets[0].model_copy(update={"text": text}),)})
        saved = publishing.save_draft(session, key, changed, based_on=newest.number, author=author)
        return Draft(key, saved.number)


def two_people(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.get_one(Town, "sample").two_people = True


def test_drafts_are_published_together(engine: Engine) -> None:
    drafts = [draft(engine, RPA, "一つめ。"), draft(engine, AI, "二つめ。")]
    with store.writing(engine) as session:
        publications.publish_together(session, drafts, by="承認者", now=NOW)
    assert texts(engine) == ["二つめ。", "一つめ。"]
    with store.reading(engine) as session:
        assert [(row.number, row.by, row.done_at) for row in publications.published(session, RPA)] == [
            (2, "承認者", NOW)
        ]
        assert session.get_one(Entry, RPA).newest_state == State.PUBLISHED


def test_where_one_is_refused_none_is_published(engine: Engine) -> None:
    before = texts(engine)
    drafts = [draft(engine, AI, "一つめ。"), Draft(RPA, 1)]
    with pytest.raises(publishing.WrongState, match=r"「RPA」：.*もう公開"), store.writing(engine) as session:
        publications.publish_together(session, drafts, by="承認者", now=NOW)
    assert texts(engine) == before


def test_a_town_of_two_people_is_not_published_by_the_author(engine: Engine) -> None:
    two_people(engine)
    ready = draft(engine, RPA, "新しい文。")
    for by in ("書いた人", ""):
        with pytest.raises(publishing.NeedsAnother, match="別の人"), store.writing(engine) as session:
            publications.publish_together(session, [ready], by=by, now=NOW)
    with store.writing(engine) as session:
        publications.publish_together(session, [ready], by="承認者", now=NOW)
    assert "新しい文。" in texts(engine)


def acting(engine: Engine, account: int, ready: Draft, by: str) -> None:
    with store.writing(engine) as session:
        act_as(session, account)
        publications.publish_together(session, [ready], by=by, now=NOW)


def test_two_people_are_told_by_their_accounts_and_not_by_their_names(engine: Engine) -> None:
    two_people(engine)
    ready = draft(engine, RPA, "新しい文。", author="佐藤", account=7)
    with pytest.raises(publishing.NeedsAnother):
        acting(engine, 7, ready, by="改名した佐藤")
    acting(engine, 8, ready, by="佐藤")
    assert "新しい文。" in texts(engine)


def test_what_is_planned_keeps_the_account_that_approved_it(engine: Engine) -> None:
    two_people(engine)
    ready = draft(engine, RPA, "新しい文。", author="佐藤", account=7)
    with store.writing(engine) as session:
        act_as(session, 8)
        publications.plan(session, [ready], by="佐藤", at=LATER, now=NOW)
    assert publications.publish_due(engine, LATER) == {"sample"}


def test_a_draft_that_is_sent_back_stays_its_authors(engine: Engine) -> None:
    ready = draft(engine, RPA, "新しい文。", author="佐藤", account=7)
    with store.writing(engine) as session:
        act_as(session, 8)
        publishing.submit(session, RPA, ready.number)
        back = publishing.send_back(session, RPA, ready.number, by="鈴木", why="短く")
        assert (back.author, back.account) == ("佐藤", 7)


def test_a_plan_needs_the_second_person_too(engine: Engine) -> None:
    two_people(engine)
    ready = draft(engine, RPA, "新しい文。")
    with pytest.raises(publishing.NeedsAnother), store.writing(engine) as session:
        publications.plan(session, [ready], by="書いた人", at=LATER, now=NOW)


def test_a_planned_draft_is_published_when_its_time_comes_and_only_once(engine: Engine) -> None:
    ready = draft(engine, RPA, "来月からの文。")
    with store.writing(engine) as session:
        publications.plan(session, [ready], by="承認者", at=LATER, now=NOW)
    assert publications.publish_due(engine, NOW) == set()
    assert "来月からの文。" not in texts(engine)
    before = revision(engine)
    with ThreadPoolExecutor(3) as pool:
        changed = list(pool.map(lambda _: publications.publish_due(engine, LATER), range(3)))
    assert sorted(map(len, changed)) == [0, 0, 1]
    assert "来月からの文。" in texts(engine)
    assert revision(engine) == before + 1


def test_a_time_that_is_over_is_no_plan(engine: Engine) -> None:
    ready = draft(engine, RPA, "新しい文。")
    with pytest.raises(publishing.WrongState, match="今より後"), store.writing(engine) as session:
        publications.plan(session, [ready], by="承認者", at=NOW, now=NOW)


def test_a_plan_that_was_overtaken_tells_staff_and_is_done_with(engine: Engine) -> None:
    planned = draft(engine, RPA, "予定の文。")
    with store.writing(engine) as session:
        publications.plan(session, [planned], by="承認者", at=LATER, now=NOW)
    newer = draft(engine, RPA, "もっと新しい文。")
    with store.writing(engine) as session:
        publications.publish_together(session, [newer], by="承認者", now=NOW)
    assert publications.publish_due(engine, LATER) == set()
    assert "もっと新しい文。" in texts(engine)
    with store.reading(engine) as session:
        assert [row.entry_key for row in publications.refused(session, "sample")] == [RPA]
        assert "新しい版" in publications.refused(session, "sample")[0].fault
        assert publications.planned(session, "sample") == []


def test_a_plan_can_be_replaced_and_taken_back(engine: Engine) -> None:
    ready = draft(engine, RPA, "予定の文。")
    with store.writing(engine) as session:
        for at in (LATER, LATER + timedelta(days=1)):
            publications.plan(session, [ready], by="承認者", at=at, now=NOW)
        assert [row.due_at for row in publications.planned(session, "sample")] == [LATER + timedelta(days=1)]
        publications.unplan(session, RPA)
        assert publications.planned(session, "sample") == []


def test_validity_is_a_span_of_days(engine: Engine) -> None:
    before = revision(engine)
    with store.writing(engine) as session:
        publications.set_validity(session, RPA, None, date(2026, 3, 31))
    assert len(texts(engine)) == 1
    assert revision(engine) == before + 1
    with pytest.raises(publishing.WrongState, match="後に"), store.writing(engine) as session:
        publications.set_validity(session, RPA, date(2026, 4, 2), date(2026, 4, 1))
