"""The tables of the LINE channel: what was received and has to be answered, masked, under keyed hashes.

`talk` is a keyed hash of the resident, or of the group where the bot was addressed in one; it leads back to nobody.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, text
from sqlmodel import Field, SQLModel

from knowledge.models import UTCDateTime

WAITING = "ended_at IS NULL"


class Ended(StrEnum):
    """How an event ended. ANSWERED: what it asked for was done, be it a reply or an erasure."""

    ANSWERED = "answered"
    REFUSED = "refused"
    EXPIRED = "expired"
    FAILED = "failed"


class LineTalk(SQLModel, table=True):
    """A resident's or a group's talk with a town's account: who works on it, and which conversation goes on.

    `free_at` is when the next event may be taken: now, after a pause, or when the lease of `holder` ends.
    """

    __tablename__ = "line_talk"

    town_id: str = Field(sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), primary_key=True))
    talk: str = Field(primary_key=True, max_length=32)
    conversation_id: str | None = Field(
        default=None, sa_column=Column(ForeignKey("conversation.id", ondelete="SET NULL"), index=True)
    )
    last_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    free_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    holder: str = Field(default="", max_length=32)


class LineEvent(SQLModel, table=True):
    """One webhook event: stored before it is acknowledged, ended exactly once.

    `said` is the masked message or the button's data, `reply` what is answered until that has ended, `token` the
    encrypted reply token, `message` a keyed hash of LINE's message id (for unsend), `attempts` how often it was sent.
    """

    __tablename__ = "line_event"
    __table_args__ = (
        Index("ix_line_event_waiting", "town_id", "talk", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index("ix_line_event_talk", "town_id", "talk", "sent_at"),
        Index("ix_line_event_message", "town_id", "message"),
        Index("ix_line_event_received", "town_id", "received_at"),
    )

    town_id: str = Field(sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(primary_key=True, max_length=64)
    talk: str = Field(default="", max_length=32)
    kind: str = Field(max_length=20)
    said: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    message: str = Field(default="", max_length=32)
    token: str = ""
    sent_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    received_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    reply: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    conversation_id: str = Field(default="", max_length=32)
    turn: int = 0
    attempts: int = 0
    ended_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    state: str = Field(default="", max_length=10)
    reason: str = Field(default="", max_length=20)
