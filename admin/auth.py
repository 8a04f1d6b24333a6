"""Is it this person? Password and second factor, behind the barriers of `lockout`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from admin import accounts, lockout, passwords, secondfactor
from admin.lockout import Barrier, Origin
from knowledge import store
from knowledge.accounts import Staff


@dataclass(frozen=True)
class Attempt:
    """What was typed into the sign-in form, and where."""

    town_id: str | None
    login: str
    password: str
    code: str
    device: str
    address: str


@dataclass(frozen=True)
class Passed:
    """The password was right; `code_given` where the second factor was shown as a proof already."""

    staff: Staff
    code_given: bool


@dataclass(frozen=True)
class Failed:
    """Not let in; the same for a wrong name and a wrong password."""

    wait: timedelta = timedelta(0)
    needs_proof: bool = False


def sign_in(engine: Engine, session: Session, attempt: Attempt, key: bytes, now: datetime) -> Passed | Failed:
    """Weighs an attempt. The slow hash runs before `session` writes anything, so that no writer waits for it."""
    name = accounts.account_name(attempt.town_id, attempt.login)
    with store.reading(engine) as reading:
        seen = accounts.by_name(reading, attempt.town_id, attempt.login)
        origin = lockout.origin(reading, key, name, seen.id if seen else None, attempt.device, attempt.address)
        barrier = lockout.barrier(reading, origin, now)
        password = seen.password if seen and seen.active else ""
    proven = barrier.is_up and attempt.code and _prove(session, seen, attempt.code, key, now)
    if barrier.is_up and not proven:
        _count_a_wrong_proof(session, origin, barrier, attempt, now)
        return Failed(barrier.wait, needs_proof=True)
    if not passwords.verify(attempt.password, password) or seen is None:
        lockout.count_failure(session, origin, now)
        return Failed()
    lockout.forgive(session, origin)
    staff = session.get_one(Staff, seen.id, with_for_update=True)
    return Passed(staff, code_given=bool(proven))


def _count_a_wrong_proof(session: Session, origin: Origin, barrier: Barrier, attempt: Attempt, now: datetime) -> None:
    """A wrong proof counts as a failure; merely being told to wait does not lengthen the wait."""
    if attempt.code and barrier.wait <= timedelta(0):
        lockout.count_failure(session, origin, now)


def _prove(session: Session, seen: Staff | None, code: str, key: bytes, now: datetime) -> bool:
    if seen is None or not seen.active:
        return False
    staff = session.get_one(Staff, seen.id, with_for_update=True)
    return give_code(session, staff, code, key, now)


def give_code(session: Session, staff: Staff, code: str, key: bytes, now: datetime) -> bool:
    """Whether it is a code of the person's authenticator or one of their recovery codes; both serve once."""
    return secondfactor.take_code(staff, code, key, now) or secondfactor.take_recovery_code(session, staff, code, key)


def code_origin(session: Session, key: bytes, staff: Staff, device: str, address: str) -> Origin:
    """Wrong codes after a right password are counted apart from wrong passwords."""
    return lockout.origin(session, key, f"{staff.account}\ncode", staff.id, device, address)
