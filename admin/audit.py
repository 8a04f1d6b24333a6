"""The audit log: who did what, when and of which town; read with filters, handed out as CSV."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from knowledge.accounts import AuditRow, Staff
from knowledge.days import TOKYO
from knowledge.packaged import packaged

WORDS = Path(__file__).parent / "data" / "actions.yaml"
ON_A_PAGE = 50
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Filter:
    """Which rows are wanted; empty values want all. Days are days in Asia/Tokyo."""

    town_id: str | None
    staff_id: int | None = None
    action: str = ""
    first: date | None = None
    last: date | None = None


@cache
def action_labels() -> dict[str, str]:
    """Every action's name on the screen (`data/actions.yaml`)."""
    labels: dict[str, str] = packaged(WORDS)
    return labels


def record(
    session: Session,
    action: str,
    *,
    at: datetime,
    staff: Staff | None = None,
    town_id: str | None = None,
    subject: str = "",
    **detail: Any,
) -> None:
    """Adds a row to the transaction of what was done: both are kept, or neither."""
    session.add(
        AuditRow(
            at=at,
            town_id=town_id,
            staff_id=staff.id if staff else None,
            who=staff.name if staff else "",
            action=action,
            subject=subject,
            detail=detail,
        )
    )


def _chosen(wanted: Filter) -> SelectOfScalar[AuditRow]:
    statement = select(AuditRow)
    if wanted.town_id is not None:
        statement = statement.where(AuditRow.town_id == wanted.town_id)
    if wanted.staff_id is not None:
        statement = statement.where(AuditRow.staff_id == wanted.staff_id)
    if wanted.action:
        statement = statement.where(AuditRow.action == wanted.action)
    if wanted.first:
        statement = statement.where(AuditRow.at >= datetime.combine(wanted.first, time(), TOKYO))
    if wanted.last:
        statement = statement.where(AuditRow.at < datetime.combine(wanted.last + timedelta(days=1), time(), TOKYO))
    return statement


def rows(session: Session, wanted: Filter, page: int) -> tuple[Sequence[AuditRow], int]:
    """A page of the log (from 1), newest first, and the number of all rows."""
    chosen = _chosen(wanted)
    count = session.exec(select(func.count()).select_from(chosen.subquery())).one()
    newest = chosen.order_by(col(AuditRow.at).desc(), col(AuditRow.id).desc())
    return session.exec(newest.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)).all(), count


def as_csv(session: Session, wanted: Filter) -> str:
    """All chosen rows, oldest first, for a spreadsheet; with a byte order mark, and no cell that is a formula."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("日時", "自治体", "職員", "したこと", "対象", "内容"))
    for row in session.exec(_chosen(wanted).order_by(col(AuditRow.at), col(AuditRow.id))):
        writer.writerow(_harmless(cell) for cell in _cells(row))
    return out.getvalue()


def _cells(row: AuditRow) -> tuple[str, ...]:
    at = row.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
    action = action_labels().get(row.action, row.action)
    return at, row.town_id or "", row.who, action, row.subject, explained(row.detail)


def explained(detail: dict[str, Any]) -> str:
    """A row's detail in one line."""
    return "、".join(f"{name}：{_said(value)}" for name, value in detail.items())


def _said(value: Any) -> str:
    return "・".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins with one of these signs; an apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
