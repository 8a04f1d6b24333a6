"""An import taken back whole: its drafts go, what staff changed or published stays and is named."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.models import Entry, Revision, Source, State
from knowledge.plan_models import PlanImport
from knowledge.plans.importing import NothingImported
from knowledge.revisions import NotThere


@dataclass(frozen=True)
class Undone:
    """What taking an import back removed, and what stays because staff changed or published it (titles)."""

    removed: int
    kept: tuple[str, ...]


def undo(session: Session, number: int) -> Undone:
    """Takes an import back: drafts that staff neither changed nor published go, the others stay and are named.

    Raises NotThere and NothingImported (already undone).
    """
    kept = session.get(PlanImport, number, with_for_update=True)
    if kept is None:
        raise NotThere(f"取り込み {number} はありません。番号を確かめてください。")
    if kept.undone_at is not None:
        raise NothingImported(f"取り込み {number} は、もう取り消されています。")
    removed, stay = 0, []
    for key in kept.entries:
        entry = session.get(Entry, key, with_for_update={"key_share": True})
        if entry is None:
            continue
        if _is_untouched(session, entry):
            session.delete(entry)
            removed += 1
        else:
            stay.append(_title(session, key))
    session.flush()
    _remove_source(session, kept)
    kept.undone_at = datetime.now(UTC)
    return Undone(removed, tuple(stay))


def _is_untouched(session: Session, entry: Entry) -> bool:
    revisions = session.exec(select(Revision.state).where(Revision.entry_key == entry.key)).all()
    return entry.published_number is None and list(revisions) in ([State.DRAFT], [State.DISCARDED])


def _title(session: Session, key: str) -> str:
    newest = select(Revision).where(Revision.entry_key == key).order_by(col(Revision.number).desc())
    revision = session.exec(newest).first()
    return str(revision.content["title"]) if revision else key


def _remove_source(session: Session, kept: PlanImport) -> None:
    left = session.exec(select(func.count()).select_from(Entry).where(Entry.source_id == kept.source_id)).one()
    source = session.get(Source, kept.source_id)
    if kept.new_source and not left and source is not None:
        session.delete(source)
