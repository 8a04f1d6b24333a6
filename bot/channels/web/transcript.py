"""What was said before in a conversation, from the store, for a page that remembers nothing itself."""

import re
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.channels.web.widget import words
from bot.composing import followups_of
from bot.context import Context
from bot.rendering import as_json
from bot.reply import Answer
from bot.town import TownKnowledge
from knowledge import store
from knowledge.entries import FacetName
from knowledge.mishaps import name_of
from knowledge.models import Conversation, Turn

MOST_SHOWN = 6  # turns
_FACET = re.compile("［([a-z-]+)］")
log = structlog.get_logger()


@dataclass(frozen=True)
class Told:
    """A facet that was said: where it stands."""

    entry: str
    title: str
    facet: str


@dataclass(frozen=True)
class Exchange:
    """One turn: the question as it was stored, masked, and what kind of reply came."""

    number: int
    question: str
    kind: str
    told: tuple[Told, ...]


def exchanges(engine: Engine, town: TownKnowledge, conversation: str) -> list[Exchange]:
    """The conversation's last turns, oldest first; none where the store cannot be read: the reply is still shown."""
    try:
        with store.reading(engine) as session:
            if not _is_ours(session, town, conversation):
                return []
            turns = select(Turn).where(Turn.conversation_id == conversation).order_by(col(Turn.number).desc())
            rows = session.exec(turns.limit(MOST_SHOWN)).all()
            return [_exchange(row, town) for row in reversed(rows)]
    except SQLAlchemyError as error:
        log.warning("turns not read", error=name_of(error))
        return []


def last_answer(engine: Engine, town: TownKnowledge, conversation: str) -> dict[str, Any] | None:
    """The last reply in the contract's form, said again, if it was an answer and still is what the town says."""
    try:
        with store.reading(engine) as session:
            row = session.get(Conversation, conversation)
            turn = session.get(Turn, (conversation, row.turns)) if row else None
            if row is None or turn is None or row.town_id != town.library.town.id or turn.kind != "answer":
                return None
            context, told, number = Context.from_json(row.state), tuple(turn.parts), turn.number
    except SQLAlchemyError as error:
        log.warning("last answer not read", error=name_of(error))
        return None
    found = [town.part_at(spoken) for spoken in context.spoken[: len(told)]]
    parts = tuple(part for part in found if part is not None)
    if not parts or tuple(f"{part.entry}#{part.facet.name.value}" for part in parts) != told:
        return None
    parts = (replace(parts[0], item=context.ordinal), *parts[1:])
    answer = Answer(parts, 1.0, followups_of(town.library.entries[parts[0].entry], parts))
    return as_json(answer, town.office) | {"conversation": conversation, "turn": number}


def _is_ours(session: Session, town: TownKnowledge, conversation: str) -> bool:
    row = session.get(Conversation, conversation)
    return row is not None and row.town_id == town.library.town.id


def _exchange(row: Turn, town: TownKnowledge) -> Exchange:
    told = (_told(part, town) for part in row.parts)
    return Exchange(row.number, _asked(row.question), row.kind, tuple(one for one in told if one))


def _asked(question: str) -> str:
    """A follow-up as its button asks; all else as it was typed."""
    found = _FACET.fullmatch(question)
    asks: dict[str, str] = words()["ja"]["facets"]
    return asks.get(found[1], question) if found else question


def _told(part: str, town: TownKnowledge) -> Told | None:
    entry, _, facet = part.partition("#")
    known = town.library.entries.get(entry)
    return Told(entry, known.content.title, facet) if known and facet in FacetName._value2member_map_ else None
