"""What waits in a town: numbers for the first page, and the settings that residents would miss."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.models import Confirmation, Entry, Handled, Inquiry, Town
from knowledge.publishing import UNPUBLISHED


@dataclass(frozen=True)
class Work:
    """Counts of what waits; `missing` names the town's settings that are still empty."""

    inquiries: int
    unconfirmed: int
    drafts: int
    published: int
    missing: tuple[str, ...]
    is_closed: bool


def of_town(session: Session, town: Town) -> Work:
    """The numbers as they stand."""
    inquiries = select(func.count()).where(Inquiry.town_id == town.id, Inquiry.handled == Handled.OPEN)
    published = select(func.count()).where(Entry.town_id == town.id, col(Entry.published_number).is_not(None))
    confirmed = (
        select(func.count(func.distinct(Entry.key)))
        .join(
            Confirmation,
            (col(Confirmation.entry_key) == Entry.key) & (col(Confirmation.number) == Entry.published_number),
        )
        .where(Entry.town_id == town.id)
    )
    all_published = session.exec(published).one()
    return Work(
        inquiries=session.exec(inquiries).one(),
        unconfirmed=all_published - session.exec(confirmed).one(),
        drafts=_drafts(session, town.id),
        published=all_published,
        missing=tuple(name for name, value in _wanted(town) if not value),
        is_closed=bool(town.closed_web or town.closed_line),
    )


def _drafts(session: Session, town_id: str) -> int:
    """Entries whose newest revision is a draft or waits for review."""
    waiting = select(func.count()).select_from(Entry).where(col(Entry.newest_state).in_(UNPUBLISHED))
    return session.exec(waiting.where(Entry.town_id == town_id)).one()


def _wanted(town: Town) -> tuple[tuple[str, str], ...]:
    return (
        ("代表電話", town.telephone),
        ("開庁時間", town.opening_hours),
        ("個人情報の問い合わせ先", town.privacy_contact),
        ("自治体のホームページ", town.web_address),
    )
