"""Handed-in plans are read one after the other, once each, whatever becomes of the process that reads them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge import loading, store
from knowledge.plan_models import PlanExamination
from knowledge.plans import examinations, uploads
from knowledge.plans.examinations import Reading, Status, Stopping
from tests.knowledge.plans.made import PLAN
from tests.knowledge.test_loading import root


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))


def hand_in(engine: Engine, content: bytes, name: str = "計画.md") -> int:
    with store.writing(engine) as session:
        upload = uploads.keep_upload(session, "sample", name, content, by="職員")
        examinations.ask_for(session, upload.id or 0)
    return upload.id or 0


def status(engine: Engine, number: int) -> Status:
    with store.reading(engine) as session:
        return examinations.status_of(session, number)


def change(engine: Engine, **values: object) -> None:
    with store.writing(engine) as session:
        for name, value in values.items():
            setattr(session.exec(select(PlanExamination)).one(), name, value)


def test_a_plan_is_read_and_a_broken_one_is_refused_with_a_sentence(engine: Engine) -> None:
    good, broken = hand_in(engine, PLAN.read_bytes()), hand_in(engine, b"%PDF-broken", "壊れた.pdf")
    assert status(engine, good).is_under_way
    assert examinations.read_next(engine) and examinations.read_next(engine)
    assert not examinations.read_next(engine)
    with store.reading(engine) as session:
        found = examinations.examined(session, good)
        assert examinations.examined(session, broken) is None
    assert found and found.findings.title == "みほん市DX推進計画" and found.document.lines[0].number == 1
    assert status(engine, broken).state is Reading.REFUSED
    assert "壊れた.pdf" in status(engine, broken).refusal


def test_a_reading_that_died_is_begun_again_and_given_up_after_three(engine: Engine) -> None:
    number = hand_in(engine, PLAN.read_bytes())
    later, past = (datetime.now(UTC) + timedelta(minutes=sign) for sign in (1, -1))
    change(engine, state=Reading.READING, held_until=later, attempts=1)
    assert not examinations.read_next(engine), "another process still reads it"
    change(engine, held_until=past)
    assert examinations.read_next(engine)
    assert status(engine, number).state is Reading.READ
    change(engine, state=Reading.READING, held_until=past, attempts=3)
    examinations.read_next(engine)
    assert status(engine, number).state is Reading.REFUSED


def test_a_process_that_stops_leaves_the_plan_to_the_next(engine: Engine) -> None:
    number = hand_in(engine, PLAN.read_bytes())
    with pytest.raises(Stopping):
        examinations.read_next(engine, lambda: True)
    assert status(engine, number) == Status(Reading.WAITING, 0, 0, "")
    assert examinations.read_next(engine)


def test_what_is_read_of_a_plan_goes_with_it(engine: Engine) -> None:
    number = hand_in(engine, PLAN.read_bytes())
    with store.writing(engine) as session:
        uploads.discard_upload(session, "sample", number)
    with store.reading(engine) as session:
        assert session.exec(select(PlanExamination)).all() == []
    assert not examinations.read_next(engine)
