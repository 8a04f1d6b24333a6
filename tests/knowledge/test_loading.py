"""Files go into the store by stable id, any number of times, never over what staff edited."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from knowledge import loading, publishing, revisions, store
from knowledge.bundled import BrokenKnowledge
from knowledge.entries import EntryContent
from knowledge.models import Revision
from tests.knowledge.test_bundled import ENTRY, TOWN, town

DAY = date(2026, 4, 1)


def root(tmp_path: Path, entries: str = ENTRY) -> Path:
    folder = tmp_path / "towns" / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    town(folder, entries)
    return folder.parent


def texts(engine: Engine) -> list[str]:
    with store.reading(engine) as session:
        return [e.content.facets[0].text for e in revisions.published_entries(session, "sample", DAY)]


def revision(engine: Engine) -> int:
    with store.reading(engine) as session:
        return revisions.town_revisions(session)["sample"]


def edit(engine: Engine, text: str) -> None:
    with store.writing(engine) as session:
        newest = revisions.latest(session, "sample/rpa")
        content = EntryContent.model_validate(newest.content)
        facet = content.facets[0].model_copy(update={"text": text})
        changed = content.model_copy(update={"facets": (facet,)})
        draft = publishing.save_draft(session, "sample/rpa", changed, based_on=newest.number, author="職員")
        publishing.publish(session, "sample/rpa", draft.number)


def test_a_fresh_installation_answers_from_the_files(engine: Engine, tmp_path: Path) -> None:
    loaded = loading.load_all(engine, root(tmp_path))
    assert [(one.town, one.added) for one in loaded] == [("sample", 1)]
    assert texts(engine) == ["RPAは決まった作業の自動化です。"]


def test_loading_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    before = revision(engine)
    loaded = loading.load_all(engine, root(tmp_path))
    assert not loaded[0].is_news
    assert revision(engine) == before


def test_a_changed_file_is_published(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    loading.load_all(engine, root(tmp_path, ENTRY.replace("自動化です", "自動化のことです")))
    assert texts(engine) == ["RPAは決まった作業の自動化のことです。"]
    assert revision(engine) == 2


def test_what_staff_edited_stays(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    edit(engine, "職員が直しました。")
    loading.load_all(engine, root(tmp_path, ENTRY.replace("自動化です", "自動化のことです")))
    assert texts(engine) == ["職員が直しました。"]


def test_an_entry_that_staff_withdrew_stays_away(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    with store.writing(engine) as session:
        publishing.withdraw(session, "sample/rpa", author="職員", reason="古い")
    loading.load_all(engine, root(tmp_path))
    assert texts(engine) == []


def test_an_entry_that_left_the_files_is_no_longer_answered(engine: Engine, tmp_path: Path) -> None:
    other = ENTRY.replace("rpa", "ai").replace("RPA", "AI")
    loading.load_all(engine, root(tmp_path, ENTRY + other))
    loading.load_all(engine, root(tmp_path, other))
    assert texts(engine) == ["AIは決まった作業の自動化です。"]


def test_a_broken_file_leaves_the_last_good_knowledge(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    with pytest.raises(BrokenKnowledge, match=r"terms\.yaml"):
        loading.load_all(engine, root(tmp_path, ENTRY + "- id: [\n"))
    assert texts(engine) == ["RPAは決まった作業の自動化です。"]


def test_a_broken_town_holds_no_other_town_back(engine: Engine, tmp_path: Path) -> None:
    folder = root(tmp_path)
    (folder / "another").mkdir()
    town(folder / "another", "- id: [\n")
    with pytest.raises(BrokenKnowledge, match=r"another/terms\.yaml"):
        loading.load_all(engine, folder)
    assert texts(engine) == ["RPAは決まった作業の自動化です。"]


def test_changed_facts_of_the_plan_reach_every_process(engine: Engine, tmp_path: Path) -> None:
    folder = root(tmp_path)
    loading.load_all(engine, folder)
    town(folder / "sample", town_yaml=TOWN.replace("2026-03}", "2027-03}"))
    loading.load_all(engine, folder)
    assert revision(engine) == 2


def test_a_field_that_a_release_adds_is_no_change(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    with store.writing(engine) as session:
        kept = revisions.latest(session, "sample/rpa")
        before = {name: value for name, value in kept.content.items() if name != "group"}
        session.exec(update(Revision).where(col(Revision.entry_key) == "sample/rpa").values(content=before))
    assert not loading.load_all(engine, root(tmp_path))[0].is_news


def test_a_text_from_a_changed_file_is_unconfirmed(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    with store.writing(engine) as session:
        publishing.confirm(session, "sample/rpa", on=DAY, by="職員")
    loading.load_all(engine, root(tmp_path, ENTRY.replace("自動化です", "自動化のことです")))
    with store.reading(engine) as session:
        assert revisions.published_entries(session, "sample", DAY)[0].confirmed_on is None
