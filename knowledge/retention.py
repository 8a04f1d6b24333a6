"""What is kept of residents and staff goes after its time, and residents' turns are counted; any process may purge."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from knowledge import store, tallies, wastebasket
from knowledge.accounts import AuditRow, OneTimeLink
from knowledge.exchange.handed_in import purge_files
from knowledge.line_models import LineEvent, LineTalk
from knowledge.models import Conversation, Inquiry, Town, Turn
from knowledge.plans.uploads import purge_uploads
from knowledge.revisions import towns

AUDIT_KEPT = timedelta(days=730)  # the audit log: two years, longer than an inspection looks back


def purge(engine: Engine, now: datetime) -> dict[str, int]:
    """Deletes conversations, turns of those that go on, inquiries, LINE's events, and plans handed in; rows by table.

    Of the staff: inquiries thrown away a week ago, files handed in, one-time links that ended, audit rows after two
    years.
    """
    deleted = {"conversations": 0, "turns": 0, "inquiries": 0, "line_events": 0, "uploads": 0}
    with store.writing(engine) as session:
        for town in towns(session):
            before = now - timedelta(days=town.retention_days)
            # The town is held, so that two processes do not count the same turns.
            session.get(Town, town.id, with_for_update={"key_share": True})
            tallies.keep(session, town.id, before)
            old = delete(Conversation).where(col(Conversation.town_id) == town.id, col(Conversation.last_at) < before)
            deleted["conversations"] += session.exec(old).rowcount
            going_on = select(Conversation.id).where(Conversation.town_id == town.id)
            old = delete(Turn).where(col(Turn.conversation_id).in_(going_on), col(Turn.created_at) < before)
            deleted["turns"] += session.exec(old).rowcount
            old = delete(Inquiry).where(col(Inquiry.town_id) == town.id, col(Inquiry.created_at) < before)
            deleted["inquiries"] += session.exec(old).rowcount
            old = delete(LineEvent).where(col(LineEvent.town_id) == town.id, col(LineEvent.received_at) < before)
            deleted["line_events"] += session.exec(old).rowcount
            session.exec(delete(LineTalk).where(col(LineTalk.town_id) == town.id, col(LineTalk.last_at) < before))
        deleted["uploads"] = purge_uploads(session, now)
        deleted |= _purge_staffs(session, now)
    return deleted


def _purge_staffs(session: Session, now: datetime) -> dict[str, int]:
    ended = {
        "links": delete(OneTimeLink).where(col(OneTimeLink.ends_at) <= now),
        "audit": delete(AuditRow).where(col(AuditRow.at) < now - AUDIT_KEPT),
    }
    counts = {name: session.exec(statement).rowcount for name, statement in ended.items()}
    return {"files": purge_files(session, now), "thrown": wastebasket.purge(session, now), **counts}
