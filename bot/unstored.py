"""A turn or a vote that waits in memory for the store, and how it is written when that is back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from bot import conversations
from bot.context import Context
from bot.conversations import Told, Vote
from knowledge import store
from knowledge.models import Conversation, Turn


@dataclass(frozen=True)
class KeptTurn:
    """A turn to be written; `begun`: its conversation began here, and is in no store yet."""

    town: str
    conversation: str
    channel: str
    told: Told
    context: Context
    visitor: str
    at: datetime
    begun: bool = False
    number: int = 1


@dataclass(frozen=True)
class KeptVote:
    """A vote to be written, after the turn that it is about."""

    vote: Vote
    at: datetime

    @property
    def town(self) -> str:
        """The town of its conversation."""
        return self.vote.town

    @property
    def conversation(self) -> str:
        """Its conversation."""
        return self.vote.conversation


def write(engine: Engine, one: KeptTurn | KeptVote) -> None:
    """Writes one, once, however often it is tried; raises SQLAlchemyError."""
    if isinstance(one, KeptVote):
        conversations.vote(engine, one.vote, one.at)
        return
    with store.writing(engine, conversations.MOST_SECONDS) as session:
        conversation = _conversation(session, one)
        if conversation is not None and not _is_written(session, one):
            conversations.keep(session, conversation, one.told, one.context, one.visitor, one.at)


def _conversation(session: Session, turn: KeptTurn) -> Conversation | None:
    """The turn's conversation; None where it was erased meanwhile: it does not come back."""
    found = session.get(Conversation, turn.conversation, with_for_update=True)
    if found is not None or not turn.begun:
        return found
    fresh = Conversation(
        id=turn.conversation, town_id=turn.town, channel=turn.channel, created_at=turn.at, last_at=turn.at, state={}
    )
    session.add(fresh)
    return fresh


def _is_written(session: Session, turn: KeptTurn) -> bool:
    """Whether an earlier attempt was stored after all, although its end was not heard."""
    row = session.get(Turn, (turn.conversation, turn.number))
    return row is not None and row.created_at == turn.at
