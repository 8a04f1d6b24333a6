"""One message from any channel: conversation loaded, reply made, turn kept; a reply comes even without the store."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import conversations
from bot.backlog import AWAY, Backlog
from bot.context import Context, Spoken
from bot.conversations import Resumed, Told
from bot.hearing import Heard, hear
from bot.metrics import REPLIES
from bot.rendering import as_json
from bot.reply import Answer, Choices, Notice, Reply, Unknown
from bot.responder import Outcome, choose, entry_asked, facet_of_last, respond_to
from bot.town import TownKnowledge
from bot.unstored import KeptTurn
from knowledge import store
from knowledge.entries import FacetName
from knowledge.models import Why

Beside = Callable[[Session, dict[str, Any]], None]


@dataclass(frozen=True)
class Asking:
    """A message: a text, one that was heard earlier, a choice (turn, number), an entry, or a facet: of `entry`, of the
    entry that the turn `of_turn` spoke of, else of the one last spoken of.
    """

    visitor: str
    channel: str
    text: str | None = None
    choice: tuple[int, int] | None = None
    facet: FacetName | None = None
    conversation: str | None = None
    heard: Heard | None = None
    entry: str | None = None
    of_turn: int | None = None

    @property
    def turn_meant(self) -> int | None:
        """The earlier turn that it speaks of, if it names one."""
        return self.choice[0] if self.choice else self.of_turn


def ask(
    asking: Asking, town: TownKnowledge, engine: Engine, now: datetime, backlog: Backlog | None = None
) -> dict[str, Any]:
    """The reply in the contract's form, with its conversation and turn; it comes even if it cannot be stored.

    Then the backlog keeps its turn for later; without a backlog it is dropped, and counted.
    """
    backlog = backlog if backlog is not None else Backlog(most=0)
    stored = _stored(asking, town, engine, backlog)
    if backlog.writable and not backlog.holds(town.library.town.id, asking.conversation):
        try:
            return _ask_and_keep(asking, stored, town, engine, now)
        except SQLAlchemyError as error:
            backlog.failed(error)
            backlog = backlog if isinstance(error, AWAY) else Backlog(most=0)  # it would fail again
    return _ask_and_wait(asking, stored, town, backlog, now)


def ask_and_keep(
    asking: Asking, town: TownKnowledge, engine: Engine, now: datetime, beside: Beside | None = None
) -> dict[str, Any]:
    """The reply, once its turn is stored; `beside` writes what must be stored with it or not at all.

    The reply is made between reading and writing, so that nobody waits for it to write.
    """
    return _ask_and_keep(asking, _resume(asking, town, engine), town, engine, now, beside)


def _stored(asking: Asking, town: TownKnowledge, engine: Engine, backlog: Backlog) -> Resumed:
    """Where the conversation stands in the store; afresh where that cannot be read."""
    try:
        return _resume(asking, town, engine) if backlog.readable else Resumed(Context())
    except SQLAlchemyError as error:
        backlog.failed(error, reading=True)
        return Resumed(Context())


def _resume(asking: Asking, town: TownKnowledge, engine: Engine) -> Resumed:
    if not asking.conversation:
        return Resumed(Context())
    with store.reading(engine, conversations.MOST_SECONDS) as session:
        return conversations.resume(session, town.library.town.id, asking.conversation, asking.turn_meant)


def _ask_and_keep(
    asking: Asking, resumed: Resumed, town: TownKnowledge, engine: Engine, now: datetime, beside: Beside | None = None
) -> dict[str, Any]:
    outcome = _outcome(asking, resumed, town)
    said = _said(outcome, town)
    with store.writing(engine, conversations.MOST_SECONDS) as session:
        conversation = conversations.begin(session, town.library.town.id, asking.conversation, asking.channel, now)
        turn = conversations.keep(session, conversation, _told(outcome), outcome.context, asking.visitor, now)
        said |= {"conversation": conversation.id, "turn": turn}
        if beside:
            beside(session, said)
    _count(asking, outcome, town)
    return said


def _ask_and_wait(
    asking: Asking, stored: Resumed, town: TownKnowledge, backlog: Backlog, now: datetime
) -> dict[str, Any]:
    """The reply, whose turn waits in memory until the store is back."""
    town_id = town.library.town.id
    outcome = _outcome(asking, backlog.resume(town_id, asking.conversation, asking.turn_meant, stored), town)
    turn = KeptTurn(
        town=town_id,
        conversation=asking.conversation or "",
        channel=asking.channel,
        told=_told(outcome),
        context=outcome.context,
        visitor=asking.visitor,
        at=now,
    )
    turn = backlog.keep(turn, stored)
    _count(asking, outcome, town)
    return _said(outcome, town) | {"conversation": turn.conversation, "turn": turn.number}


def _count(asking: Asking, outcome: Outcome, town: TownKnowledge) -> None:
    REPLIES.labels(town=town.library.town.id, kind=_kind(outcome.reply), channel=asking.channel).inc()


def _said(outcome: Outcome, town: TownKnowledge) -> dict[str, Any]:
    return as_json(outcome.reply, town.office, masked=outcome.masked, english=outcome.english)


def _outcome(asking: Asking, resumed: Resumed, town: TownKnowledge) -> Outcome:
    outcome = _open_outcome(asking, resumed, town)
    message = town.closed.get(asking.channel)
    if not message or _is_emergency(outcome.reply):
        return outcome
    return replace(outcome, reply=Notice("closed", "closed", message), context=resumed.context)


def _is_emergency(reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.notice == "emergency"


def _open_outcome(asking: Asking, resumed: Resumed, town: TownKnowledge) -> Outcome:
    context = resumed.context
    if asking.choice is not None:
        if resumed.offering is None:  # nothing was offered there: no answer, and nothing for the staff
            return Outcome(Unknown("empty"), context, "")
        reply, after = choose(asking.choice[1], resumed.offering, town)
        return Outcome(reply, after, resumed.question)
    if asking.facet is not None:
        spoken = resumed.spoken if asking.of_turn else ()
        spoken = (Spoken(asking.entry, asking.facet.value),) if asking.entry else spoken
        reply, after = facet_of_last(asking.facet, replace(context, spoken=spoken) if spoken else context, town)
        return Outcome(reply, after, f"［{asking.facet.value}］")
    if asking.entry is not None:
        reply, after = entry_asked(asking.entry, context, town)
        known = town.library.entries.get(asking.entry)
        return Outcome(reply, after, f"［{known.content.title if known else asking.entry}］")
    return respond_to(asking.heard or hear(asking.text or ""), context, town)


def _told(outcome: Outcome) -> Told:
    reply = outcome.reply
    offered = outcome.context.offered if isinstance(reply, Choices | Unknown) else ()
    labels = outcome.context.labels if offered else ()
    parts = [f"{p.entry}#{p.facet.name.value}" for p in reply.parts] if isinstance(reply, Answer) else []
    return Told(outcome.kept, _kind(reply), parts, offered, labels, _why(reply))


def _kind(reply: Reply) -> str:
    return type(reply).__name__.lower()


def _why(reply: Reply) -> Why | None:
    match reply:
        case Unknown(reason="none_of_these"):
            return Why.NONE_OF_THESE
        case Unknown(reason="empty" | "elsewhere"):
            return None
        case Unknown():
            return Why.UNKNOWN
        case Answer() | Choices() | Notice():
            return None
