"""The tables of the staff's side: accounts, sessions, one-time links, second factors, failed sign-ins, the audit log.

They stand here, below the internal app that uses them, because one set of migrations makes every table.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index
from sqlmodel import Field, SQLModel

from knowledge.models import UTCDateTime

HASH = 64  # hexadecimal characters of SHA-256


def _time(nullable: bool = False) -> Any:
    return Column(UTCDateTime, nullable=nullable)


def _staff(primary: bool = False) -> Any:
    return Column(ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=not primary, primary_key=primary)


class Staff(SQLModel, table=True):
    """A person who works with a town's answers (職員); the operator has no town. Never deleted, only deactivated.

    `account` is town and login name ("toin/yamada", "/operator"), so that a town learns nothing of another's names.
    `password` is an Argon2 hash, empty until a one-time link is used; `totp` is encrypted, empty until enrolment.
    """

    id: int | None = Field(default=None, primary_key=True)
    town_id: str | None = Field(
        default=None, sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), nullable=True, index=True)
    )
    account: str = Field(unique=True, max_length=100)
    login: str
    name: str
    role: str
    password: str = ""
    must_change: bool = False
    totp: str = ""
    totp_step: int = 0
    active: bool = True
    created_at: datetime = Field(sa_column=_time())
    signed_in_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))


class StaffSession(SQLModel, table=True):
    """A sign-in on one browser; the browser holds the token, the table its hash. `ends_at` is the absolute end."""

    token_hash: str = Field(primary_key=True, max_length=HASH)
    staff_id: int = Field(sa_column=_staff())
    code_given: bool = False
    created_at: datetime = Field(sa_column=_time())
    seen_at: datetime = Field(sa_column=_time())
    ends_at: datetime = Field(sa_column=_time())


class OneTimeLink(SQLModel, table=True):
    """An invitation or a reset that an administrator hands over; it serves once, until `ends_at`."""

    token_hash: str = Field(primary_key=True, max_length=HASH)
    staff_id: int = Field(sa_column=_staff())
    purpose: str
    ends_at: datetime = Field(sa_column=_time())


class RecoveryCode(SQLModel, table=True):
    """A code for the day on which the telephone is lost; it serves once."""

    code_hash: str = Field(primary_key=True, max_length=HASH)
    staff_id: int = Field(sa_column=_staff())


class KnownDevice(SQLModel, table=True):
    """A browser on which this person once signed in fully."""

    device_hash: str = Field(primary_key=True, max_length=HASH)
    staff_id: int = Field(sa_column=_staff(primary=True))
    at: datetime = Field(sa_column=_time())


class FailedSignIns(SQLModel, table=True):
    """How often a sign-in failed of late; `bucket` is a keyed hash of the account and of where from."""

    bucket: str = Field(primary_key=True, max_length=HASH)
    count: int
    since: datetime = Field(sa_column=_time())
    last_at: datetime = Field(sa_column=_time())


class AuditRow(SQLModel, table=True):
    """Who did what, when and of which town; `detail` names what changed, and holds no resident's words."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_town_at", "town_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=_time())
    town_id: str | None = Field(
        default=None, sa_column=Column(ForeignKey("town.id", ondelete="CASCADE"), nullable=True)
    )
    staff_id: int | None = None
    who: str = ""
    action: str
    subject: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
