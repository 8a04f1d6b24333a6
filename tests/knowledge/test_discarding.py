"""A draft is thrown away without anything being lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from knowledge import catalogue, discarding, inquiries, loading, publications, publishing, revisions, store
from knowledge.catalogue import Filter
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.exchange import imports
from knowledge.models import Entry, Handled, Inquiry, State, Why
from knowledge.publications import Draft
from tests.bot.server import write_sample
from tests.knowledge.test_loading import texts

RPA = "sample/rpa"
NOW = datetime(2099, 4, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path))


def draft(engine: Engine, title: str, author: str = "山田") -> int:
    with store.writing(engine) as session:
        newest = revisions.latest(session, RPA)
        content = EntryContent.model_validate(newest.content).model_copy(update={"title": title})
        return publishing.save_draft(session, RPA, content, based_on=newest.number, author=author).number


def discard(engine: Engine, number: int, key: str = RPA) -> int:
    with store.writing(engine) as session:
        return discarding.discard(session, key, number)


def states(engine: Engine, key: str = RPA) -> list[str]:
    with store.reading(engine) as session:
        return [one.state for one in revisions.history(session, key)]


def test_all_drafts_since_the_publication_stand_aside_and_the_published_text_holds(engine: Engine) -> None:
    before = texts(engine)
    draft(engine, "一つめ")
    assert discard(engine, draft(engine, "二つめ")) == 0
    assert states(engine) == [State.DISCARDED, State.DISCARDED, State.PUBLISHED]
    assert texts(engine) == before
    with store.reading(engine) as session:
        entry = session.get_one(Entry, RPA)
        assert (entry.title, entry.newest_number, entry.newest_state) == ("RPA", 1, State.PUBLISHED)
        assert revisions.latest(session, RPA).number == 1
        assert "二つめ" not in {one.title for one in imports.current(session, "sample")}
        assert imports.count(session, "sample") == len(imports.current(session, "sample"))


def test_a_discarded_draft_comes_back_under_a_new_number(engine: Engine) -> None:
    number = draft(engine, "一つめ")
    discard(engine, number)
    with store.writing(engine) as session:
        again = publishing.restore(session, RPA, number, author="山田", reason="戻す")
        assert (again.number, again.state, again.content["title"]) == (3, State.DRAFT, "一つめ")


def test_somebody_who_was_editing_the_discarded_draft_is_told(engine: Engine) -> None:
    number = draft(engine, "一つめ")
    discard(engine, number)
    with pytest.raises(publishing.CrossedEdit), store.writing(engine) as session:
        content = revisions.content_of(session, RPA, number)
        publishing.save_draft(session, RPA, content, based_on=number, author="佐藤")


def test_what_is_published_or_older_is_not_discarded(engine: Engine) -> None:
    with pytest.raises(publishing.WrongState, match="公開していない下書きだけ"):
        discard(engine, 1)
    older = draft(engine, "一つめ")
    draft(engine, "二つめ")
    with pytest.raises(publishing.CrossedEdit, match="先に変更"):
        discard(engine, older)


def test_a_planned_draft_that_is_discarded_is_no_longer_planned(engine: Engine) -> None:
    number = draft(engine, "一つめ")
    with store.writing(engine) as session:
        publications.plan(session, [Draft(RPA, number)], by="承認者", at=NOW, now=datetime.now(UTC))
    discard(engine, number)
    assert publications.publish_due(engine, NOW) == set()
    assert states(engine)[0] == State.DISCARDED


def test_a_withdrawal_is_undone_with_the_draft_that_was_being_written(engine: Engine) -> None:
    before, number = texts(engine), draft(engine, "一つめ")
    with store.writing(engine) as session:
        publishing.withdraw(session, RPA, author="承認者", reason="")
    with store.writing(engine) as session:
        discarding.undo_withdrawal(session, RPA)
        entry = session.get_one(Entry, RPA)
        assert (entry.published_number, entry.newest_number, entry.newest_state) == (1, number, State.DRAFT)
    assert texts(engine) == before
    with pytest.raises(publishing.WrongState), store.writing(engine) as session:
        discarding.undo_withdrawal(session, RPA)


def ask(engine: Engine, question: str) -> int:
    with store.writing(engine) as session:
        one = Inquiry(town_id="sample", question=question, why=Why.UNKNOWN, visitor="v", day=today(), created_at=NOW)
        session.add(one)
        session.flush()
        return one.id or 0


def phrased(engine: Engine, question: str) -> int:
    """The number of the draft that takes the question in."""
    number = ask(engine, question)
    with store.writing(engine) as session:
        now = datetime.now(UTC)
        return inquiries.add_phrasing(session, RPA, question, [number], facet=None, by="山田", now=now).number


def open_ones(engine: Engine) -> list[str]:
    with store.reading(engine) as session:
        return list(session.exec(select(Inquiry.question).where(col(Inquiry.handled) == Handled.OPEN)))


def test_the_questions_of_the_drafts_are_open_again_and_those_that_were_published_are_not(engine: Engine) -> None:
    first = phrased(engine, "ロボットにさせるやつ")
    with store.writing(engine) as session:
        publishing.publish(session, RPA, first, by="承認者")
    phrased(engine, "自動で入力してくれるの")
    assert discard(engine, phrased(engine, "パソコンの自動化")) == 2
    assert sorted(open_ones(engine)) == ["パソコンの自動化", "自動で入力してくれるの"]


def test_an_entry_that_never_was_more_than_a_draft_leaves_the_list_and_can_be_found_again(engine: Engine) -> None:
    with store.writing(engine) as session:
        known = revisions.content_of(session, RPA, 1)
        content = known.model_copy(update={"id": "new", "title": "新しい項目"})
        publishing.begin_entry(session, "sample", session.get_one(Entry, RPA).source_id, content, author="山田")
    discard(engine, 1, "sample/new")
    with store.reading(engine) as session:
        assert imports.count(session, "sample") == len(imports.current(session, "sample"))
        assert "新しい項目" not in {row.title for row in catalogue.page(session, "sample", Filter(), today()).rows}
        gone = catalogue.page(session, "sample", Filter(status=State.DISCARDED), today())
        assert [row.title for row in gone.rows] == ["新しい項目"]
