"""The tables of plans that staff hand in: the file, how far it is read, and what was taken in of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, LargeBinary
from sqlmodel import Field, SQLModel

from knowledge.models import UTCDateTime


def _town() -> Any:
    return Column(ForeignKey("town.id", ondelete="CASCADE"), nullable=False, index=True)


class PlanUpload(SQLModel, table=True):
    """A plan's file that staff handed in; it goes with its import, or after thirty days."""

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    by: str
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))


class PlanExamination(SQLModel, table=True):
    """How far a handed-in plan was read (`examinations.Reading`), and then its lines and findings, or why it was not.

    `held_until`: some process reads it until then, and afterwards another may; `done` of `pages` are read.
    """

    upload_id: int = Field(sa_column=Column(ForeignKey("planupload.id", ondelete="CASCADE"), primary_key=True))
    state: str
    done: int = 0
    pages: int = 0
    attempts: int = 0
    held_until: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    refusal: str = ""
    document: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    findings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class PlanImport(SQLModel, table=True):
    """A plan's drafts as they came in, so that they can be taken back whole; `findings` serve the next edition."""

    id: int | None = Field(default=None, primary_key=True)
    town_id: str = Field(sa_column=_town())
    source_id: str
    new_source: bool
    name: str
    entries: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    findings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by: str
    created_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
