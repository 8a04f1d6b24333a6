"""What an event asks for, done: the reply's messages from the same engine as everywhere, or an erasure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from bot import conversations
from bot.asking import Asking, ask_and_keep
from bot.channels.line import erasing, inbox, messages, outgoing, pace, tokens
from bot.channels.line.events import ERASING, Kind
from bot.channels.line.inbox import Claimed
from bot.channels.line.postbacks import ChoiceTaken, FacetAsked, Postback, TopicAsked, Voted, read
from bot.hearing import Heard
from bot.town import TownKnowledge
from bot.visitors import pseudonym
from knowledge import store
from knowledge.days import today
from knowledge.line_models import Ended, LineEvent
from knowledge.models import Conversation, Turn

IDLE = timedelta(hours=6)  # after which a talk begins anew: 「担当は？」 of tomorrow means nothing of today


@dataclass(frozen=True)
class Desk:
    """What answering needs of its process."""

    engine: Engine
    key: bytes
    public_url: str


@dataclass(frozen=True)
class ToSend:
    """A reply that is noted as being sent; `attempt` counts from 1."""

    token: str
    messages: list[dict[str, Any]]
    attempt: int


@dataclass(frozen=True)
class Over:
    """An event to which nothing is sent, and how it ends."""

    ended: Ended
    reason: str


def answer(claimed: Claimed, town: TownKnowledge, desk: Desk, now: datetime) -> ToSend | Over:
    """What is to be sent for an event, or that nothing is; a reply made earlier is sent again, not made again.

    Raises Lost where another process took the event over.
    """
    event = claimed.event
    if event.kind in ERASING:
        with store.writing(desk.engine) as session:
            erasing.erase(session, event)
        return Over(Ended.ANSWERED, "erased")
    if _is_taken_back(event, desk):
        return Over(Ended.ANSWERED, "taken_back")
    if now >= event.expires_at:
        return Over(Ended.EXPIRED, "sent_or_expired" if event.attempts else "not_in_time")
    token = tokens.unseal(event.token, event.town_id, event.id, desk.key)
    if not token:
        return Over(Ended.FAILED, "no_token")
    held = _held_reply(claimed, town, desk, now)
    if isinstance(held, Over):
        return held
    return ToSend(token, outgoing.composed(held, town, desk.key, desk.public_url), held.attempts)


def apology(claimed: Claimed, town: TownKnowledge, desk: Desk, now: datetime) -> ToSend:
    """What is sent where answering failed; raises Lost."""
    event = claimed.event
    with store.writing(desk.engine) as session:
        held = inbox.hold(session, claimed, now, {"apology": True})
    token = tokens.unseal(event.token, event.town_id, event.id, desk.key)
    return ToSend(token, messages.apology(town), held.attempts)


def _is_taken_back(event: LineEvent, desk: Desk) -> bool:
    if event.kind == Kind.TEXT and not event.said:
        return True
    with store.reading(desk.engine) as session:
        return erasing.is_taken_back(session, event)


def _held_reply(claimed: Claimed, town: TownKnowledge, desk: Desk, now: datetime) -> LineEvent | Over:
    """The event with its reply, stored in the same transaction as the turn, before anything is sent."""
    event = claimed.event
    if event.reply is not None:
        return _hold(claimed, desk, now, None)
    ahead = 0 if event.said.get("danger") else pace.just_before(desk.engine, event)  # a crisis is always answered
    if ahead > pace.MOST:
        return Over(Ended.FAILED, "too_many")
    if ahead == pace.MOST:
        return _hold(claimed, desk, now, {"too_many": True})
    match Kind(event.kind):
        case Kind.TEXT:
            return _ask(_asking(claimed, desk, now, heard=Heard.from_json(event.said)), claimed, town, desk, now)
        case Kind.POSTBACK:
            return _tapped(claimed, town, desk, now)
        case _:
            return _hold(claimed, desk, now, {})


def _tapped(claimed: Claimed, town: TownKnowledge, desk: Desk, now: datetime) -> LineEvent | Over:
    """What a button's tap asks for."""
    event = claimed.event
    action: Postback | None = read(event.said.get("data", ""), desk.key, event.talk)

    def asked(conversation: str = "", **what: Any) -> LineEvent:
        return _ask(_asking(claimed, desk, now, conversation=conversation, **what), claimed, town, desk, now)

    if action and not isinstance(action, TopicAsked) and not _is_kept(action, desk):
        return _hold(claimed, desk, now, {"gone": True})
    match action:
        case ChoiceTaken(turn, number, conversation):
            return asked(conversation, choice=(turn, number))
        case FacetAsked(facet, turn, conversation):
            return asked(conversation, facet=facet, of_turn=turn)
        case TopicAsked(entry, town_id, name) if town_id == event.town_id:
            return asked(entry=entry, facet=name)
        case Voted(turn, helpful, conversation):
            vote = conversations.Vote(event.town_id, conversation, turn, helpful, "", _visitor(event, desk))
            conversations.vote(desk.engine, vote, now)
            return _hold(claimed, desk, now, {"voted": helpful})
        case _:
            return Over(Ended.ANSWERED, "forged")


def _is_kept(action: ChoiceTaken | FacetAsked | Voted, desk: Desk) -> bool:
    """Whether the turn that a button belongs to is still there: not taken back, not past its retention."""
    with store.reading(desk.engine) as session:
        return session.get(Turn, (action.conversation, action.turn)) is not None


def _asking(claimed: Claimed, desk: Desk, now: datetime, *, conversation: str = "", **what: Any) -> Asking:
    """The question, in the conversation that a button names, else in the one that goes on."""
    goes_on = conversation or _going_on(claimed.conversation, desk, now)
    return Asking(visitor=_visitor(claimed.event, desk), channel="line", conversation=goes_on, **what)


def _going_on(conversation: str | None, desk: Desk, now: datetime) -> str | None:
    """The talk's conversation, unless the resident has been away for long."""
    if not conversation:
        return None
    with store.reading(desk.engine) as session:
        found = session.get(Conversation, conversation)
        return conversation if found and now - found.last_at < IDLE else None


def _visitor(event: LineEvent, desk: Desk) -> str:
    return pseudonym(event.talk, event.town_id, today(), desk.key)


def _ask(asking: Asking, claimed: Claimed, town: TownKnowledge, desk: Desk, now: datetime) -> LineEvent:
    held: list[LineEvent] = []

    def beside(session: Session, said: dict[str, Any]) -> None:
        held.append(inbox.hold(session, claimed, datetime.now(UTC), said, said["turn"]))

    ask_and_keep(asking, town, desk.engine, now, beside)
    return held[0]


def _hold(claimed: Claimed, desk: Desk, now: datetime, reply: dict[str, Any] | None) -> LineEvent:
    with store.writing(desk.engine) as session:
        return inbox.hold(session, claimed, now, reply)
