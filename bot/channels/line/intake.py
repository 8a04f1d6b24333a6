"""From LINE's events to rows: masked, under keyed hashes, the reply token encrypted; stored once if sent twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.channels.line import tokens
from bot.channels.line.events import Incoming, Kind
from bot.hearing import hear
from bot.visitors import line_pseudonym
from knowledge import store
from knowledge.line_models import LineEvent, LineTalk

TOKEN_LIFE = timedelta(minutes=1)  # a reply token's, from the delivery that brought it (LINE's documentation)
TOKEN_END = timedelta(minutes=20)  # from the event itself, however late it was delivered again
FURTHEST_AHEAD = timedelta(days=1)  # LINE's clock may go before ours; order needs its times as they are
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


def keep(engine: Engine, rows: Sequence[Mapping[str, Any]], redelivered: frozenset[str]) -> int:
    """Stores the events that are new, all or none, and gives their number.

    One that is delivered again while it waits may be answered for another minute. Sorted, so that two deliveries that
    hold the same events wait for each other instead of blocking each other.
    """
    ordered = sorted(rows, key=lambda row: (row["talk"], row["id"]))
    with store.writing_durably(engine) as session:
        _keep_talks(session, ordered)
        insert = _INSERT[engine.dialect.name](LineEvent).values(ordered).on_conflict_do_nothing()
        new = set(session.exec(insert.returning(col(LineEvent.id))).scalars())
        for row in ordered:
            if row["id"] in redelivered - new:
                _prolong(session, row)
    return len(new)


def _keep_talks(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    talks = {
        row["talk"]: {
            "town_id": row["town_id"],
            "talk": row["talk"],
            "last_at": row["received_at"],
            "free_at": row["received_at"],
            "holder": "",
        }
        for row in rows
    }
    insert = _INSERT[session.get_bind().dialect.name](LineTalk).values(list(talks.values()))
    session.exec(
        insert.on_conflict_do_update(index_elements=["town_id", "talk"], set_={"last_at": insert.excluded.last_at})
    )


def _prolong(session: Session, row: Mapping[str, Any]) -> None:
    session.exec(
        update(LineEvent)
        .where(
            col(LineEvent.town_id) == row["town_id"],
            col(LineEvent.id) == row["id"],
            col(LineEvent.ended_at).is_(None),
            col(LineEvent.expires_at) < row["expires_at"],
        )
        .values(expires_at=row["expires_at"])
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
