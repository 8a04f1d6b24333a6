"""Files → store: by stable id, any number of times, never over what staff edited."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge import store
from knowledge.bundled import TOWNS, BrokenKnowledge, BundledTown, read_town, town_folders
from knowledge.entries import EntryContent, TownContent
from knowledge.models import Department, Entry, Revision, Source, State, Town
from knowledge.publishing import add_revision, move_town
from knowledge.revisions import entry_key

FILES = "同梱"


@dataclass(frozen=True)
class Loaded:
    """What a loading changed in one town: counts of entries."""

    town: str
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    kept: int = 0
    town_changed: bool = False

    @property
    def is_news(self) -> bool:
        """Whether residents are answered from something new, be it the town's or the plan's own facts."""
        return bool(self.added or self.changed or self.withdrawn or self.town_changed)


def load_all(engine: Engine, root: Path = TOWNS) -> list[Loaded]:
    """Loads every town under `root`; a broken one keeps what it had, and BrokenKnowledge is raised after the others."""
    bundled, faults = [], []
    for folder in town_folders(root):
        try:
            bundled.append(read_town(folder))
        except BrokenKnowledge as error:
            faults.append(f"{folder.name}/{error}")
    loaded = []
    with store.exclusively(engine):
        for town in bundled:
            with store.writing(engine) as session:
                loaded.append(load_town(session, town))
    if faults:
        raise BrokenKnowledge("\n".join(faults))
    return loaded


def load_town(session: Session, bundled: BundledTown) -> Loaded:
    """One town in one transaction; staff's contact details, edits and withdrawals stay as they are."""
    town_id = bundled.town.id
    town_changed = _keep_town(session, bundled.town)
    contents = {entry_key(town_id, located.content.id): located.content for located in bundled.entries}
    entries = {e.key: e for e in session.exec(select(Entry).where(Entry.town_id == town_id))}
    newest = _newest(session, town_id)
    counts = {"added": 0, "changed": 0, "withdrawn": 0, "kept": 0}
    for key, content in contents.items():
        counts[_keep_entry(session, bundled.town, key, content, entries.get(key), newest.get(key))] += 1
    for key, entry in entries.items():
        if key not in contents and entry.published_number is not None and newest[key].bundled:
            _retire(session, entry, newest[key])
            counts["withdrawn"] += 1
    loaded = Loaded(town_id, **counts, town_changed=town_changed)
    if loaded.is_news:
        move_town(session, town_id)
    return loaded


def _keep_town(session: Session, content: TownContent) -> bool:
    """Whether the town's, the plan's or a department's facts changed."""
    town = session.get(Town, content.id)
    if town is None:
        town = Town(id=content.id, name="", reading="", prefecture="", office="")
    town.prefecture = content.prefecture
    if not town.named_by_staff:
        town.name, town.reading, town.office = content.name, content.reading, content.office
    session.add(town)
    changed = session.is_modified(town)
    session.flush()
    source = session.get(Source, content.source.id) or Source(id=content.source.id, town_id=content.id, title="")
    for name, value in content.source.model_dump().items():
        setattr(source, name, value)
    session.add(source)
    changed |= session.is_modified(source)
    known = {d.name: d for d in session.exec(select(Department).where(Department.town_id == content.id))}
    for department in content.departments:
        row = known.get(department.name) or Department(town_id=content.id, name=department.name)
        row.aliases = list(department.aliases)
        session.add(row)
        changed |= session.is_modified(row)
    session.flush()
    return changed


def _newest(session: Session, town_id: str) -> dict[str, Revision]:
    statement = (
        select(Revision)
        .join(Entry, col(Entry.key) == Revision.entry_key)
        .where(Entry.town_id == town_id, Revision.state != State.DISCARDED)
        .order_by(col(Revision.number))
    )
    return {revision.entry_key: revision for revision in session.exec(statement)}


def _keep_entry(
    session: Session,
    town: TownContent,
    key: str,
    content: EntryContent,
    entry: Entry | None,
    newest: Revision | None,
) -> str:
    if entry is None or newest is None:
        entry = entry or Entry(key=key, town_id=town.id, source_id=town.source.id, kind=content.kind)
        session.add(entry)
        session.flush()
        _publish_file(session, entry, content)
        return "added"
    if not newest.bundled:
        return "kept"
    # Values are compared, not their JSON: a field that a release adds is no change of every entry.
    same = newest.state == State.PUBLISHED and EntryContent.model_validate(newest.content) == content
    if same and entry.source_id == town.source.id:
        return "kept"
    entry.source_id = town.source.id
    _publish_file(session, entry, content)
    return "changed"


def _publish_file(session: Session, entry: Entry, content: EntryContent) -> None:
    revision = add_revision(
        session, entry.key, content, state=State.PUBLISHED, author=FILES, reason="同梱の知識から", bundled=True
    )
    entry.published_number = revision.number
    entry.kind = content.kind
    session.add(entry)


def _retire(session: Session, entry: Entry, newest: Revision) -> None:
    content = EntryContent.model_validate(newest.content)
    add_revision(
        session, entry.key, content, state=State.WITHDRAWN, author=FILES, reason="同梱の知識から外れた", bundled=True
    )
    entry.published_number = None
    session.add(entry)
