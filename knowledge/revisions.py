"""What is kept of a town's entries, read: their revisions, what residents are answered from, how far a town moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.entries import EntryContent
from knowledge.models import Confirmation, Entry, Revision, Source, Town


class NotThere(LookupError):
    """An entry or revision that does not exist."""


@dataclass(frozen=True)
class PublishedEntry:
    """What residents are answered from: the content, its source, when staff last confirmed it, how long it holds.

    `changed_at` is when the published revision was written.
    """

    content: EntryContent
    source: Source
    bundled: bool
    confirmed_on: date | None
    changed_at: datetime
    valid_from: date | None
    valid_until: date | None


def entry_key(town_id: str, entry_id: str) -> str:
    """An entry's key over all towns."""
    return f"{town_id}/{entry_id}"


def towns(session: Session) -> Sequence[Town]:
    """All towns, by id."""
    return session.exec(select(Town).order_by(col(Town.id))).all()


def town(session: Session, town_id: str) -> Town | None:
    """One town."""
    return session.get(Town, town_id)


def town_revisions(session: Session) -> dict[str, int]:
    """Each town's revision: it moves when what residents are answered from changes."""
    return dict(session.exec(select(Town.id, Town.revision)).all())


def is_taken(session: Session, key: str) -> bool:
    """Whether there is an entry of that key."""
    return session.get(Entry, key) is not None


def latest(session: Session, key: str) -> Revision:
    """An entry's newest revision, drafts that were discarded apart; raises NotThere."""
    newest = (col(Entry.key) == Revision.entry_key) & (col(Entry.newest_number) == Revision.number)
    found = session.exec(select(Revision).join(Entry, newest).where(Revision.entry_key == key)).first()
    if found is None:
        raise NotThere("その回答項目の版がありません。一覧を開き直してください。")
    return found


def history(session: Session, key: str) -> Sequence[Revision]:
    """All revisions of an entry, newest first."""
    statement = select(Revision).where(Revision.entry_key == key).order_by(col(Revision.number).desc())
    return session.exec(statement).all()


def revision(session: Session, key: str, number: int) -> Revision:
    """One revision of an entry as the store has it now; raises NotThere."""
    statement = select(Revision).where(Revision.entry_key == key, Revision.number == number)
    found = session.exec(statement, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotThere("その版はありません。履歴を開き直してください。")
    return found


def content_of(session: Session, key: str, number: int) -> EntryContent:
    """What a revision says; raises NotThere."""
    return EntryContent.model_validate(revision(session, key, number).content)


def published_entries(session: Session, town_id: str, on: date) -> list[PublishedEntry]:
    """What a town's residents are answered from on a day in Asia/Tokyo, by key."""
    statement = (
        select(Entry, Revision, Source)
        .join(Revision, (col(Revision.entry_key) == Entry.key) & (col(Revision.number) == Entry.published_number))
        .join(Source, col(Source.id) == Entry.source_id)
        .where(Entry.town_id == town_id)
        .order_by(col(Entry.key))
    )
    confirmed = _confirmations(session, town_id)
    return [
        PublishedEntry(
            content=EntryContent.model_validate(revision.content),
            source=source,
            bundled=revision.bundled,
            confirmed_on=confirmed.get(entry.key),
            changed_at=revision.created_at,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
        )
        for entry, revision, source in session.exec(statement)
        if (entry.valid_from is None or entry.valid_from <= on)
        and (entry.valid_until is None or on <= entry.valid_until)
    ]


def _confirmations(session: Session, town_id: str) -> dict[str, date]:
    statement = (
        select(Confirmation.entry_key, func.max(Confirmation.on))
        .join(Entry, (col(Entry.key) == Confirmation.entry_key) & (col(Entry.published_number) == Confirmation.number))
        .where(Entry.town_id == town_id)
        .group_by(col(Confirmation.entry_key))
    )
    return dict(session.exec(statement).all())
