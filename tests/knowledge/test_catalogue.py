"""The list of entries: filters, pages, and what is due for confirmation."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge import catalogue, confirming, loading, publishing, revisions, store
from knowledge.asked import AskedCount
from knowledge.catalogue import Filter
from knowledge.confirming import Due
from knowledge.entries import EntryContent, FacetName
from knowledge.models import Conversation, Entry, State, Turn
from tests.bot.server import write_sample

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
DAY = date(2026, 4, 1)  # the sample's plan ended the day before
ALL = {"rpa", "ai", "smartphone-class", "counter", "policies", "card-rate", "period"}


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path))


def listed(engine: Engine, wanted: Filter) -> set[str]:
    with store.reading(engine) as session:
        page = catalogue.page(session, "sample", wanted, DAY)
        assert page.total == len(page.rows)
        return {row.key.removeprefix("sample/") for row in page.rows}


def turn(engine: Engine, *turns: tuple[str, bool | None]) -> None:
    with store.writing(engine) as session:
        talk = Conversation(id="a" * 32, town_id="sample", channel="web", created_at=NOW, last_at=NOW, state={})
        session.add(talk)
        session.flush()
        for number, (part, helpful) in enumerate(turns, start=1):
            row = {"conversation_id": talk.id, "number": number, "question": "q", "created_at": NOW}
            session.add(Turn(**row, kind="answer", parts=[part], helpful=helpful))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), ALL),
        (Filter(kind="term"), {"rpa", "ai"}),
        (Filter(department="企画課"), {"smartphone-class"}),
        (Filter(department="企画"), set()),
        (Filter(status=State.PUBLISHED), ALL),
        (Filter(status="changed"), set()),
        (Filter(text="rp"), {"rpa"}),
        (Filter(text="%"), set()),
        (Filter(text="RPA", found=["counter"]), {"rpa", "counter"}),
        (Filter(owner="企画課"), set()),
    ],
)
def test_entries_are_filtered(engine: Engine, wanted: Filter, found: set[str]) -> None:
    assert listed(engine, wanted) == found


def test_a_waiting_draft_and_a_withdrawn_entry_are_told_apart(engine: Engine) -> None:
    with store.writing(engine) as session:
        content = EntryContent.model_validate(revisions.latest(session, "sample/rpa").content)
        changed = content.model_copy(update={"title": "RPA（改）"})
        publishing.save_draft(session, "sample/rpa", changed, based_on=1, author="職員")
        publishing.submit(session, "sample/rpa", 2)
        publishing.withdraw(session, "sample/ai", author="職員", reason="古い")
    assert listed(engine, Filter(status="changed")) == {"rpa"}
    assert listed(engine, Filter(status=State.IN_REVIEW)) == {"rpa"}
    assert listed(engine, Filter(status="unpublished")) == listed(engine, Filter(status=State.WITHDRAWN)) == {"ai"}
    assert listed(engine, Filter(text="（改）")) == {"rpa"}


def test_what_was_never_asked_and_what_was_voted_down(engine: Engine) -> None:
    turn(engine, ("rpa#definition", True), ("rpa#definition", False), ("ai#definition", None))
    assert listed(engine, Filter(never_asked=True)) == ALL - {"rpa", "ai"}
    assert listed(engine, Filter(voted_down=True)) == {"rpa"}
    with store.reading(engine) as session:
        (row,) = catalogue.page(session, "sample", Filter(text="RPA"), DAY).rows
        assert row.count == AskedCount(answers=2, helpful=1, unhelpful=1)


def test_pages_hold_every_entry_once_and_one_too_far_is_the_last(engine: Engine) -> None:
    with store.reading(engine) as session:
        pages = [catalogue.page(session, "sample", Filter(), DAY, number, size=3) for number in (1, 2, 3, 9)]
    assert [len(page.rows) for page in pages] == [3, 3, 1, 1]
    assert len({row.key for page in pages for row in page.rows}) == len(ALL)
    assert (pages[3].number, pages[3].pages) == (3, 3)


def test_what_the_engine_found_keeps_its_order(engine: Engine) -> None:
    with store.reading(engine) as session:
        page = catalogue.page(session, "sample", Filter(found=["period", "ai", "rpa"]), DAY)
    assert [row.key for row in page.rows] == ["sample/period", "sample/ai", "sample/rpa"]


def test_departments_are_offered_for_the_filter(engine: Engine) -> None:
    with store.reading(engine) as session:
        assert catalogue.departments(session, "sample") == ["企画課"]


def due(engine: Engine, on: date = DAY) -> dict[str, tuple[Due, ...]]:
    with store.reading(engine) as session:
        found = {row.key.removeprefix("sample/"): row.dues for row in confirming.queue(session, "sample", on)}
        assert confirming.waiting(session, "sample", on) == len(found)
    assert listed(engine, Filter(due=True)) == found.keys() or on != DAY
    return found


def test_an_entry_is_due_until_it_is_confirmed_after_the_plans_period(engine: Engine) -> None:
    assert due(engine)["rpa"] == (Due.PERIOD_OVER, Due.NEVER)
    with store.writing(engine) as session:
        publishing.confirm(session, "sample/rpa", on=DAY - timedelta(days=1), by="職員")
        confirming.still_true(session, "sample/ai", on=DAY, by="職員")
    found = due(engine)
    assert found["rpa"] == (Due.PERIOD_OVER,)
    assert found.keys() == ALL - {"ai"}


def test_within_the_period_a_confirmed_entry_is_due_at_its_review_date(engine: Engine) -> None:
    on = date(2025, 6, 1)
    with store.writing(engine) as session:
        session.get_one(Entry, "sample/rpa").review_date = on
        publishing.confirm(session, "sample/rpa", on=on - timedelta(days=9), by="職員")
    assert "rpa" not in due(engine, on - timedelta(days=1))
    assert due(engine, on)["rpa"] == (Due.REVIEW_DATE,)
    with store.writing(engine) as session:
        assert next(row.key for row in confirming.queue(session, "sample", on)) == "sample/rpa"
        confirming.still_true(session, "sample/rpa", on=on, by="職員")
        assert session.get_one(Entry, "sample/rpa").review_date == date(2026, 6, 1)
    assert "rpa" not in due(engine, on)


def test_what_changed_is_mended_at_the_situation_else_where_it_is_answered(engine: Engine) -> None:
    facet = {"name": "actions", "text": "します。", "section": "第3章"}
    content = {"id": "x", "kind": "measure", "title": "取組", "facets": [facet]}
    assert confirming.facet_to_mend(EntryContent.model_validate(content)) is FacetName.ACTIONS
    content["facets"] = [facet, facet | {"name": "situation"}]
    assert confirming.facet_to_mend(EntryContent.model_validate(content)) is FacetName.SITUATION
