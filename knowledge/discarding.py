"""What staff take back: drafts that stand aside (捨てた下書き), their questions open again, and a withdrawal."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from knowledge import publications, publishing, revisions
from knowledge.models import Entry, Handled, Inquiry, Revision, State
from knowledge.publishing import UNPUBLISHED, CrossedEdit, WrongState

ANSWERED = (Handled.PHRASED, Handled.ENTERED)


def discard(session: Session, key: str, number: int) -> int:
    """Sets aside an entry's newest draft and those that it goes on from, back to what was last published or withdrawn.

    The questions that these drafts answered are open again; how many. All revisions stay in the history, and
    `publishing.restore` brings any of them back. Raises WrongState where it is no draft (any more), and CrossedEdit
    where a newer one came.
    """
    entry, revision = publishing.held_revision(session, key, number)
    if revision.state not in UNPUBLISHED:
        raise WrongState("捨てられるのは、公開していない下書きだけです。履歴を開き直してください。")
    if number != entry.newest_number:
        raise CrossedEdit("ほかの人が先に変更しました。新しい下書きを確かめてから、もう一度押してください。")
    drafts, base = _since_the_last_word(session, entry)
    for one in drafts:
        one.state = State.DISCARDED
    publishing.stand_at(entry, base or revision)
    publications.unplan(session, key)
    return _reopen(session, entry, base.created_at if base else None)


def undo_withdrawal(session: Session, key: str) -> None:
    """Answers residents again from what was withdrawn last, as it was approved then, with its confirmations.

    Raises WrongState where it is not the withdrawal that came last, or nothing stood before it.
    """
    entry = publishing.held_entry(session, key)
    newest = revisions.latest(session, key)
    before = [one for one in revisions.history(session, key) if one is not newest and one.state != State.DISCARDED]
    base = next((one for one in before if one.state == State.PUBLISHED), None)
    if newest.state != State.WITHDRAWN or entry.published_number is not None or base is None:
        raise WrongState("公開をやめたままの回答項目ではないため、戻せません。履歴を開き直してください。")
    newest.state = State.DISCARDED
    publishing.stand_at(entry, before[0])  # perhaps a draft that was being written
    entry.published_number = base.number
    publishing.move_town(session, entry.town_id)


def _since_the_last_word(session: Session, entry: Entry) -> tuple[list[Revision], Revision | None]:
    """The drafts after the newest revision that residents were answered from, or that withdrew it; and that one."""
    drafts: list[Revision] = []
    for one in revisions.history(session, entry.key):
        if one.state in (State.PUBLISHED, State.WITHDRAWN):
            return drafts, one
        if one.state in UNPUBLISHED:
            drafts.append(one)
    return drafts, None


def _reopen(session: Session, entry: Entry, since: datetime | None) -> int:
    of_drafts = [
        col(Inquiry.town_id) == entry.town_id,
        col(Inquiry.entry_key) == entry.key,
        col(Inquiry.handled).in_(ANSWERED),
    ]
    if since is not None:
        of_drafts.append(col(Inquiry.handled_at) > since)
    found = session.exec(select(Inquiry.id).where(*of_drafts)).all()
    again = {"handled": Handled.OPEN, "handled_by": "", "handled_at": None, "entry_key": ""}
    session.exec(update(Inquiry).where(*of_drafts).values(**again))
    return len(found)
