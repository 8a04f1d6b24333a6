"""An import brings drafts only, leaves what the town has alone, and is taken back whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.published import read_towns
from knowledge import loading, publishing, revisions, store
from knowledge.entries import EntryContent
from knowledge.models import Entry, Revision, Source, State
from knowledge.plans.importing import Imported, NothingImported, findings_of, import_plan, imports
from knowledge.plans.undoing import Undone, undo
from tests.knowledge.plans.sample import EMPTY, FOUND
from tests.knowledge.test_loading import root

DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    """A town that knows RPA."""
    loading.load_all(engine, root(tmp_path))


def bring(engine: Engine) -> Imported:
    with store.writing(engine) as session:
        return import_plan(session, "sample", "mihon.pdf", FOUND, by="職員")


def take_back(engine: Engine, number: int) -> Undone:
    with store.writing(engine) as session:
        return undo(session, number)


def keys(engine: Engine) -> list[str]:
    with store.reading(engine) as session:
        return sorted(session.exec(select(Entry.key)))


def sources(engine: Engine) -> Sequence[str]:
    with store.reading(engine) as session:
        return sorted(session.exec(select(Source.id)))


def test_every_draft_waits_for_staff(engine: Engine) -> None:
    brought = bring(engine)
    assert sorted((*brought.drafted, "sample/rpa")) == keys(engine)
    with store.reading(engine) as session:
        states = session.exec(select(Revision.state).where(Revision.entry_key != "sample/rpa")).all()
        published = revisions.published_entries(session, "sample", DAY)
        entry = session.get_one(Entry, brought.drafted[0])
    assert set(states) == {State.DRAFT}
    assert [one.content.id for one in published] == ["rpa"]
    assert (entry.valid_from, entry.valid_until, entry.source_id) == (None, None, "sample-2024-03")


def test_what_the_town_has_is_left_alone_and_told(engine: Engine) -> None:
    assert bring(engine).known == ("RPA",)
    with store.reading(engine) as session:
        assert len(revisions.history(session, "sample/rpa")) == 1


def test_importing_again_brings_nothing_new(engine: Engine) -> None:
    first, again = bring(engine), bring(engine)
    assert again.drafted == ()
    assert len(again.known) == len(first.drafted) + 1
    assert again.source_id == first.source_id


def test_an_import_is_undone_whole(engine: Engine) -> None:
    before = (keys(engine), sources(engine))
    brought = bring(engine)
    assert take_back(engine, brought.number) == Undone(len(brought.drafted), ())
    assert (keys(engine), sources(engine)) == before
    with pytest.raises(NothingImported, match="もう取り消されて"):
        take_back(engine, brought.number)


def test_what_staff_edited_or_published_stays_and_is_named(engine: Engine) -> None:
    brought = bring(engine)
    with store.writing(engine) as session:
        edited, published = brought.drafted[1], brought.drafted[2]
        content = EntryContent.model_validate(revisions.latest(session, edited).content)
        publishing.save_draft(session, edited, content, based_on=1, author="職員")
        publishing.publish(session, published, 1)
    undone = take_back(engine, brought.number)
    assert undone.kept == ("書かない窓口の導入", "オープンデータの充実")
    assert keys(engine) == sorted((edited, published, "sample/rpa"))
    assert brought.source_id in sources(engine)


def test_an_import_that_fails_leaves_nothing(engine: Engine) -> None:
    before = (keys(engine), sources(engine))
    with pytest.raises(RuntimeError), store.writing(engine) as session:
        import_plan(session, "sample", "mihon.pdf", FOUND, by="職員")
        raise RuntimeError
    assert (keys(engine), sources(engine)) == before
    with store.reading(engine) as session:
        assert list(imports(session, "sample")) == []


@pytest.mark.parametrize(
    ("found", "town", "sentence"),
    [
        (replace(FOUND, period_from=""), "sample", "--period"),
        (replace(FOUND, period_to="2023-03"), "sample", "--period"),
        (EMPTY, "sample", "用語も取組も見つかりません"),
        (FOUND, "nowhere", "「nowhere」はありません"),
    ],
)
def test_what_cannot_be_imported_is_said(engine: Engine, found: object, town: str, sentence: str) -> None:
    with pytest.raises(NothingImported, match=sentence), store.writing(engine) as session:
        import_plan(session, town, "mihon.pdf", found, by="職員")  # type: ignore[arg-type]


def test_the_period_may_be_told(engine: Engine) -> None:
    with store.writing(engine) as session:
        found = replace(FOUND, period_from="", period_to="")
        brought = import_plan(session, "sample", "a.md", found, by="職員", period=("2024-04", "2028-03"))
        assert session.get_one(Source, brought.source_id).period_to == "2028-03"


def test_the_findings_are_kept_for_the_next_edition(engine: Engine) -> None:
    bring(engine)
    with store.reading(engine) as session:
        assert findings_of(imports(session, "sample")[0]) == FOUND


def test_residents_are_answered_from_the_plan_before_until_a_draft_is_published(engine: Engine) -> None:
    brought = bring(engine)
    assert read_towns(engine, {}, DAY)["sample"].library.town.source.title == "見本町DX計画"
    with store.writing(engine) as session:
        publishing.publish(session, brought.drafted[0], 1)
    assert read_towns(engine, {}, DAY)["sample"].library.town.source.title == "みほん市DX推進計画"


def test_another_plan_of_the_same_month_is_a_source_of_its_own(engine: Engine) -> None:
    first = bring(engine).source_id
    with store.writing(engine) as session:
        other = import_plan(session, "sample", "b.md", replace(FOUND, title="別の計画"), by="職員").source_id
    assert first != other
