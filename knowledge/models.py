"""The tables: towns, sources, departments, entries with their revisions, words, what was read of them, conversations
and inquiries.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    TypeDecorator,
    UniqueConstraint,
    event,
    inspect,
)
from sqlmodel import Field, SQLModel

RETENTION_DAYS = 90


class UTCDateTime(TypeDecorator[datetime]):
    """A point in time: stored in UTC, read back aware on both databases; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class State(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class Handled(StrEnum):
    """What staff did with an inquiry; open until then."""

    OPEN = "open"
    PHRASED = "phrased"
    ENTERED = "entered"
    OUT_OF_SCOPE = "out_of_scope"
    IGNORED = "ignored"
    DISCARDED = "discarded"


class Why(StrEnum):
    """Why an inquiry is in the staff's inbox."""

    UNKNOWN = "unknown"
    NONE_OF_THESE = "none_of_these"
    UNHELPFUL = "unhelpful"


def _json(nullable: bool = False) -> Any:
    return Column(JSON, nullable=nullable)


def _time(nullable: bool = False) -> Any:
    return Column(UTCDateTime, nullable=nullable)


def _reference(target: str, *, cascade: bool = False, nullable: bool = False, index: bool = True) -> Any:
    return Column(ForeignKey(target, ondelete="CASCADE" if cascade else None), nullable=nullable, index=index)


class Town(SQLModel, table=True):
    """A town (自治体); contact details are empty until staff enter them. `revision` moves with each publication.

    `closed_…` is what residents are told while that channel is closed (休止／災害時), empty while it is open.
    `named_by_staff`: name, reading and office are the staff's, and loading the files no longer sets them.
    """

    id: str = Field(primary_key=True, max_length=40)
    name: str
    reading: str
    prefecture: str
    office: str
    telephone: str = ""
    opening_hours: str = ""
    web_address: str = ""
    privacy_contact: str = ""
    allowed_origins: list[str] = Field(default_factory=list, sa_column=_json())
    revision: int = 0
    retention_days: int = RETENTION_DAYS
    holidays: str = ""
    greeting: str = ""
    notice: str = ""
    colour: str = ""
    closed_web: str = ""
    closed_line: str = ""
    two_people: bool = False
    named_by_staff: bool = False


class Source(SQLModel, table=True):
    """One edition of a plan (出典); months as YYYY-MM, `public_address` empty until staff enter it."""

    id: str = Field(primary_key=True, max_length=60)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True))
    title: str
    edition: str = ""
    published: str = ""
    period_from: str = ""
    period_to: str = ""
    public_address: str = ""


class Department(SQLModel, table=True):
    """A department (担当課) that a plan names; contact details only from staff."""

    __table_args__ = (UniqueConstraint("town_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True))
    name: str
    aliases: list[str] = Field(default_factory=list, sa_column=_json())
    telephone: str = ""
    opening_hours: str = ""
    address: str = ""


class Entry(SQLModel, table=True):
    """One thing the town can answer about; `key` is town and stable id: "toin/digital-divide".

    `title`, `departments` (a line each, with a line break on either side), `newest_number` and `newest_state` repeat
    what the newest revision says, so that a list of thousands is filtered by the database. `publishing` keeps them.
    """

    __table_args__ = (Index("ix_entry_title", "town_id", "title"),)

    key: str = Field(primary_key=True, max_length=160)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True))
    source_id: str = Field(sa_column=_reference("source.id"))
    kind: str
    owner: str = ""
    review_date: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    published_number: int | None = None
    title: str = ""
    departments: str = ""
    newest_number: int = 0
    newest_state: str = State.DRAFT


class Revision(SQLModel, table=True):
    """A change of an entry, kept for good: `content` is an EntryContent with its facets and phrasings."""

    __table_args__ = (UniqueConstraint("entry_key", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_key: str = Field(sa_column=_reference("entry.key", cascade=True))
    number: int
    state: str
    content: dict[str, Any] = Field(sa_column=_json())
    bundled: bool = False
    author: str = ""
    account: int = 0  # the author's, of `staff`; 0 where none is known
    reason: str = ""
    created_at: datetime = Field(sa_column=_time())


@event.listens_for(Revision, "before_update")
def _refuse_another_content(_mapper: object, _connection: object, revision: Revision) -> None:
    changed = {a.key for a in inspect(revision).attrs if a.history.has_changes()} - {"state"}
    if changed:
        raise TypeError(f"a revision is kept for good, but {', '.join(sorted(changed))} changed")


class Confirmation(SQLModel, table=True):
    """Staff said on a day that a revision of an entry is still true; another revision is unconfirmed."""

    id: int | None = Field(default=None, primary_key=True)
    entry_key: str = Field(sa_column=_reference("entry.key", cascade=True))
    number: int
    on: date
    by: str


class LexiconGroup(SQLModel, table=True):
    """A town's own group of words that mean the same to its residents."""

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True))
    words: list[str] = Field(default_factory=list, sa_column=_json())
    note: str = ""


class Preparation(SQLModel, table=True):
    """What was read of a town's published texts, so that a start need not read them again; anyone may throw it away.

    `fingerprint` tells how they were read, `texts` which; `content` is a `prepared.Prepared`.
    """

    town_id: str = Field(sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), primary_key=True))
    fingerprint: str
    texts: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Conversation(SQLModel, table=True):
    """A resident's talk; `state` is the responder's context. The id is 128 random bits in hexadecimal."""

    __table_args__ = (Index("ix_conversation_last", "town_id", "last_at"),)

    id: str = Field(primary_key=True, max_length=32)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True, index=False))
    channel: str
    created_at: datetime = Field(sa_column=_time())
    last_at: datetime = Field(sa_column=_time())
    turns: int = 0
    state: dict[str, Any] = Field(default_factory=dict, sa_column=_json())


class Turn(SQLModel, table=True):
    """A message, masked, and what was replied."""

    conversation_id: str = Field(sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True))
    number: int = Field(primary_key=True)
    question: str
    kind: str
    parts: list[Any] = Field(default_factory=list, sa_column=_json())
    choices: list[Any] = Field(default_factory=list, sa_column=_json())
    helpful: bool | None = None
    reason: str = ""
    created_at: datetime = Field(sa_column=_time())


class Inquiry(SQLModel, table=True):
    """What was asked in vain, "none of these", or marked unhelpful; `day` is a day in Asia/Tokyo."""

    __table_args__ = (
        Index("ix_inquiry_visitor", "town_id", "visitor", "day"),
        Index("ix_inquiry_handled", "town_id", "handled", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_reference("town.id", cascade=True, index=False))
    conversation_id: str | None = Field(
        default=None, sa_column=_reference("conversation.id", cascade=True, nullable=True)
    )
    turn: int | None = None
    question: str
    why: str
    offered: list[Any] = Field(default_factory=list, sa_column=_json())
    visitor: str
    day: date
    created_at: datetime = Field(sa_column=_time())
    handled: str = Handled.OPEN
    handled_by: str = ""
    handled_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    assignee: str = ""
    assignee_account: int = 0
    entry_key: str = ""
