"""Who looks after an entry, and on which plan it stands."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge import loading, publishing, revisions, store, upkeep
from knowledge.models import Entry, Source, Town
from tests.knowledge.test_loading import DAY, revision, root

KEY = "sample/rpa"


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))


def source(town_id: str, name: str) -> Source:
    return Source(id=name, town_id=town_id, title="次の計画", period_from="2026-04", period_to="2030-03")


def test_the_owner_and_the_next_look_are_staffs_own_matter(engine: Engine) -> None:
    before = revision(engine)
    with store.writing(engine) as session:
        upkeep.set_owner(session, KEY, "企画課", date(2027, 1, 1))
    with store.reading(engine) as session:
        entry = session.get_one(Entry, KEY)
        assert (entry.owner, entry.review_date) == ("企画課", date(2027, 1, 1))
    assert revision(engine) == before


def test_another_edition_is_named_from_the_next_second_on(engine: Engine) -> None:
    before = revision(engine)
    with store.writing(engine) as session:
        session.add(source("sample", "next"))
        session.flush()
        upkeep.set_source(session, KEY, "next")
        upkeep.set_source(session, KEY, "next")
    with store.reading(engine) as session:
        assert revisions.published_entries(session, "sample", DAY)[0].source.title == "次の計画"
    assert revision(engine) == before + 1


def test_another_towns_plan_is_refused(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.add(Town(id="other", name="隣町", reading="", prefecture="", office=""))
        session.flush()
        session.add(source("other", "theirs"))
    for wanted in ("theirs", "nowhere"):
        with pytest.raises(publishing.WrongState, match="計画書"), store.writing(engine) as session:
            upkeep.set_source(session, KEY, wanted)
