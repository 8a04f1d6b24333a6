"""Sign-ins on the server: a hashed token, an end after idleness and an end in any case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, update

from admin import keys
from admin.roles import WITH_A_CODE, Role
from knowledge import store
from knowledge.accounts import Staff, StaffSession

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=10)  # a working day
TOUCH = timedelta(minutes=1)  # a session's last use is written no oftener
STEPS = {"code": "/sign-in/code", "password": "/sign-in/password", "enrolment": "/sign-in/enrolment"}


@dataclass(frozen=True)
class Signed:
    """Whose browser this is."""

    staff: Staff
    session: StaffSession
    role: Role

    @property
    def step(self) -> str:
        """The step of the sign-in that is still to come, a key of STEPS; empty where none is."""
        if self.staff.totp and not self.session.code_given:
            return "code"
        if self.staff.must_change:
            return "password"
        return "enrolment" if self.role in WITH_A_CODE and not self.staff.totp else ""


def begin(session: Session, staff: Staff, now: datetime, *, code_given: bool = False) -> str:
    """A new session; its token, which only the browser keeps."""
    assert staff.id is not None  # noqa: S101  a stored row
    token = keys.token()
    session.add(
        StaffSession(
            token_hash=keys.token_hash(token),
            staff_id=staff.id,
            code_given=code_given,
            created_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
        )
    )
    return token


def find(session: Session, token: str, now: datetime) -> Signed | None:
    """Whose token it is; None where the session ended or the account was closed."""
    row = session.get(StaffSession, keys.token_hash(token)) if token else None
    if row is None or now >= row.ends_at or now - row.seen_at >= IDLE:
        return None
    staff = session.get_one(Staff, row.staff_id)
    return Signed(staff, row, Role(staff.role)) if staff.active else None


def touch(engine: Engine, signed: Signed, now: datetime) -> None:
    """Notes that the session is in use."""
    if now - signed.session.seen_at < TOUCH:
        return
    used = update(StaffSession).where(col(StaffSession.token_hash) == signed.session.token_hash)
    with store.writing(engine) as session:
        session.exec(used.values(seen_at=now))


def end(session: Session, signed: Signed) -> None:
    """Ends this session."""
    session.exec(delete(StaffSession).where(col(StaffSession.token_hash) == signed.session.token_hash))


def end_all(session: Session, staff: Staff, *, but: str = "") -> None:
    """Ends a person's sessions, except the one with this hash."""
    of_staff = delete(StaffSession).where(col(StaffSession.staff_id) == staff.id)
    session.exec(of_staff.where(col(StaffSession.token_hash) != but))


def purge(session: Session, now: datetime) -> None:
    """Deletes sessions that ended in any case."""
    session.exec(delete(StaffSession).where(col(StaffSession.ends_at) < now))
