"""The inbox: events taken under a lease, one of a talk at a time, and ended exactly once.

A process holds a talk, not an event, so that one resident's events are answered one after the other, the earliest of
those waiting first. What a dead process held is free for any other when the lease ends.
"""

import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, exists, func, or_, update
from sqlmodel import Session, col, select

from bot.channels.line.erasing import erase_if_taken_back
from bot.channels.line.events import ERASING
from bot.channels.line.intake import TOKEN_END
from knowledge import store
from knowledge.line_models import Ended, LineEvent, LineTalk

NO_LEASE = timedelta(seconds=40)  # no lease or pause is so long: the clock has gone back since
LEASE = timedelta(seconds=8)  # longer than a reply may take to send (sender.TIMEOUT), far shorter than a token's life


class Lost(Exception):
    """The lease had ended and another process took the talk over; this one leaves it alone."""


@dataclass(frozen=True)
class Claimed:
    """An event that this process works on; `conversation` is the talk's, `holder` the proof of the lease."""

    event: LineEvent
    conversation: str | None
    holder: str


def claim(engine: Engine, towns: Collection[str], most: int, now: datetime) -> list[Claimed]:
    """Takes up to `most` talks that have waiting events and are free: of each the earliest event."""
    with store.reading(engine) as session:  # on SQLite nobody waits for a look that finds nothing
        if not session.exec(select(_waiting().where(col(LineEvent.town_id).in_(towns)).exists())).one():
            return []
    with store.writing(engine) as session:
        heads = (
            select(col(LineEvent.town_id), col(LineEvent.talk), func.min(LineEvent.received_at).label("since"))
            .where(col(LineEvent.ended_at).is_(None), col(LineEvent.town_id).in_(towns))
            .group_by(col(LineEvent.town_id), col(LineEvent.talk))
            .subquery()
        )
        talks = session.exec(
            select(LineTalk)
            .join(heads, (col(LineTalk.town_id) == heads.c.town_id) & (col(LineTalk.talk) == heads.c.talk))
            .where(or_(col(LineTalk.free_at) <= now, col(LineTalk.free_at) > now + NO_LEASE))
            .order_by(heads.c.since)
            .limit(most)
            .with_for_update(of=LineTalk, skip_locked=True)
        ).all()
        return [claimed for talk in talks if (claimed := _take(session, talk, now))]


def _waiting() -> Any:
    return select(LineEvent.id).where(col(LineEvent.ended_at).is_(None))


def _take(session: Session, talk: LineTalk, now: datetime) -> Claimed | None:
    first = (
        select(LineEvent)
        .where(LineEvent.town_id == talk.town_id, LineEvent.talk == talk.talk, col(LineEvent.ended_at).is_(None))
        .order_by(col(LineEvent.sent_at), col(LineEvent.id))
        .limit(1)
    )
    event = session.exec(first).first()
    if event is None:
        return None
    talk.free_at, talk.holder = now + LEASE, secrets.token_hex(16)
    return Claimed(event, talk.conversation_id, talk.holder)


def hold(
    session: Session, claimed: Claimed, now: datetime, reply: dict[str, Any] | None = None, turn: int = 0
) -> LineEvent:
    """Notes, before it is sent, that a reply is being sent, and which; the lease begins anew. Raises Lost."""
    talk, event = _held(session, claimed)
    talk.free_at = now + LEASE
    event.attempts += 1
    if reply is not None:
        event.reply = reply
        conversation = str(reply.get("conversation", ""))
        event.conversation_id, event.turn = conversation, turn
        talk.conversation_id = conversation or talk.conversation_id
    return event


def pause(engine: Engine, claimed: Claimed, until: datetime) -> None:
    """Gives an event back, to be tried again later; the talk's other events wait behind it. Raises Lost."""
    with store.writing(engine) as session:
        talk, _ = _held(session, claimed)
        talk.free_at, talk.holder = until, ""


def end(engine: Engine, claimed: Claimed, ended: Ended, reason: str, now: datetime) -> None:
    """Ends an event for good: reply and reply token are erased, the talk is free. Raises Lost."""
    with store.writing(engine) as session:
        talk, event = _held(session, claimed)
        event.ended_at, event.state, event.reason = now, ended.value, reason
        event.token, event.reply = "", None
        talk.free_at, talk.holder = now, ""
        session.flush()
        erase_if_taken_back(session, event)


def _held(session: Session, claimed: Claimed) -> tuple[LineTalk, LineEvent]:
    """The talk and the event, locked, as long as this process holds them. Raises Lost."""
    given = claimed.event
    talk = session.get(LineTalk, (given.town_id, given.talk), with_for_update=True)
    event = session.get(LineEvent, (given.town_id, given.id), with_for_update=True)
    if talk is None or event is None or talk.holder != claimed.holder or event.ended_at is not None:
        raise Lost
    return talk, event


def is_waiting(engine: Engine, town: str, event: str) -> bool:
    """Whether an event is still to be answered, by whichever process."""
    with store.reading(engine) as session:
        waiting = _waiting().where(LineEvent.town_id == town, LineEvent.id == event)
        return bool(session.exec(select(waiting.exists())).one())


def sweep(engine: Engine, now: datetime) -> dict[str, int]:
    """Erases every reply token twenty minutes after it came; ends, as expired, what waited for longer.

    Gives the number of events that ended so, by town. Any process may sweep at any time.
    """
    old = (col(LineEvent.token) != "", col(LineEvent.received_at) < now - TOKEN_END)
    with store.reading(engine) as session:
        if not session.exec(select(exists().where(*old))).one():
            return {}
    kinds = [kind.value for kind in ERASING]
    values = {"ended_at": now, "state": Ended.EXPIRED.value, "reason": "not_in_time", "token": "", "reply": None}
    with store.writing(engine) as session:
        overdue = update(LineEvent).where(*old, col(LineEvent.ended_at).is_(None), col(LineEvent.kind).not_in(kinds))
        ended = session.exec(overdue.values(**values).returning(col(LineEvent.town_id))).scalars().all()
        session.exec(update(LineEvent).where(*old).values(token=""))
    return dict(Counter(ended))
