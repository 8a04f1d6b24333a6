"""Draft, review, publication, withdrawal: every change is kept, and residents get only what is published."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from knowledge import loading, publishing, revisions, store
from knowledge.entries import EntryContent
from knowledge.models import Entry, State
from tests.knowledge.test_loading import DAY, edit, revision, root, texts

KEY = "sample/rpa"


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))


def content(engine: Engine) -> EntryContent:
    with store.reading(engine) as session:
        return EntryContent.model_validate(revisions.latest(session, KEY).content)


def test_a_draft_is_not_answered_from(engine: Engine) -> None:
    changed = content(engine).model_copy(update={"title": "下書き"})
    with store.writing(engine) as session:
        publishing.save_draft(session, KEY, changed, based_on=1, author="職員")
    with store.reading(engine) as session:
        assert [e.content.title for e in revisions.published_entries(session, "sample", DAY)] == ["RPA"]


def test_what_is_sent_back_is_its_authors_draft_again_with_the_reason(engine: Engine) -> None:
    with store.writing(engine) as session:
        draft = publishing.save_draft(session, KEY, content(engine), based_on=1, author="山田")
        with pytest.raises(publishing.WrongState):
            publishing.send_back(session, KEY, draft.number, by="佐藤", why="まだです")
        publishing.submit(session, KEY, draft.number)
        again = publishing.send_back(session, KEY, draft.number, by="佐藤", why="短くしてください")
        assert (again.author, again.reason) == ("山田", "差し戻し（佐藤）：短くしてください")
        assert {one.state for one in revisions.history(session, KEY)} == {State.DRAFT, State.PUBLISHED}
        assert session.get_one(Entry, KEY).newest_state == State.DRAFT


def test_a_publication_moves_the_towns_revision(engine: Engine) -> None:
    before = revision(engine)
    edit(engine, "新しい文です。")
    assert texts(engine) == ["新しい文です。"]
    assert revision(engine) == before + 1


def test_an_edit_that_came_between_is_noticed(engine: Engine) -> None:
    edit(engine, "先に直しました。")
    with pytest.raises(publishing.CrossedEdit, match="ほかの人"), store.writing(engine) as session:
        publishing.save_draft(session, KEY, content(engine), based_on=1, author="あと")
    assert texts(engine) == ["先に直しました。"]


def test_a_withdrawn_entry_is_not_answered_and_its_history_stays(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.withdraw(session, KEY, author="職員", reason="古い")
    assert texts(engine) == []
    with store.reading(engine) as session:
        assert [r.state for r in revisions.history(session, KEY)] == [State.WITHDRAWN, State.PUBLISHED]


def test_an_older_revision_can_be_restored(engine: Engine) -> None:
    edit(engine, "新しい文です。")
    with store.writing(engine) as session:
        draft = publishing.restore(session, KEY, 1, author="職員", reason="戻す")
        publishing.publish(session, KEY, draft.number)
    assert texts(engine) == ["RPAは決まった作業の自動化です。"]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "answered"),
    [(None, None, 1), (date(2026, 4, 2), None, 0), (None, date(2026, 3, 31), 0), (DAY, DAY, 1)],
)
def test_an_entry_is_answered_only_while_it_is_valid(
    engine: Engine, valid_from: date | None, valid_until: date | None, answered: int
) -> None:
    with store.writing(engine) as session:
        entry = session.get(Entry, KEY)
        assert entry is not None
        entry.valid_from, entry.valid_until = valid_from, valid_until
    assert len(texts(engine)) == answered


def test_a_confirmation_shows_its_day(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.confirm(session, KEY, on=DAY, by="職員")
    with store.reading(engine) as session:
        assert revisions.published_entries(session, "sample", DAY)[0].confirmed_on == DAY


def test_an_entry_that_is_not_there_is_said_to_be_missing(engine: Engine) -> None:
    with pytest.raises(revisions.NotThere, match="ありません"), store.reading(engine) as session:
        revisions.latest(session, "sample/nothing")


def test_an_edited_entry_is_unconfirmed(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.confirm(session, KEY, on=DAY, by="職員")
    edit(engine, "新しい文です。")
    with store.reading(engine) as session:
        assert revisions.published_entries(session, "sample", DAY)[0].confirmed_on is None


def test_what_is_not_published_cannot_be_confirmed(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.withdraw(session, KEY, author="職員", reason="古い")
    with pytest.raises(publishing.WrongState, match="先に公開"), store.writing(engine) as session:
        publishing.confirm(session, KEY, on=DAY, by="職員")


def test_only_a_draft_goes_up_for_review(engine: Engine) -> None:
    with pytest.raises(publishing.WrongState, match="下書きだけ"), store.writing(engine) as session:
        publishing.submit(session, KEY, 1)
    assert len(texts(engine)) == 1


def test_a_withdrawn_revision_is_not_published(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.withdraw(session, KEY, author="職員", reason="古い")
    with pytest.raises(publishing.WrongState, match="取り下げ"), store.writing(engine) as session:
        publishing.publish(session, KEY, 2)


def test_an_older_draft_is_not_published_over_a_newer_revision(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.save_draft(session, KEY, content(engine), based_on=1, author="職員")
    edit(engine, "新しい文です。")
    with pytest.raises(publishing.WrongState, match="新しい版"), store.writing(engine) as session:
        publishing.publish(session, KEY, 2)
    assert texts(engine) == ["新しい文です。"]


def test_a_revisions_content_never_changes(engine: Engine) -> None:
    with pytest.raises(TypeError, match="content"), store.writing(engine) as session:
        kept = revisions.latest(session, KEY)
        kept.content = {**kept.content, "title": "別の題"}


def test_staff_begin_an_entry_of_their_own(engine: Engine) -> None:
    own = content(engine).model_copy(update={"id": "own", "title": "職員の項目"})
    with store.writing(engine) as session:
        draft = publishing.begin_entry(session, "sample", "sample-2024-01", own, author="職員")
        assert (draft.number, draft.state) == (1, State.DRAFT)
        publishing.publish(session, "sample/own", 1)
    assert len(texts(engine)) == 2
    with pytest.raises(publishing.WrongState, match="もうあります"), store.writing(engine) as session:
        publishing.begin_entry(session, "sample", "sample-2024-01", own, author="職員")


def both_at_once(engine: Engine, act: Callable[[Session], object]) -> list[str]:
    """The outcome of two who do the same at the same time, "done" or the name of what was raised."""
    gate = threading.Barrier(2)

    def go(_: int) -> str:
        gate.wait()
        try:
            with store.writing(engine) as session:
                act(session)
        except (publishing.CrossedEdit, publishing.WrongState) as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(go, range(2)))


def test_of_two_edits_at_once_one_is_told(engine: Engine) -> None:
    seen = content(engine)
    save = both_at_once(engine, lambda s: publishing.save_draft(s, KEY, seen, based_on=1, author="職員"))
    assert save == ["CrossedEdit", "done"]


def test_of_two_publications_at_once_one_counts(engine: Engine) -> None:
    with store.writing(engine) as session:
        publishing.save_draft(session, KEY, content(engine), based_on=1, author="職員")
    before = revision(engine)
    assert both_at_once(engine, lambda s: publishing.publish(s, KEY, 2)) == ["WrongState", "done"]
    assert revision(engine) == before + 1


def test_of_two_who_begin_the_same_entry_one_is_told(engine: Engine) -> None:
    own = content(engine).model_copy(update={"id": "own"})
    begun = both_at_once(engine, lambda s: publishing.begin_entry(s, "sample", "sample-2024-01", own, author="職員"))
    assert begun == ["WrongState", "done"]
