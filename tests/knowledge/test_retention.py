"""What is kept of residents goes after the town's retention time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select

from knowledge import retention, store
from knowledge.models import Conversation, Inquiry, Turn
from tests.knowledge.test_store import town

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def fill(engine: Engine, age: timedelta) -> None:
    at = NOW - age
    with store.writing(engine) as session:
        session.add(town())
        session.flush()
        session.add(Conversation(id="a" * 32, town_id="sample", channel="web", created_at=at, last_at=at))
        session.flush()
        session.add(Turn(conversation_id="a" * 32, number=1, question="質問", kind="answer", created_at=at))
        session.add(
            Inquiry(town_id="sample", question="質問", why="unknown", visitor="v", day=at.date(), created_at=at)
        )


def kept(engine: Engine) -> tuple[int, int, int]:
    with store.reading(engine) as session:
        conversations, turns, inquiries = (len(session.exec(select(t)).all()) for t in (Conversation, Turn, Inquiry))
    return conversations, turns, inquiries


def test_purges_what_is_older_than_the_towns_retention(engine: Engine) -> None:
    fill(engine, timedelta(days=91))
    assert retention.purge(engine, NOW) == {
        "conversations": 1,
        "turns": 0,
        "inquiries": 1,
        "line_events": 0,
        "uploads": 0,
    }
    assert kept(engine) == (0, 0, 0)


def test_keeps_what_is_younger_and_may_run_again(engine: Engine) -> None:
    fill(engine, timedelta(days=89))
    retention.purge(engine, NOW)
    retention.purge(engine, NOW)
    assert kept(engine) == (1, 1, 1)


def test_purges_old_turns_of_a_conversation_that_goes_on(engine: Engine) -> None:
    fill(engine, timedelta(days=91))
    with store.writing(engine) as session:
        session.get_one(Conversation, "a" * 32).last_at = NOW
    assert retention.purge(engine, NOW) == {
        "conversations": 0,
        "turns": 1,
        "inquiries": 1,
        "line_events": 0,
        "uploads": 0,
    }
    assert kept(engine) == (1, 0, 0)
