"""Accounts: found by town and login name, made with an invitation, changed, closed, reset."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, delete, func, select

from admin import keys, passwords, secondfactor, sessions
from admin.forms import row_number
from admin.roles import Role
from knowledge.accounts import OneTimeLink, Staff
from knowledge.models import Town

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LOGIN_RULE = "ログイン名は、半角の英小文字・数字・「.」「-」「_」で、2文字から40文字までにしてください。"
LINK_ENDED = "このリンクは使い終わったか、期限が切れています。管理の人に、新しいリンクを頼んでください。"


class Purpose(StrEnum):
    """What a one-time link is for; how long it serves depends on it."""

    INVITATION = "invitation"
    RESET = "reset"


LASTS = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(days=1)}


class BadAccount(ValueError):
    """An account that cannot be made or changed so; the sentence says why."""


class LinkEnded(LookupError):
    """A one-time link that was used, replaced or is too old."""


def account_name(town_id: str | None, login: str) -> str:
    """Town and login name: "toin/yamada"; the operator's town is empty."""
    return f"{town_id or ''}/{login.strip().lower()}"


def by_name(session: Session, town_id: str | None, login: str) -> Staff | None:
    """The account, be it open or closed."""
    return session.exec(select(Staff).where(Staff.account == account_name(town_id, login))).first()


def of_town(session: Session, town_id: str) -> Sequence[Staff]:
    """A town's staff, those who may sign in first."""
    of_it = select(Staff).where(Staff.town_id == town_id)
    return session.exec(of_it.order_by(col(Staff.active).desc(), col(Staff.login))).all()


def one_of_town(session: Session, town_id: str, number: str) -> Staff | None:
    """A town's staff member by number, to be changed; None for another town's."""
    given = row_number(number)
    staff = session.get(Staff, given) if given else None
    return staff if staff and staff.town_id == town_id else None


def has_operator(session: Session) -> bool:
    """Whether anybody looks after all towns."""
    return session.exec(select(Staff.id).where(Staff.role == Role.OPERATOR)).first() is not None


def add(session: Session, town_id: str | None, login: str, name: str, role: Role, now: datetime) -> Staff:
    """A new account without a password; raises BadAccount."""
    if not LOGIN.fullmatch(login):
        raise BadAccount(LOGIN_RULE)
    if by_name(session, town_id, login):
        raise BadAccount("そのログイン名はもう使われています。別の名前にしてください。")
    staff = Staff(
        town_id=town_id,
        account=account_name(town_id, login),
        login=login,
        name=name,
        role=role,
        created_at=now,
    )
    session.add(staff)
    session.flush()
    return staff


def add_first_operator(session: Session, login: str, name: str, now: datetime) -> str:
    """The first operator, and a one-time password that must be changed at the first sign-in."""
    staff = add(session, None, login, name, Role.OPERATOR, now)
    password = passwords.one_time()
    staff.password, staff.must_change = passwords.hashed(password), True
    return password


def issue_link(session: Session, staff: Staff, purpose: Purpose, now: datetime) -> str:
    """A one-time link's token; earlier links of this person end."""
    assert staff.id is not None  # noqa: S101  a stored row
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.staff_id) == staff.id))
    token = keys.token()
    session.add(
        OneTimeLink(token_hash=keys.token_hash(token), staff_id=staff.id, purpose=purpose, ends_at=now + LASTS[purpose])
    )
    return token


def find_link(session: Session, token: str, now: datetime) -> tuple[OneTimeLink, Staff]:
    """Whose link it is; raises LinkEnded."""
    link = session.get(OneTimeLink, keys.token_hash(token))
    staff = session.get_one(Staff, link.staff_id) if link else None
    if link is None or staff is None or now >= link.ends_at or not staff.active:
        raise LinkEnded(LINK_ENDED)
    return link, staff


def names_of(staff: Staff, town: Town | None) -> tuple[str, ...]:
    """What a person's password must not be made of."""
    own = (staff.login, staff.name.replace(" ", "").replace("　", ""))
    return (*own, town.id, town.name, town.reading, town.prefecture) if town else own


def change_password(session: Session, staff: Staff, password: str, *, keep: str = "") -> None:
    """A password that was checked; every other session of the person ends."""
    staff.password, staff.must_change = passwords.hashed(password), False
    sessions.end_all(session, staff, but=keep)


def use_link(session: Session, token: str, password: str, now: datetime) -> Staff:
    """Sets the password by a link, which is used up; a reset takes the second factor away. Raises LinkEnded."""
    link, staff = find_link(session, token, now)
    session.delete(link)
    if link.purpose == Purpose.RESET:
        secondfactor.forget(session, staff)
    change_password(session, staff, password)
    return staff


def change_role(session: Session, staff: Staff, role: Role) -> None:
    """Another role; raises BadAccount where the town would be left without an administrator."""
    if role != Role.ADMINISTRATOR:
        _refuse_to_leave_nobody(session, staff)
    staff.role = role
    sessions.end_all(session, staff)


def set_active(session: Session, staff: Staff, *, active: bool) -> None:
    """Closes an account or opens it again; closing ends its sessions and links at once. Raises BadAccount."""
    if not active:
        _refuse_to_leave_nobody(session, staff)
        sessions.end_all(session, staff)
        session.exec(delete(OneTimeLink).where(col(OneTimeLink.staff_id) == staff.id))
    staff.active = active


def _refuse_to_leave_nobody(session: Session, staff: Staff) -> None:
    if staff.role != Role.ADMINISTRATOR or not staff.active:
        return
    session.exec(select(Town.id).where(Town.id == staff.town_id).with_for_update(key_share=True)).one()
    others = select(func.count()).where(
        Staff.town_id == staff.town_id, Staff.role == Role.ADMINISTRATOR, col(Staff.active), Staff.id != staff.id
    )
    if session.exec(others).one() == 0:
        raise BadAccount("管理の人がいなくなるので、変えられません。先に、ほかの人を「管理」にしてください。")
