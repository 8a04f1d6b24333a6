"""Who comes in first: a new town's row with the link of its first administrator; an installation's first operator."""

import re
from datetime import datetime

from sqlmodel import Session

from admin import accounts, audit
from admin.accounts import BadAccount, Purpose
from admin.roles import Role
from knowledge.models import Town

TOWN_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
OPERATOR = "operator"
READING = re.compile(r"[ぁ-んー]{1,80}")


class BadTown(ValueError):
    """A town that cannot be added; the sentence says why."""


def check(town: Town) -> None:
    """Raises BadTown where a value cannot be taken."""
    if not TOWN_ID.fullmatch(town.id):
        raise BadTown("id は、半角の英小文字で始め、英小文字・数字・「-」で40文字までにしてください（例：toin）。")
    if not READING.fullmatch(town.reading):
        raise BadTown("読みがなは、ひらがなで入力してください（例：とういんちょう）。")
    if not (town.name and town.prefecture and town.office):
        raise BadTown("自治体の名前、都道府県、役所の呼び名を、すべて入力してください。")


def add(session: Session, town: Town, login: str, name: str, now: datetime) -> str:
    """Adds the town and its first administrator; the token of the invitation. Raises BadTown."""
    check(town)
    if session.get(Town, town.id):
        raise BadTown(f"自治体「{town.id}」は、もうあります。別の id にしてください。")
    town.named_by_staff = True
    session.add(town)
    session.flush()
    try:
        staff = accounts.add(session, town.id, login, name, Role.ADMINISTRATOR, now)
    except BadAccount as error:
        raise BadTown(str(error)) from None
    audit.record(session, "town.added", at=now, town_id=town.id, subject=town.name, 最初の管理の人=name)
    return accounts.issue_link(session, staff, Purpose.INVITATION, now)


def add_first_operator(session: Session, now: datetime) -> str | None:
    """The first operator's one-time password; None where there is an operator already."""
    if accounts.has_operator(session):
        return None
    password = accounts.add_first_operator(session, OPERATOR, "運用", now)
    audit.record(session, "operator.added", at=now, subject=OPERATOR)
    return password
