"""Taking entries in: first what a file would change, then drafts of it, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, func, select

from knowledge import publishing
from knowledge.differences import Difference, compare
from knowledge.entries import EntryContent
from knowledge.exchange.files import Contents
from knowledge.exchange.table import Fault
from knowledge.models import Entry, Revision, Town
from knowledge.publishing import CrossedEdit, WrongState
from knowledge.revisions import entry_key


class Effect(StrEnum):
    """What taking in does to an entry."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """One entry of a file, and what would differ from its newest revision (0 where it is new)."""

    id: str
    title: str
    row: int
    effect: Effect
    newest: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Preview:
    """What a file would change; with a fault it changes nothing. `seen`: newest revision by id, for `apply`."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]

    @property
    def seen(self) -> dict[str, int]:
        """The newest revision of each entry that the preview was made against."""
        return {change.id: change.newest for change in self.changes}

    def count(self, effect: Effect) -> int:
        """How many entries are new, changed or the same."""
        return sum(change.effect is effect for change in self.changes)


def preview(session: Session, town_id: str, contents: Contents) -> Preview:
    """The dry run: nothing is written."""
    newest = _newest(session, town_id)
    changes = [_change(content, newest.get(key), contents.rows[key]) for key, content in contents.entries.items()]
    return Preview(tuple(changes), contents.faults)


def apply(
    session: Session, town_id: str, source_id: str, contents: Contents, seen: Mapping[str, int], *, by: str
) -> list[Revision]:
    """Drafts of all that is new or changed; what is the same stays untouched. The caller's transaction holds it all.

    Raises WrongState where the file has faults, and CrossedEdit where an entry changed since the preview.
    """
    if contents.faults:
        raise WrongState("直すところが残っているので、取り込みませんでした。表を直してから、もう一度選んでください。")
    session.get_one(Town, town_id, with_for_update={"key_share": True})
    found = preview(session, town_id, contents)
    if found.seen != dict(seen):
        raise CrossedEdit("確かめている間に、ほかの人が変更しました。もう一度、変わるところを確かめてください。")
    return [
        _draft(session, town_id, source_id, contents.entries[change.id], change, by)
        for change in found.changes
        if change.effect is not Effect.SAME
    ]


def current(session: Session, town_id: str) -> list[EntryContent]:
    """The newest revision of every entry, by id, for staff to work on; not of what was withdrawn or discarded."""
    return [
        EntryContent.model_validate(revision.content)
        for key, revision in sorted(_newest(session, town_id).items())
        if revision.state not in publishing.GONE
    ]


def count(session: Session, town_id: str) -> int:
    """How many entries `current` would give, without reading them."""
    kept = select(func.count()).select_from(Entry).where(col(Entry.newest_state).not_in(publishing.GONE))
    return session.exec(kept.where(Entry.town_id == town_id)).one()


def _newest(session: Session, town_id: str) -> dict[str, Revision]:
    statement = (
        select(Revision)
        .join(Entry, (col(Entry.key) == Revision.entry_key) & (col(Entry.newest_number) == Revision.number))
        .where(Entry.town_id == town_id)
    )
    return {revision.entry_key.partition("/")[2]: revision for revision in session.exec(statement)}


def _change(content: EntryContent, newest: Revision | None, row: int) -> Change:
    if newest is None:
        return Change(content.id, content.title, row, Effect.NEW, 0, tuple(compare(None, content)))
    before = EntryContent.model_validate(newest.content)
    effect = Effect.SAME if before == content else Effect.CHANGED
    return Change(content.id, content.title, row, effect, newest.number, tuple(compare(before, content)))


def _draft(session: Session, town_id: str, source_id: str, content: EntryContent, change: Change, by: str) -> Revision:
    reason = "ファイルからの取り込み"
    if change.effect is Effect.NEW:
        return publishing.begin_entry(session, town_id, source_id, content, author=by, reason=reason)
    key = entry_key(town_id, content.id)
    return publishing.save_draft(session, key, content, based_on=change.newest, author=by, reason=reason)
