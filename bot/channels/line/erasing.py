"""What residents take back: a message that was unsent, a talk whose resident left; nothing of it stays readable.

The event's row stays, empty, until the retention ends, so that the same event delivered again is not answered.
"""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.channels.line.events import Kind
from bot.conversations import erase_turn
from knowledge.line_models import LineEvent
from knowledge.models import Conversation, Turn


def erase(session: Session, event: LineEvent) -> None:
    """Does what an unsend, unfollow or leave asks for."""
    if event.kind == Kind.UNSEND:
        for row in _unsent_by(session, event):
            _erase_message(session, row)
    else:
        for row in _said_before(session, event):
            _erase_message(session, row)


def is_taken_back(session: Session, event: LineEvent) -> bool:
    """Whether an event was unsent, or its resident left after it: it came late, and is not answered."""
    later = select(LineEvent.id).where(
        LineEvent.town_id == event.town_id,
        LineEvent.talk == event.talk,
        col(LineEvent.kind).in_((Kind.UNFOLLOW.value, Kind.LEAVE.value)),
        col(LineEvent.sent_at) > event.sent_at,
    )
    unsent = select(LineEvent.id).where(
        LineEvent.town_id == event.town_id,
        LineEvent.message == event.message,
        LineEvent.kind == Kind.UNSEND.value,
        LineEvent.message != "",
    )
    return any(session.exec(query).first() is not None for query in (unsent, later))


def erase_if_taken_back(session: Session, event: LineEvent) -> None:
    """Erases an event that was taken back while it was being answered."""
    if event.kind not in (Kind.UNSEND, Kind.UNFOLLOW, Kind.LEAVE) and is_taken_back(session, event):
        _erase_message(session, event)


def _unsent_by(session: Session, event: LineEvent) -> list[LineEvent]:
    rows = select(LineEvent).where(
        LineEvent.town_id == event.town_id,
        LineEvent.message == event.message,
        LineEvent.message != "",
        LineEvent.kind != Kind.UNSEND.value,
    )
    return list(session.exec(rows.with_for_update()).all())


def _said_before(session: Session, event: LineEvent) -> list[LineEvent]:
    rows = select(LineEvent).where(
        LineEvent.town_id == event.town_id, LineEvent.talk == event.talk, col(LineEvent.sent_at) <= event.sent_at
    )
    return list(session.exec(rows.with_for_update()).all())


def _erase_message(session: Session, row: LineEvent) -> None:
    """Empties an event's row, and erases its turn, what was derived from it, and a conversation that is empty then."""
    conversation = row.conversation_id
    if conversation:
        erase_turn(session, conversation, row.turn)
    if conversation and session.exec(select(Turn.number).where(Turn.conversation_id == conversation)).first() is None:
        session.exec(delete(Conversation).where(col(Conversation.id) == conversation))
    row.said, row.reply, row.conversation_id, row.turn = {}, None, "", 0
