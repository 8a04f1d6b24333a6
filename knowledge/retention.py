"""What is kept of residents goes after the town's retention time, and is counted; any process may purge."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete
from sqlmodel import col, select

from knowledge import store, tallies
from knowledge.line_models import LineEvent, LineTalk
from knowledge.models import Conversation, Inquiry, Town, Turn
from knowledge.plans.uploads import purge_uploads
from knowledge.publishing import towns


def purge(engine: Engine, now: datetime) -> dict[str, int]:
    """Deletes conversations, turns of those that go on, inquiries, LINE's events, and plans handed in.

    Gives the number of rows deleted, by table.
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
    return deleted
