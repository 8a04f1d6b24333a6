"""A town as it is published: from the store as of a day, straight from its files, or as it would be after a change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.rendering import Contact, Office
from bot.settings import settings
from bot.town import TownKnowledge
from knowledge import garbage, lexicon, preparations, revisions, store, weights
from knowledge.bundled import BundledTown
from knowledge.days import TOKYO
from knowledge.entries import EntryContent, SourceContent, TownContent
from knowledge.index import Index
from knowledge.library import KnownEntry, Library
from knowledge.mishaps import name_of
from knowledge.models import Department, Entry, LexiconGroup, Source, Town
from knowledge.prepared import NOTHING
from knowledge.semantic import SemanticIndex

OWN_WORDS = "町の辞書"  # the place of a group that staff made
log = structlog.get_logger()
_NO_SOURCE = SourceContent(id="none", title="", period_from="2000-04", period_to="2000-04")


def read_towns(engine: Engine, known: Mapping[str, TownKnowledge], on: date) -> dict[str, TownKnowledge]:
    """All towns; those whose revision did not move are taken over from `known`.

    A town whose stored knowledge cannot be read stays as it was, or is missing: it must not stop the others.
    """
    with store.reading(engine) as session:
        rows = revisions.towns(session)
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
                log.error("town not read", town=town.id, error=name_of(error))
                if kept is not None:
                    found[town.id] = kept
    return found


def read_town(engine: Engine, town_id: str, on: date) -> TownKnowledge:
    """One town's published entries as of a day; raises sqlalchemy.exc.NoResultFound where there is no such town."""
    with store.reading(engine) as session:
        rows = revisions.towns(session)
        others = frozenset(bare_name(town.name) for town in rows if town.id != town_id)
        return from_store(session, session.get_one(Town, town_id), others, on)


@garbage.put_off()
def from_store(
    session: Session,
    town: Town,
    others: frozenset[str],
    on: date,
    words: Sequence[lexicon.Group] | None = None,
    before: TownKnowledge | None = None,
) -> TownKnowledge:
    """A town's published entries as of a day; with `words` as if these were the town's own groups of words.

    What the town `before` has read already is not read again; without it, what is kept of it in the store.
    """
    published = revisions.published_entries(session, town.id, on)
    own = _own_words(session, town.id) if words is None else [replace(group, place=OWN_WORDS) for group in words]
    content = TownContent(
        id=town.id,
        name=town.name,
        reading=town.reading,
        prefecture=town.prefecture,
        office=town.office,
        source=_newest_source(session, town.id, {entry.source.id for entry in published}),
    )
    kept = before.library if before else None
    entries = [_known(entry, own) for entry in published]
    group_words = _lexicon(own, kept)
    prepared = NOTHING if kept else preparations.stored(session, town.id, group_words)
    library = Library(content, entries, group_words, weights.load("town"), kept, kind_of_index(), prepared)
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


def kind_of_index(*, semantic: bool | None = None) -> type[Index]:
    """Search by words, or by words and meaning where the installation, or `semantic`, says so."""
    wanted = settings().semantic if semantic is None else semantic
    return SemanticIndex if wanted else Index


def from_bundled(
    town: BundledTown, others: frozenset[str] = frozenset(), *, semantic: bool | None = None
) -> TownKnowledge:
    """A town straight from its files, without a store."""
    entries = [KnownEntry(located.content, town.town.source) for located in town.entries]
    kind = kind_of_index(semantic=semantic)
    library = Library(town.town, entries, lexicon.bundled(), weights.load("town"), kind=kind)
    return TownKnowledge(library, Office(town.town.name, town.town.office), others)


def with_entries(town: TownKnowledge, contents: Iterable[EntryContent], gone: Collection[str] = ()) -> TownKnowledge:
    """The town as it would be with these entries published and those of the ids in `gone` withdrawn."""
    own = [group for group in town.library.index.lexicon.groups if group.place == OWN_WORDS]
    entries = {key: entry for key, entry in town.library.entries.items() if key not in gone}
    for content in contents:
        known = entries.get(content.id)
        source, address = (known.source, known.source_address) if known else (town.library.town.source, "")
        entries[content.id] = KnownEntry(with_own_names(content, own), source, source_address=address)
    index = town.library.index
    library = Library(town.library.town, entries.values(), index.lexicon, index.weights, town.library, type(index))
    return replace(town, library=library)


def with_own_names(content: EntryContent, own: list[lexicon.Group]) -> EntryContent:
    """An entry one of whose names stands in a group of the town's own goes by the group's other words too."""
    names = {content.title, *content.aliases}
    more = {word for group in own if names & set(group.words) for word in group.words} - names
    return content.model_copy(update={"aliases": (*content.aliases, *sorted(more))}) if more else content


def bare_name(name: str) -> str:
    """「東員町」 as residents shorten it: 「東員」."""
    return name.rstrip("市町村区")


def _known(entry: revisions.PublishedEntry, own: list[lexicon.Group]) -> KnownEntry:
    return KnownEntry(
        content=with_own_names(entry.content, own),
        source=_source_content(entry.source),
        confirmed_on=_iso(entry.confirmed_on),
        source_address=entry.source.public_address,
        changed_on=_iso(entry.changed_at.astimezone(TOKYO).date()),
        valid_from=_iso(entry.valid_from),
        valid_until=_iso(entry.valid_until),
    )


def _newest_source(session: Session, town_id: str, published: Collection[str]) -> SourceContent:
    """The edition that the town answers from: not a plan of which there are only drafts yet."""
    unpublished = select(Entry.source_id).where(Entry.town_id == town_id, col(Entry.published_number).is_(None))
    drafted = set(session.exec(unpublished)).difference(published)
    editions = select(Source).where(Source.town_id == town_id).order_by(col(Source.period_to).desc())
    newest = next((edition for edition in session.exec(editions) if edition.id not in drafted), None)
    return _source_content(newest) if newest else _NO_SOURCE


def _source_content(source: Source) -> SourceContent:
    return SourceContent.model_validate(source.model_dump(include=set(SourceContent.model_fields)))


def _own_words(session: Session, town_id: str) -> list[lexicon.Group]:
    rows = session.exec(select(LexiconGroup).where(LexiconGroup.town_id == town_id)).all()
    return [lexicon.Group(tuple(row.words), row.note, place=OWN_WORDS) for row in rows]


def _lexicon(own: Iterable[lexicon.Group], before: Library | None) -> lexicon.Lexicon:
    """The lexicon with a town's own groups; the one in use until now where nothing changed, for it takes a while."""
    groups = (*lexicon.bundled().groups, *own)
    known = before.index.lexicon if before else lexicon.bundled()
    return known if known.groups == groups else lexicon.Lexicon.of(groups)


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


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
