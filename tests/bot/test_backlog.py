"""What waits for the store: in order, bounded, gone when erased, and never written twice."""

from datetime import UTC, datetime

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import Engine
from sqlmodel import select

from bot.backlog import Backlog
from bot.context import Context
from bot.conversations import Resumed, Told
from bot.unstored import KeptTurn
from knowledge import store
from knowledge.models import Conversation, Turn
from tests.knowledge.test_store import town

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
NEW = Resumed(Context())


def turn(question: str, conversation: str = "", town_id: str = "sample") -> KeptTurn:
    told = Told(question, "answer", ["rpa#definition"], (), ())
    return KeptTurn(town_id, conversation, "web", told, Context(), "v", NOW)


@pytest.fixture
def sample(engine: Engine) -> Engine:
    with store.writing(engine) as session:
        session.add(town())
    return engine


def questions(engine: Engine) -> list[str]:
    with store.reading(engine) as session:
        return list(session.exec(select(Turn.question).order_by(Turn.number)).all())  # type: ignore[arg-type]


def dropped() -> float:
    return REGISTRY.get_sample_value("annai_turns_unstored_total") or 0.0


def test_writes_in_order_under_the_id_that_was_told(sample: Engine) -> None:
    backlog = Backlog()
    first = backlog.keep(turn("一"), NEW)
    second = backlog.keep(turn("二", first.conversation), NEW)
    assert (first.number, second.number, second.conversation) == (1, 2, first.conversation)
    backlog.write(sample)
    assert questions(sample) == ["一", "二"]
    assert len(backlog) == 0


def test_what_was_stored_after_all_is_not_written_twice(sample: Engine) -> None:
    backlog = Backlog()
    kept = backlog.keep(turn("一"), NEW)
    backlog.write(sample)
    backlog._kept.append(kept)  # as where the commit came through and its answer did not
    backlog.write(sample)
    assert questions(sample) == ["一"]


def test_what_was_erased_does_not_come_back(sample: Engine) -> None:
    backlog = Backlog()
    kept = backlog.keep(turn("一"), NEW)
    backlog.keep(turn("二", "a" * 32), Resumed(Context(), turns=1))  # its conversation was erased elsewhere
    backlog.forget("sample", kept.conversation)
    backlog.write(sample)
    with store.reading(sample) as session:
        assert session.exec(select(Conversation)).all() == []


def test_a_turn_that_can_never_be_written_is_counted_and_stops_no_other(sample: Engine) -> None:
    backlog, before = Backlog(), dropped()
    backlog.keep(turn("一", town_id="gone"), NEW)
    backlog.keep(turn("二"), NEW)
    backlog.write(sample)
    assert questions(sample) == ["二"]
    assert dropped() == before + 1


def test_another_towns_conversation_is_none_of_ours() -> None:
    backlog = Backlog()
    kept = backlog.keep(turn("一"), NEW)
    assert backlog.holds("sample", kept.conversation)
    assert not backlog.holds("other", kept.conversation)


def test_a_process_that_ends_counts_what_it_takes_with_it() -> None:
    backlog, before = Backlog(), dropped()
    for question in "一二三":
        backlog.keep(turn(question), NEW)
    backlog.drop()
    assert dropped() == before + 3
    assert REGISTRY.get_sample_value("annai_backlog_turns") == 0
