"""The towns that this process answers for: built from the store, swapped in when a town's revision moves."""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.backlog import Backlog
from bot.examining import keep_score
from bot.metrics import INDEX_CHECKED
from bot.rendering import Contact, Office
from bot.town import TownKnowledge
from knowledge import lexicon, publications, publishing, retention, store, weights
from knowledge.bundled import BundledTown
from knowledge.entries import EntryContent, SourceContent, TownContent
from knowledge.library import KnownEntry, Library
from knowledge.models import Department, Entry, LexiconGroup, Source, Town

OWN_WORDS = "町の辞書"  # the place of a group that staff made
TOKYO = ZoneInfo("Asia/Tokyo")
PURGE_SECONDS = 3600.0
POLL_SECONDS = 0.2  # 1.5 ms of work each; the rest of the two seconds until a publication is answered is the index's
log = structlog.get_logger()


def today() -> date:
    """The day in the towns' own time."""
    return datetime.now(TOKYO).date()


def from_bundled(town: BundledTown, others: frozenset[str] = frozenset()) -> TownKnowledge:
    """A town straight from its files, without a store."""
    entries = [KnownEntry(located.content, town.town.source) for located in town.entries]
    library = Library(town.town, entries, lexicon.bundled(), weights.load("town"))
    return TownKnowledge(library, Office(town.town.name, town.town.office), others)


def from_store(
    session: Session,
    town: Town,
    others: frozenset[str],
    on: date,
    words: Sequence[lexicon.Group] | None = None,
    before: TownKnowledge | None = None,
) -> TownKnowledge:
    """A town's published entries as of a day; with `words` as if these were the town's own groups of words.

    What the town `before` has read already is not read again.
    """
    published = publishing.published_entries(session, town.id, on)
    own = _own_words(session, town.id) if words is None else [replace(group, place=OWN_WORDS) for group in words]
    entries = [
        KnownEntry(
            content=with_own_names(entry.content, own),
            source=_source_content(entry.source),
            confirmed_on=_iso(entry.confirmed_on),
            source_address=entry.source.public_address,
            changed_on=_iso(entry.changed_at.astimezone(TOKYO).date()),
            valid_from=_iso(entry.valid_from),
            valid_until=_iso(entry.valid_until),
        )
        for entry in published
    ]
    editions = select(Source).where(Source.town_id == town.id).order_by(col(Source.period_to).desc())
    # A plan of which there are only drafts yet is not what the town answers from.
    drafted = set(
        session.exec(select(Entry.source_id).where(Entry.town_id == town.id, col(Entry.published_number).is_(None)))
    )
    drafted -= {entry.source.id for entry in published}
    source = next((edition for edition in session.exec(editions) if edition.id not in drafted), None)
    content = TownContent(
        id=town.id,
        name=town.name,
        reading=town.reading,
        prefecture=town.prefecture,
        office=town.office,
        source=_source_content(source) if source else _NO_SOURCE,
    )
    kept = before.library if before else None
    library = Library(content, entries, _lexicon(own, kept), weights.load("town"), kept)
    return TownKnowledge(
        library,
        _office(session, town),
        others,
        town.revision,
        _closed(town),
        notice=town.notice,
        colour=town.colour,
        allowed_origins=frozenset(town.allowed_origins),
    )


def _lexicon(own: Iterable[lexicon.Group], before: Library | None) -> lexicon.Lexicon:
    """The lexicon with a town's own groups; the one in use until now where nothing changed, for it takes a while."""
    groups = (*lexicon.bundled().groups, *own)
    known = before.index.lexicon if before else lexicon.bundled()
    return known if known.groups == groups else lexicon.Lexicon.of(groups)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def read_town(engine: Engine, town_id: str, on: date) -> TownKnowledge:
    """One town's published entries as of a day; raises sqlalchemy.exc.NoResultFound where there is no such town."""
    with store.reading(engine) as session:
        rows = publishing.towns(session)
        others = frozenset(bare_name(town.name) for town in rows if town.id != town_id)
        return from_store(session, session.get_one(Town, town_id), others, on)


def with_entries(town: TownKnowledge, contents: Iterable[EntryContent], gone: Collection[str] = ()) -> TownKnowledge:
    """The town as it would be with these entries published and those of the ids in `gone` withdrawn."""
    own = [group for group in town.library.index.lexicon.groups if group.place == OWN_WORDS]
    entries = {key: entry for key, entry in town.library.entries.items() if key not in gone}
    for content in contents:
        known = entries.get(content.id)
        source, address = (known.source, known.source_address) if known else (town.library.town.source, "")
        entries[content.id] = KnownEntry(with_own_names(content, own), source, source_address=address)
    index = town.library.index
    library = Library(town.library.town, entries.values(), index.lexicon, index.weights, town.library)
    return replace(town, library=library)


