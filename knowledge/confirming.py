"""確認: which published entries staff should look at, and why; one press says that an entry is still true."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_
from sqlmodel import Session, col, select

from knowledge import publishing
from knowledge.entries import DEFAULT_FACETS, EntryContent, FacetName
from knowledge.models import Confirmation, Entry, Source
from knowledge.publishing import WrongState

MOST = 200  # shown: a day's work
A_YEAR = timedelta(days=365)


class Due(StrEnum):
    """Why an entry is to be confirmed."""

    REVIEW_DATE = "review_date"
    PERIOD_OVER = "period_over"
    NEVER = "never"


@dataclass(frozen=True)
class ToConfirm:
    """A published entry that is due, with the reasons, the most pressing first, and when it was last confirmed."""

    key: str
    title: str
    kind: str
    owner: str
    dues: tuple[Due, ...]
    confirmed_on: date | None
    review_date: date | None


def queue(session: Session, town_id: str, on: date, most: int = MOST) -> list[ToConfirm]:
    """What is due on a day in Asia/Tokyo: past review dates first, then plans that are over, then never confirmed.

    A confirmation after the plan's period, or after the review date, settles it.
    """
    statement = (
        select(Entry, col(Source.period_to), _confirmed_on())
        .join(Source, col(Source.id) == Entry.source_id)
        .where(Entry.town_id == town_id, is_due(session, town_id, on))
        .order_by(col(Entry.review_date) > on, col(Entry.review_date).is_(None), col(Source.period_to), col(Entry.key))
        .limit(most)
    )
    rows = [
        ToConfirm(
            entry.key, entry.title, entry.kind, entry.owner, dues(entry, period_to, day, on), day, entry.review_date
        )
        for entry, period_to, day in session.exec(statement)
    ]
    order = list(Due)
    return sorted(rows, key=lambda row: (order.index(row.dues[0]), row.key))


def waiting(session: Session, town_id: str, on: date) -> int:
    """How many entries are due on a day."""
    statement = select(func.count()).select_from(Entry).where(Entry.town_id == town_id, is_due(session, town_id, on))
    return session.exec(statement).one()


def is_due(session: Session, town_id: str, on: date) -> ColumnElement[bool]:
    """The condition on entries that `queue` goes by, for lists."""
    confirmed = _confirmed_on()
    sources = session.exec(select(Source.id, Source.period_to).where(Source.town_id == town_id)).all()
    over = [
        and_(col(Entry.source_id) == number, confirmed < _month_after(period_to))
        for number, period_to in sources
        if period_to < f"{on:%Y-%m}"
    ]
    return and_(
        col(Entry.published_number).is_not(None),
        or_(col(Entry.review_date) <= on, confirmed.is_(None), *over),
    )


def _confirmed_on() -> ScalarSelect[date]:
    """The day on which an entry's published revision was last confirmed."""
    return (
        select(func.max(Confirmation.on))
        .where(Confirmation.entry_key == Entry.key, Confirmation.number == Entry.published_number)
        .correlate(Entry)
        .scalar_subquery()
    )


def _month_after(month: str) -> date:
    """The first day after a month given as YYYY-MM."""
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def dues(entry: Entry, period_to: str, confirmed_on: date | None, on: date) -> tuple[Due, ...]:
    """Why an entry is due on a day; empty where it is not. `period_to` is the plan's last month as YYYY-MM."""
    found = []
    if entry.review_date is not None and entry.review_date <= on:
        found.append(Due.REVIEW_DATE)
    if period_to < f"{on:%Y-%m}" and (confirmed_on is None or confirmed_on < _month_after(period_to)):
        found.append(Due.PERIOD_OVER)
    if confirmed_on is None:
        found.append(Due.NEVER)
    return tuple(found)


def still_true(session: Session, key: str, *, on: date, by: str) -> None:
    """今も正しい: confirms what is published; a review date that is over moves a year on. Raises WrongState."""
    publishing.confirm(session, key, on=on, by=by)
    entry = publishing.held_entry(session, key)
    if entry.review_date is not None and entry.review_date <= on:
        entry.review_date = on + A_YEAR


def take_back(session: Session, key: str) -> None:
    """Takes the last confirmation of what is published back, with the review date that it moved. Raises WrongState."""
    entry = publishing.held_entry(session, key)
    of_published = select(Confirmation).where(
        Confirmation.entry_key == key, Confirmation.number == entry.published_number
    )
    last = session.exec(of_published.order_by(col(Confirmation.on).desc(), col(Confirmation.id).desc())).first()
    if last is None:
        raise WrongState("この内容は、まだ確認されていません。画面を開き直してください。")
    if entry.review_date == last.on + A_YEAR:
        entry.review_date = last.on
    session.delete(last)
    publishing.move_town(session, entry.town_id)


def facet_to_mend(content: EntryContent) -> FacetName:
    """変わった: the facet that the editor opens at: the situation, else the one that answers."""
    names = {facet.name for facet in content.facets}
    if FacetName.SITUATION in names:
        return FacetName.SITUATION
    return next((name for name in DEFAULT_FACETS[content.kind] if name in names), content.facets[0].name)
