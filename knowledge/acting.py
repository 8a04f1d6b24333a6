"""Whose account acts in a session; set once where a request comes in, so that no change can forget it."""

from sqlmodel import Session

NOBODY = 0  # the command line, the files, and what was written before accounts were kept
_KEY = "account"


def act_as(session: Session, account: int) -> None:
    """From now on the session's changes are this account's (the number of a row of `staff`)."""
    session.info[_KEY] = account


def account_of(session: Session) -> int:
    """The account that acts, or NOBODY."""
    account: int = session.info.get(_KEY, NOBODY)
    return account


def is_same(account: int, name: str, other_account: int, other_name: str) -> bool:
    """Whether two are one person: by account where both are known, for names may be shared and changed."""
    return account == other_account if account and other_account else name == other_name
