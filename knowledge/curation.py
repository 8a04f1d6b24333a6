"""The tables of the staff's work: publications, test questions and scores, the inbox's rules, files handed in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from knowledge.models import UTCDateTime


def _town() -> Any:
    return Column(ForeignKey("town.id", ondelete="CASCADE"), nullable=False, index=True)


class Publication(SQLModel, table=True):
    """A revision is to be published at a time (`due_at`), by whom; `done_at` is empty until it is.

    `fault` says why a planned publication could not be done: it is then done with, and staff see the sentence.
    """

    __table_args__ = (Index("ix_publication_due", "done_at", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_key: str = Field(sa_column=Column(ForeignKey("entry.key", ondelete="CASCADE"), nullable=False, index=True))
    number: int
    by: str
    account: int = 0  # of `staff`; 0 where none is known
    due_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    done_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    fault: str = ""


class TestQuestion(SQLModel, table=True):
    """A question whose right reply the town knows: an entry (and perhaps one facet), or that the bot admits.

    `entry` is the entry's id in its town, empty where the bot is to admit that it does not know.
    """

    __test__ = False  # the name is the field's word, not pytest's
    __table_args__ = (UniqueConstraint("town_id", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    question: str
    entry: str = ""
    facet: str = ""
    note: str = ""
    by: str = ""
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class TestScore(SQLModel, table=True):
    """How the test questions went at one time: counts, and the questions that went wrong."""

    __test__ = False

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    revision: int
    questions: int
    right: int
    offered: int
    wrong: int
    admitted: int
    failed: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Tally(SQLModel, table=True):
    """How many turns of one hour (a day's, in Asia/Tokyo) were erased after the retention, by channel and kind.

    `begun` are those that began a conversation. No resident's word is in it, so it stays.
    """

    town_id: str = Field(sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), primary_key=True))
    day: date = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    questions: int = 0
    begun: int = 0
    helpful: int = 0
    unhelpful: int = 0


class EntryTally(SQLModel, table=True):
    """How often an entry was the answer in turns of a day that were erased, and the votes on them."""

    town_id: str = Field(sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), primary_key=True))
    day: date = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    answers: int = 0
    helpful: int = 0
    unhelpful: int = 0


class InboxRule(SQLModel, table=True):
    """Inquiries like this question stay out of the inbox: `handled` says whether ignored or out of scope."""

    __table_args__ = (UniqueConstraint("town_id", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    question: str
    handled: str
    by: str
    at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class EntryFile(SQLModel, table=True):
    """A file of entries that staff handed in and look over before it becomes drafts; it goes then, or after a week."""

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    by: str
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
