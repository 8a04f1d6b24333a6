"""Failed sign-ins slow down whoever fails, and nobody else.

Failures are counted by account and address, and a wait grows with them. A browser on which the person has signed in
before has a count of its own, so a stranger behind the same address does not slow it. Failures of one account from
everywhere else are counted together too: over a limit, strangers' browsers must show a code of the person's
authenticator (or a recovery code) before the password is even looked at. That stops guessing from many addresses
and still lets in the person: by a known browser, by the code, or by a one-time link from the administrator.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from admin import keys
from knowledge.accounts import FailedSignIns, KnownDevice

FREE = 5  # failures before a wait
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FLOOD = 50  # failures of one account from strangers' browsers within the window
WINDOW = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Origin:
    """Where a sign-in comes from: the keyed buckets it is counted in."""

    place: str  # the account from this browser where it is known, else from this address
    account: str  # the account from all strangers' browsers; empty for a known browser


@dataclass(frozen=True)
class Barrier:
    """What stands before the password: a wait, or a proof."""

    wait: timedelta
    needs_proof: bool

    @property
    def is_up(self) -> bool:
        """Whether the password may not be looked at without a proof."""
        return self.needs_proof or self.wait > timedelta(0)


def origin(session: Session, key: bytes, account: str, staff_id: int | None, device: str, address: str) -> Origin:
    """Which counts a sign-in belongs to."""
    known = staff_id is not None and is_known(session, staff_id, device)
    place = ("device", device) if known else ("address", address)
    return Origin(
        keys.keyed_hash(key, "lockout", account, *place), "" if known else keys.keyed_hash(key, "lockout", account)
    )


def barrier(session: Session, origin: Origin, now: datetime) -> Barrier:
    """What stands before the password now."""
    here = session.get(FailedSignIns, origin.place)
    wait = timedelta(0)
    if here and here.count >= FREE and now - here.last_at < FORGOTTEN_AFTER:
        grown = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(here.count - FREE, 10))
        wait = max(timedelta(0), here.last_at + grown - now)
    everywhere = session.get(FailedSignIns, origin.account) if origin.account else None
    flooded = everywhere is not None and everywhere.count >= FLOOD and now - everywhere.since < WINDOW
    return Barrier(wait, flooded)


def count_failure(session: Session, origin: Origin, now: datetime) -> None:
    """One more failure; counts begin afresh after their time."""
    for bucket, lasts in ((origin.place, FORGOTTEN_AFTER), (origin.account, WINDOW)):
        if not bucket:
            continue
        row = session.get(FailedSignIns, bucket)
        if row is None or now - row.since >= lasts:
            row = row or FailedSignIns(bucket=bucket, count=0, since=now, last_at=now)
            row.count, row.since = 0, now
        row.count, row.last_at = row.count + 1, now
        session.add(row)


def forgive(session: Session, origin: Origin) -> None:
    """A sign-in from here succeeded: its own count ends; that of the strangers stays."""
    session.exec(delete(FailedSignIns).where(col(FailedSignIns.bucket) == origin.place))


def purge(session: Session, now: datetime) -> None:
    """Forgets old failures."""
    session.exec(delete(FailedSignIns).where(col(FailedSignIns.last_at) < now - FORGOTTEN_AFTER))


def is_known(session: Session, staff_id: int, device: str) -> bool:
    """Whether the person has signed in on this browser before."""
    return bool(device) and session.get(KnownDevice, (keys.token_hash(device), staff_id)) is not None


def counted_as(session: Session, device: str, address: str) -> str:
    """By what all attempts are counted, whoever's they are: a browser that anybody signed in on by itself.

    Else strangers behind the office's own address could use up what it may try, and keep everybody out.
    """
    of_device = select(KnownDevice.staff_id).where(KnownDevice.device_hash == keys.token_hash(device))
    return f"device {device}" if device and session.exec(of_device.limit(1)).first() else f"address {address}"


def remember(session: Session, staff_id: int, device: str, now: datetime) -> None:
    """The person signed in fully on this browser."""
    if not device:
        return
    row = session.get(KnownDevice, (keys.token_hash(device), staff_id))
    row = row or KnownDevice(device_hash=keys.token_hash(device), staff_id=staff_id, at=now)
    row.at = now
    session.add(row)
