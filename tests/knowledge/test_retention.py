"""What is kept of residents and of staff goes after its time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select

from knowledge import retention, store
from knowledge.accounts import AuditRow, OneTimeLink, Staff
from knowledge.curation import EntryFile
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


def counts(deleted: dict[str, int]) -> dict[str, int]:
    """Of which table something was deleted."""
    return {name: count for name, count in deleted.items() if count}


def test_purges_what_is_older_than_the_towns_retention(engine: Engine) -> None:
    fill(engine, timedelta(days=91))
    assert counts(retention.purge(engine, NOW)) == {"conversations": 1, "inquiries": 1}
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
    assert counts(retention.purge(engine, NOW)) == {"turns": 1, "inquiries": 1}
    assert kept(engine) == (1, 0, 0)


def test_one_time_links_go_when_they_end_and_the_audit_log_after_two_years(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.add(town())
        session.flush()
        staff = Staff(town_id="sample", account="sample/a", login="a", name="職員", role="viewer", created_at=NOW)
        session.add(staff)
        session.flush()
        for mark, ends_at in (("old", NOW), ("new", NOW + timedelta(minutes=1))):
            session.add(OneTimeLink(token_hash=mark, staff_id=staff.id or 0, purpose="reset", ends_at=ends_at))
        for action, age in (("old", timedelta(days=731)), ("new", timedelta(days=729))):
            session.add(AuditRow(at=NOW - age, action=action, town_id="sample"))
        for name, age in (("old.csv", timedelta(days=8)), ("new.csv", timedelta(days=6))):
            session.add(EntryFile(town_id="sample", name=name, content=b"", by="", created_at=NOW - age))
    assert counts(retention.purge(engine, NOW)) == {"links": 1, "audit": 1, "files": 1}
    with store.reading(engine) as session:
        left = [*session.exec(select(OneTimeLink.token_hash)), *session.exec(select(AuditRow.action))]
        assert [*left, *session.exec(select(EntryFile.name))] == ["new", "new", "new.csv"]
