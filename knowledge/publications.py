"""Publishing several drafts together, now or at a time; what is due is published by whichever process comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from knowledge import publishing, store
from knowledge.acting import account_of, act_as
from knowledge.curation import Publication
from knowledge.models import Entry
from knowledge.publishing import CrossedEdit, NeedsAnother, WrongState, check_approval, move_town
from knowledge.revisions import NotThere

Refused = (CrossedEdit, NeedsAnother, NotThere, WrongState)


@dataclass(frozen=True)
class Draft:
    """One revision that is to be published: the entry's key over all towns, and the revision's number."""

    key: str
    number: int


def publish_together(session: Session, drafts: Sequence[Draft], *, by: str, now: datetime) -> None:
    """Publishes all of them or none: the caller's transaction ends with the first that is refused.

    Raises what `publishing.publish` raises, with the entry's title in front.
    """
    for draft in _in_order(drafts):
        try:
            publishing.publish(session, draft.key, draft.number, by=by)
        except Refused as error:
            raise type(error)(f"「{_title(session, draft.key)}」：{error}") from error
        session.add(_publication(session, draft, by, now, now))


def plan(session: Session, drafts: Sequence[Draft], *, by: str, at: datetime, now: datetime) -> None:
    """Plans their publication for a time to come; a plan of an entry replaces the one before.

    Raises WrongState where the time is over or a revision is no draft, and NeedsAnother as `publish` does.
    """
    if at <= now:
        raise WrongState("公開する日時は、今より後にしてください。すぐ公開するときは「公開する」を押してください。")
    for draft in _in_order(drafts):
        entry, revision = publishing.held_revision(session, draft.key, draft.number)
        check_approval(session, entry, revision, by)
        if revision.state not in publishing.UNPUBLISHED:
            raise WrongState(f"「{entry.title}」は下書きではありません。履歴を開き直してください。")
        unplan(session, draft.key)
        session.add(_publication(session, draft, by, at))


def _publication(
    session: Session, draft: Draft, by: str, due_at: datetime, done_at: datetime | None = None
) -> Publication:
    account = account_of(session)
    return Publication(entry_key=draft.key, number=draft.number, by=by, account=account, due_at=due_at, done_at=done_at)


def unplan(session: Session, key: str) -> None:
    """Takes back what is planned of an entry."""
    for row in session.exec(
        select(Publication).where(Publication.entry_key == key, col(Publication.done_at).is_(None))
    ):
        session.delete(row)
    session.flush()


def planned(session: Session, town_id: str) -> Sequence[Publication]:
    """What is planned in a town, the next first."""
    return session.exec(
        _of_town(town_id).where(col(Publication.done_at).is_(None)).order_by(col(Publication.due_at))
    ).all()


def refused(session: Session, town_id: str) -> Sequence[Publication]:
    """What was planned and could not be published, the newest first; `fault` says why."""
    return session.exec(_of_town(town_id).where(Publication.fault != "").order_by(col(Publication.due_at).desc())).all()


def published(session: Session, key: str) -> Sequence[Publication]:
    """Who published which revision of an entry and when, the newest first."""
    statement = select(Publication).where(Publication.entry_key == key, Publication.fault == "")
    return session.exec(
        statement.where(col(Publication.done_at).is_not(None)).order_by(col(Publication.id).desc())
    ).all()


def publish_due(engine: Engine, now: datetime) -> set[str]:
    """Publishes what is due, each in a transaction of its own, once over all processes; the towns that changed.

    What can no longer be published (a newer revision came, or it was withdrawn) is done with, and its fault is kept.
    """
    with store.reading(engine) as session:
        due = select(Publication.id).where(col(Publication.done_at).is_(None), col(Publication.due_at) <= now)
        numbers = session.exec(due.order_by(col(Publication.due_at), col(Publication.id))).all()
    changed = {_publish_planned(engine, number, now) for number in numbers if number is not None}
    return changed - {""}


def _publish_planned(engine: Engine, number: int, now: datetime) -> str:
    try:
        with store.writing(engine) as session:
            row = _held(session, number)
            if row is None:
                return ""
            act_as(session, row.account)
            publishing.publish(session, row.entry_key, row.number, by=row.by)
            row.done_at = now
            return session.get_one(Entry, row.entry_key).town_id
    except Refused as error:
        with store.writing(engine) as session:
            row = _held(session, number)
            if row is not None:
                row.done_at, row.fault = now, str(error)
        return ""


def _held(session: Session, number: int) -> Publication | None:
    """A planned publication that nobody else has done, held until the transaction ends."""
    row = session.get(Publication, number, with_for_update=True)
    return row if row is not None and row.done_at is None else None


def set_validity(session: Session, key: str, valid_from: date | None, valid_until: date | None) -> None:
    """From and until which day (both included, in Asia/Tokyo) residents are answered; raises WrongState."""
    if valid_from and valid_until and valid_until < valid_from:
        raise WrongState("公開を終える日は、始める日より後にしてください。")
    entry = publishing.held_entry(session, key)
    entry.valid_from, entry.valid_until = valid_from, valid_until
    move_town(session, entry.town_id)


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """By key, so that two who publish the same entries do not wait for each other for ever."""
    return sorted(set(drafts), key=lambda draft: (draft.key, draft.number))


def _title(session: Session, key: str) -> str:
    entry = session.get(Entry, key)
    return entry.title if entry else key


def _of_town(town_id: str) -> SelectOfScalar[Publication]:
    return select(Publication).join(Entry, col(Entry.key) == Publication.entry_key).where(Entry.town_id == town_id)
