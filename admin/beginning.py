"""はじめの準備: what a new town does first, and which of it is done; the home page shows it until all is."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlmodel import Session, col, select

from admin.work import Work
from knowledge.models import Confirmation, Entry, Revision, Town
from knowledge.packaged import packaged

WORDS = Path(__file__).parent / "data" / "beginning.yaml"


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why, where (below the town's address), from which role on; `is_done` None: not known."""

    label: str
    why: str
    path: str
    least: str
    is_done: bool | None


@cache
def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = packaged(WORDS)
    return rows


def steps(session: Session, town: Town, work: Work) -> list[Step]:
    """All steps in order; empty once everything that can be known to be done is done."""
    done = {
        "telephone": bool(town.telephone),
        "web_address": bool(town.web_address),
        "privacy_contact": bool(town.privacy_contact),
        "entries": bool(work.published or work.drafts),
        "confirmed": _has_confirmed(session, town.id),
        "published": _has_published(session, town.id),
    }
    if all(done.values()):
        return []
    return [Step(row["label"], row["why"], row["path"], row["least"], done.get(row["key"])) for row in _rows()]


def _has_confirmed(session: Session, town_id: str) -> bool:
    of_town = select(Confirmation.id).join(Entry, col(Entry.key) == Confirmation.entry_key)
    return session.exec(of_town.where(Entry.town_id == town_id).limit(1)).first() is not None


def _has_published(session: Session, town_id: str) -> bool:
    """Whether staff published anything themselves; what came with the product does not count."""
    of_town = select(Revision.id).join(
        Entry, (col(Entry.key) == Revision.entry_key) & (col(Entry.published_number) == Revision.number)
    )
    own = of_town.where(Entry.town_id == town_id, col(Revision.bundled).is_(False))
    return session.exec(own.limit(1)).first() is not None
