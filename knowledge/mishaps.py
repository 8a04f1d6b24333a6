"""What an error is called in a log: its kind and the driver's own code, and nothing that it says."""

import re

from sqlalchemy.exc import DBAPIError

_CODE = re.compile("[0-9A-Z_]+")


def name_of(error: BaseException) -> str:
    """`ValueError`, or `OperationalError SQLITE_BUSY`, or `OperationalError 57014` (PostgreSQL's SQLSTATE)."""
    kind = type(error).__name__
    if not isinstance(error, DBAPIError):
        return kind
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    return f"{kind} {code}" if _CODE.fullmatch(code) else kind
