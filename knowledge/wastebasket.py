"""消した質問: inquiries that staff threw away, floods and nonsense; for a week they can be brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, update
from sqlmodel import Session, col, select

from knowledge.inquiries import AT_ONCE
from knowledge.models import Handled, Inquiry

KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Thrown:
    """What somebody threw away with one press: when, by whom, how many, and one of the questions."""

    at: datetime
    by: str
    count: int
    question: str


def throw(session: Session, town_id: str, inquiries: Sequence[int], *, by: str, now: datetime) -> None:
    """Takes open inquiries out of the inbox; another town's numbers change nothing."""
    values = {"handled": Handled.DISCARDED, "handled_by": by, "handled_at": now}
    for start in range(0, len(inquiries), AT_ONCE):
        chosen = col(Inquiry.id).in_(inquiries[start : start + AT_ONCE])
        still_open = (col(Inquiry.town_id) == town_id, col(Inquiry.handled) == Handled.OPEN, chosen)
        session.exec(update(Inquiry).where(*still_open).values(**values))


def thrown(session: Session, town_id: str) -> list[Thrown]:
    """What can be brought back, the newest first."""
    at, by = col(Inquiry.handled_at), col(Inquiry.handled_by)
    statement = select(at, by, func.count(), func.min(Inquiry.question)).group_by(at, by)
    of_town = (col(Inquiry.town_id) == town_id, col(Inquiry.handled) == Handled.DISCARDED)
    rows = session.exec(statement.where(*of_town).order_by(at.desc()))
    return [Thrown(moment, name, count, said) for moment, name, count, said in rows if moment]


def bring_back(session: Session, town_id: str, at: datetime) -> int:
    """Opens again what was thrown away at a moment; how many."""
    again = {"handled": Handled.OPEN, "handled_by": "", "handled_at": None}
    return session.exec(update(Inquiry).where(_of_moment(town_id, at)).values(**again)).rowcount


def erase(session: Session, town_id: str, at: datetime) -> int:
    """Deletes for good what was thrown away at a moment; how many."""
    return session.exec(delete(Inquiry).where(_of_moment(town_id, at))).rowcount


def purge(session: Session, now: datetime) -> int:
    """Deletes what was thrown away longer than a week ago; how many."""
    old = (col(Inquiry.handled) == Handled.DISCARDED, col(Inquiry.handled_at) < now - KEPT)
    return session.exec(delete(Inquiry).where(*old)).rowcount


def _of_moment(town_id: str, at: datetime) -> ColumnElement[bool]:
    thrown_away = col(Inquiry.handled) == Handled.DISCARDED
    return and_(col(Inquiry.town_id) == town_id, thrown_away, col(Inquiry.handled_at) == at)
