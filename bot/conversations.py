"""Conversations, turns and inquiries in the store: masked, bounded, erasable."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, update
from sqlmodel import Session, col, select

from bot.context import Context, Spoken
from knowledge import store
from knowledge.days import TOKYO
from knowledge.line_models import LineEvent
from knowledge.models import Conversation, Inquiry, Turn, Why

INQUIRIES_A_DAY = 20  # a visitor, so that nobody floods the staff's inbox
MOST_SECONDS = 3.0  # a statement: longer than that no resident waits for a store that is slow
LONGEST_KEPT = 500  # characters of a masked message


@dataclass(frozen=True)
class Told:
    """What is kept of one turn; `offered` are the entries shown as choices or near."""

    question: str
    kind: str
    parts: Sequence[str]
    choices: Sequence[Spoken]
    labels: Sequence[str]
    why: Why | None = None


@dataclass(frozen=True)
class Vote:
    """A resident's 役に立った or 立たなかった on a turn."""

    town: str
    conversation: str
    turn: int
    helpful: bool
    reason: str
    visitor: str


def begin(session: Session, town: str, given: str | None, channel: str, now: datetime) -> Conversation:
    """The conversation of that id in this town, or a fresh one under a new id (128 random bits)."""
    found = session.get(Conversation, given, with_for_update=True) if given else None
    if found is not None and found.town_id == town:
        return found
    fresh = Conversation(id=secrets.token_hex(16), town_id=town, channel=channel, created_at=now, last_at=now, state={})
    session.add(fresh)
    return fresh


@dataclass(frozen=True)
class Resumed:
    """Where a conversation stands; `offering` is what the turn that is chosen from offered, None if it offered none,
    `spoken` what that turn spoke of; `turns` how many are stored, 0 where the store knows no such conversation.
    """

    context: Context
    offering: Context | None = None
    question: str = ""
    spoken: tuple[Spoken, ...] = ()
    turns: int = 0


def resume(session: Session, town: str, given: str, turn: int | None) -> Resumed:
    """A conversation as it stands, with the turn that is chosen from; a fresh one where the id is unknown."""
    conversation = session.get(Conversation, given)
    if conversation is None or conversation.town_id != town:
        return Resumed(Context())
    context = Context.from_json(conversation.state)
    row = session.get(Turn, (given, turn)) if turn else None
    if row is None:
        return Resumed(context, turns=conversation.turns)
    offered = [Spoken(**{key: c[key] for key in ("entry", "facet", "about")}) for c in row.choices]
    told = Told(row.question, row.kind, row.parts, offered, [c["label"] for c in row.choices])
    return replace(resumed_at(context, told), turns=conversation.turns)


def resumed_at(context: Context, told: Told) -> Resumed:
    """Where a conversation stands, with the turn that is chosen from."""
    offering = Context(spoken=context.spoken, offered=tuple(told.choices), labels=tuple(told.labels))
    spoken = tuple(Spoken(*part.split("#", 1)) for part in told.parts)
    return Resumed(context, offering, told.question, spoken)


def keep(
    session: Session, conversation: Conversation, told: Told, context: Context, visitor: str, now: datetime
) -> int:
    """Stores a turn, and an inquiry where it was in vain; the turn's number from 1."""
    conversation.turns += 1
    conversation.last_at = now
    conversation.state = context.to_json()
    session.flush()
    choices = [
        {"entry": c.entry, "facet": c.facet, "about": c.about, "label": label}
        for c, label in zip(told.choices, told.labels, strict=True)
    ]
    row = Turn(
        conversation_id=conversation.id,
        number=conversation.turns,
        question=told.question[:LONGEST_KEPT],
        kind=told.kind,
        parts=list(told.parts),
        choices=choices,
        created_at=now,
    )
    session.add(row)
    if told.why is not None:
        _ask_staff(session, conversation, row, told.why, choices, visitor, now)
    return conversation.turns


def _ask_staff(
    session: Session, conversation: Conversation, row: Turn, why: Why, offered: list[Any], visitor: str, now: datetime
) -> None:
    """Puts a turn into the staff's inbox, if the visitor has not filled their share of the day."""
    day = now.astimezone(TOKYO).date()
    counted = select(func.count()).where(
        Inquiry.town_id == conversation.town_id, Inquiry.visitor == visitor, Inquiry.day == day
    )
    if session.exec(counted).one() >= INQUIRIES_A_DAY:
        return
    session.add(
        Inquiry(
            town_id=conversation.town_id,
            conversation_id=conversation.id,
            turn=row.number,
            question=row.question,
            why=why,
            offered=offered,
            visitor=visitor,
            day=day,
            created_at=now,
        )
    )


def vote(engine: Engine, vote: Vote, now: datetime) -> bool:
    """Stores a vote, replacing an earlier one; False where there is no such turn. The reason is given masked."""
    with store.writing(engine, MOST_SECONDS) as session:
        conversation = session.get(Conversation, vote.conversation)
        turn = session.get(Turn, (vote.conversation, vote.turn))
        if conversation is None or turn is None or conversation.town_id != vote.town:
            return False
        turn.helpful, turn.reason = vote.helpful, vote.reason
        session.exec(
            delete(Inquiry).where(
                col(Inquiry.conversation_id) == vote.conversation,
                col(Inquiry.turn) == vote.turn,
                col(Inquiry.why) == Why.UNHELPFUL,
            )
        )
        if not vote.helpful:
            _ask_staff(session, conversation, turn, Why.UNHELPFUL, turn.parts, vote.visitor, now)
    return True


def erase_turn(session: Session, conversation: str, number: int) -> None:
    """Erases a turn and what was derived from it: choices taken from it, inquiries, and what was still in mind."""
    turn = session.get(Turn, (conversation, number))
    if turn is None:
        return
    same = (col(Turn.conversation_id) == conversation, col(Turn.number) >= number, col(Turn.question) == turn.question)
    numbers = session.exec(select(Turn.number).where(*same)).all()
    session.exec(delete(Inquiry).where(col(Inquiry.conversation_id) == conversation, col(Inquiry.turn).in_(numbers)))
    session.exec(delete(Turn).where(*same))
    session.get_one(Conversation, conversation).state = Context().to_json()


def erase(engine: Engine, town: str, conversation: str) -> None:
    """Erases a conversation with its turns, inquiries and LINE's events; one that is not there counts as erased.

    The row of an event stays, empty, so that the same event delivered again is not answered.
    """
    with store.writing(engine, MOST_SECONDS) as session:
        found = session.get(Conversation, conversation)
        if found is not None and found.town_id == town and found.channel == "line":
            emptied = update(LineEvent).where(
                col(LineEvent.town_id) == town, col(LineEvent.conversation_id) == conversation
            )
            session.exec(emptied.values(said={}, reply=None, conversation_id="", turn=0))
        session.exec(
            delete(Conversation).where(col(Conversation.id) == conversation, col(Conversation.town_id) == town)
        )
