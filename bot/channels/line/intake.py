"""From LINE's events to rows: masked, under keyed hashes, the reply token encrypted; stored once if sent twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col

from bot.channels.line import tokens
from bot.channels.line.events import Incoming, Kind
from bot.hearing import hear
from bot.visitors import line_pseudonym
from knowledge import store
from knowledge.line_models import Ended, LineEvent, LineTalk

TOKEN_LIFE = timedelta(minutes=1)  # a reply token's, from the delivery that brought it (LINE's documentation)
TOKEN_END = timedelta(minutes=20)  # from the event itself, however late it was delivered again
FURTHEST_AHEAD = timedelta(days=1)  # LINE's clock may go before ours; order needs its times as they are
_EVENT, _TALK = (SQLModel.metadata.tables[name] for name in (LineEvent.__tablename__, LineTalk.__tablename__))
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def talk_of(incoming: Incoming, town: str, key: bytes) -> str:
    """The name of the talk that an event belongs to; empty where LINE does not say whose it is."""
    return line_pseudonym(incoming.source, incoming.source_id, town, key) if incoming.source_id else ""


def row_of(incoming: Incoming, town: str, key: bytes, now: datetime) -> dict[str, Any]:
    """An event as it is stored: nothing of it leads back to a resident."""
    sent_at = min(incoming.sent_at or now, now + FURTHEST_AHEAD)
    message = incoming.message
    return {
        "town_id": town,
        "id": incoming.id,
        "talk": talk_of(incoming, town, key),
        "kind": incoming.kind.value,
        "said": _said(incoming),
        "message": line_pseudonym("message", message, town, key) if message else "",
        "token": tokens.seal(incoming.token, town, incoming.id, key),
        "sent_at": sent_at,
        "received_at": now,
        "expires_at": min(now + TOKEN_LIFE, sent_at + TOKEN_END),
        "conversation_id": "",
        "turn": 0,
        "attempts": 0,
        "state": "",
        "reason": "",
    }


def keep(engine: Engine, rows: Sequence[Mapping[str, Any]], redelivered: frozenset[str]) -> set[tuple[str, str]]:
    """Stores the events that are new, all or none, and gives their towns and ids.

    One that is delivered again unanswered may be answered for another minute. Sorted, so that two deliveries that
    hold the same events wait for each other instead of blocking each other.
    """
    ordered = sorted(rows, key=lambda row: (row["town_id"], row["talk"], row["id"]))
    insert = _INSERT[engine.dialect.name]
    events, talks = insert(_EVENT), insert(_TALK)
    with store.writing_durably(engine) as session:
        connection = session.connection()
        connection.execute(
            talks.on_conflict_do_update(index_elements=["town_id", "talk"], set_={"last_at": talks.excluded.last_at}),
            _talks(ordered),
        )
        stored = connection.execute(
            events.on_conflict_do_nothing().returning(_EVENT.c.town_id, _EVENT.c.id), list(ordered)
        )
        new = {(town, event) for town, event in stored}
        for row in ordered:
            again = row["id"] in redelivered and (row["town_id"], row["id"]) not in new
            if again and row["received_at"] < row["expires_at"]:
                _prolong(session, row)
    return new


def _talks(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The talks of the events, each once."""
    times = {"last_at": "received_at", "free_at": "received_at"}
    talks = {
        (row["town_id"], row["talk"]): {"town_id": row["town_id"], "talk": row["talk"], "holder": ""}
        | {name: row[of] for name, of in times.items()}
        for row in rows
    }
    return list(talks.values())


def _prolong(session: Session, row: Mapping[str, Any]) -> None:
    """Another minute for an event that waits, or that ended only because nobody came to it in time.

    So it is after a process died before it acknowledged: LINE delivers again, and the token is good again. One that
    was tried stays ended.
    """
    untried = (col(LineEvent.state) == Ended.EXPIRED.value) & (col(LineEvent.attempts) == 0)
    session.exec(
        update(LineEvent)
        .where(
            col(LineEvent.town_id) == row["town_id"],
            col(LineEvent.id) == row["id"],
            or_(col(LineEvent.ended_at).is_(None), untried),
            col(LineEvent.expires_at) < row["expires_at"],
        )
        .values(expires_at=row["expires_at"], token=row["token"], ended_at=None, state="", reason="")
    )


def _said(incoming: Incoming) -> dict[str, Any]:
    """The masked message, or the button's data (ours, and signed); nothing of any other event."""
    match incoming.kind:
        case Kind.TEXT:
            return hear(incoming.said).to_json()
        case Kind.POSTBACK:
            return {"data": incoming.said}
        case _:
            return {}
