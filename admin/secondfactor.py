"""The second factor: TOTP codes that serve once, their enrolment, and recovery codes."""

import secrets
from base64 import b32encode
from datetime import UTC, datetime
from io import BytesIO

import pyotp
import segno
from sqlmodel import Session, col, delete, func, select

from admin import keys
from knowledge.accounts import RecoveryCode, Staff

PURPOSE = "totp"
SECRET_BYTES = 20  # RFC 4226, section 4: 160 bits
STEP_SECONDS = 30
STEPS_EITHER_SIDE = 1  # a clock that goes half a minute wrong still serves
RECOVERY_CODES = 10
RECOVERY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER = "DX案内"


def enrolment_secret(key: bytes, session_hash: str) -> str:
    """The secret that one sign-in offers for enrolment: the same each time its page is shown, stored nowhere."""
    return b32encode(bytes.fromhex(keys.keyed_hash(key, "enrolment", session_hash))[:SECRET_BYTES]).decode()


def picture(secret: str, account: str) -> str:
    """A QR code as <svg> without any inline style, for an authenticator app."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    out = BytesIO()
    segno.make(address, micro=False).save(
        out,
        kind="svg",
        scale=4,
        border=4,
        xmldecl=False,
        svgns=False,
        light="#fff",
        title="認証アプリで読み取るQRコード",
    )
    return out.getvalue().decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The 30-second step whose code was typed, else None."""
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    typed = "".join(sign for sign in code if sign.isdecimal()).translate(_ASCII)
    for step in range(current - STEPS_EITHER_SIDE, current + STEPS_EITHER_SIDE + 1):
        at = datetime.fromtimestamp(step * STEP_SECONDS, UTC)
        if secrets.compare_digest(totp.at(at).encode(), typed.encode()):
            return step
    return None


_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


def take_code(staff: Staff, code: str, key: bytes, now: datetime) -> bool:
    """Whether it is the person's code; it serves once (the step is kept)."""
    if not staff.totp:
        return False
    try:
        secret = keys.opened(key, PURPOSE, staff.totp)
    except keys.Unreadable:  # ANNAI_SECRET_KEY changed: only a reset link helps
        return False
    step = step_of(secret, code, now)
    if step is None or step <= staff.totp_step:
        return False
    staff.totp_step = step
    return True


def enrol(session: Session, staff: Staff, secret: str, code: str, key: bytes, now: datetime) -> list[str] | None:
    """Keeps the secret if the code proves it was read, and gives the recovery codes; else None."""
    step = step_of(secret, code, now)
    if step is None:
        return None
    staff.totp, staff.totp_step = keys.sealed(key, PURPOSE, secret), step
    return renew_recovery_codes(session, staff, key)


def forget(session: Session, staff: Staff) -> None:
    """Takes the second factor away, with its recovery codes."""
    staff.totp, staff.totp_step = "", 0
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.staff_id) == staff.id))


def renew_recovery_codes(session: Session, staff: Staff, key: bytes) -> list[str]:
    """Ten new codes, shown once; the old ones end."""
    assert staff.id is not None  # noqa: S101  a stored row
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.staff_id) == staff.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(code_hash=_recovery_hash(key, staff, code), staff_id=staff.id) for code in codes)
    return codes


def _recovery_code() -> str:
    """Ten characters in two groups: about 49 random bits, behind the password and the lock-out."""
    return "-".join("".join(secrets.choice(RECOVERY_SIGNS) for _ in range(5)) for _ in range(2))


def take_recovery_code(session: Session, staff: Staff, code: str, key: bytes) -> bool:
    """Whether it is one of the person's recovery codes; it serves once."""
    found = session.get(RecoveryCode, _recovery_hash(key, staff, code))
    if found is None:
        return False
    session.delete(found)
    return True


def recovery_codes_left(session: Session, staff: Staff) -> int:
    """How many recovery codes the person still has."""
    return session.exec(select(func.count()).where(RecoveryCode.staff_id == staff.id)).one()


def _recovery_hash(key: bytes, staff: Staff, code: str) -> str:
    plain = "".join(sign for sign in code.lower() if sign in RECOVERY_SIGNS)
    return keys.keyed_hash(key, "recovery", str(staff.id), plain)