def _own_words(session: Session, town_id: str) -> list[lexicon.Group]:
    rows = session.exec(select(LexiconGroup).where(LexiconGroup.town_id == town_id)).all()
    return [lexicon.Group(tuple(row.words), row.note, place=OWN_WORDS) for row in rows]


def with_own_names(content: EntryContent, own: list[lexicon.Group]) -> EntryContent:
    """An entry one of whose names stands in a group of the town's own goes by the group's other words too."""
    names = {content.title, *content.aliases}
    more = {word for group in own if names & set(group.words) for word in group.words} - names
    return content.model_copy(update={"aliases": (*content.aliases, *sorted(more))}) if more else content


def _office(session: Session, town: Town) -> Office:
    rows = session.exec(select(Department).where(Department.town_id == town.id)).all()
    contacts = {row.name: Contact(row.telephone, row.opening_hours, row.address) for row in rows}
    return Office(
        name=town.name,
        office=town.office,
        telephone=town.telephone,
        opening_hours=town.opening_hours,
        holidays=town.holidays,
        web_address=town.web_address,
        privacy_contact=town.privacy_contact,
        retention_days=town.retention_days,
        greeting=town.greeting,
        contacts={name: contact for name, contact in contacts.items() if contact != Contact()},
    )


def _closed(town: Town) -> dict[str, str]:
    return {channel: text for channel, text in (("web", town.closed_web), ("line", town.closed_line)) if text}


_NO_SOURCE = SourceContent(id="none", title="", period_from="2000-04", period_to="2000-04")


def _source_content(source: Source) -> SourceContent:
    return SourceContent.model_validate(source.model_dump(include=set(SourceContent.model_fields)))


def bare_name(name: str) -> str:
    """「東員町」 as residents shorten it: 「東員」."""
    return name.rstrip("市町村区")


def read_towns(engine: Engine, known: Mapping[str, TownKnowledge], on: date) -> dict[str, TownKnowledge]:
    """All towns; those whose revision did not move are taken over from `known`.

    A town whose stored knowledge cannot be read stays as it was, or is missing: it must not stop the others.
    """
    with store.reading(engine) as session:
        rows = publishing.towns(session)
        names = {town.id: bare_name(town.name) for town in rows}
        found = {}
        for town in rows:
            kept = known.get(town.id)
            others = frozenset(name for key, name in names.items() if key != town.id)
            if kept is not None and kept.revision == town.revision and kept.other_towns == others:
                found[town.id] = kept
                continue
            try:
                found[town.id] = from_store(session, town, others, on, before=kept)
            except ValueError as error:
                log.error("town not read", town=town.id, error=type(error).__name__)
                if kept is not None:
                    found[town.id] = kept
    return found


class Registry:
    """The towns by id, kept fresh by a thread; readers take `towns` once and hold a consistent view."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.towns: Mapping[str, TownKnowledge] = MappingProxyType({})
        self._day: date | None = None
        self._reading = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._purged_at = -PURGE_SECONDS
        self.backlog = Backlog()

    def refresh(self) -> None:
        """Swaps in the towns whose revision moved; all of them when a new day begins, for valid-from and -until.

        Who comes while another thread reads them waits for it: the same index is not built twice.
        """
        with self._reading:
            on = today()
            known = self.towns if on == self._day else {}
            if not known or self._revisions() != {key: town.revision for key, town in known.items()}:
                self.towns = MappingProxyType(read_towns(self.engine, known, on))
                self._day = on
        INDEX_CHECKED.set_to_current_time()

    def _revisions(self) -> dict[str, int]:
        with store.reading(self.engine) as session:
            return publishing.town_revisions(session)

    def start(self) -> None:
        """Loads the towns and watches the store from then on."""
        self.refresh()
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, name="registry", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the watching; what could not be stored until now gets a last try."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._attempt(self._write_backlog)
        self.backlog.drop()

    def _purge(self) -> None:
        """Erases, once an hour, what is older than the towns' retention; other processes may do the same."""
        if time.monotonic() - self._purged_at >= PURGE_SECONDS:
            self._purged_at = time.monotonic()
            retention.purge(self.engine, datetime.now(UTC))

    def is_ready(self) -> bool:
        """Whether there is a town to answer for."""
        return bool(self.towns)

    def _write_backlog(self) -> None:
        self.backlog.write(self.engine)

    def _publish(self) -> None:
        """Publishes what is due, answers from it, and keeps the score of what changed."""
        published = publications.publish_due(self.engine, datetime.now(UTC))
        self.refresh()
        for town in published & self.towns.keys():
            keep_score(self.engine, self.towns[town], datetime.now(UTC))

    def _watch(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            for step in (self._write_backlog, self._publish, self._purge):
                self._attempt(step)

    def _attempt(self, step: Callable[[], None]) -> None:
        """One step of the watch, so that none that fails keeps the others from their work."""
        try:
            step()
        except (SQLAlchemyError, ValueError) as error:  # the last good index stays in use
            log.warning("store not followed", step=step.__name__.strip("_"), error=type(error).__name__)
