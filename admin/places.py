"""What staff choose from when they say which entry a question is about: entries with what they answer, by facet."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from bot import inbox
from bot.town import TownKnowledge
from knowledge import catalogue, publishing, revisions
from knowledge.catalogue import Filter
from knowledge.days import today
from knowledge.entries import EntryContent, Facet, FacetName

MOST = 8
SHOWN = 90  # characters of an answer's beginning
MOST_WORDS = 200  # characters that are searched for
BETWEEN = "#"


@dataclass(frozen=True)
class Place:
    """One facet of an entry, as the value of a button ("entry#facet#about") and with the beginning of its text."""

    value: str
    name: str
    about: str
    begins: str


@dataclass(frozen=True)
class Offer:
    """An entry to choose, whole (its id is the value) or one facet of it; `published`: residents are answered by it."""

    entry: str
    title: str
    begins: str
    published: bool
    places: tuple[Place, ...]


def offers(session: Session, town: TownKnowledge, question: str, words: str = "") -> list[Offer]:
    """The entries that a question may be about, the likeliest first; where staff searched, what their words find."""
    wanted = (words or question).strip()
    if not wanted:
        return []
    found = inbox.suggestions(wanted, town)
    if words:
        named = catalogue.page(session, town.library.town.id, Filter(text=words), today(), size=MOST).rows
        found = list(dict.fromkeys((*found, *(row.key.partition("/")[2] for row in named))))
    return _offers(session, town, found[:MOST])


def _offers(session: Session, town: TownKnowledge, ids: Iterable[str]) -> list[Offer]:
    """By the newest revision, which a phrasing is added to; what was withdrawn or discarded is left out."""
    made = []
    for entry_id in ids:
        newest = revisions.latest(session, revisions.entry_key(town.library.town.id, entry_id))
        if newest.state not in publishing.GONE:
            content = EntryContent.model_validate(newest.content)
            made.append(_offer(content, published=entry_id in town.library.entries))
    return made


def _offer(content: EntryContent, *, published: bool) -> Offer:
    places = tuple(
        Place(BETWEEN.join((content.id, one.name.value, one.about)), one.name.value, one.about, _begins(one))
        for one in content.facets
    )
    return Offer(content.id, content.title, _begins(content.default_facet), published, places)


def _begins(facet: Facet) -> str:
    return facet.text if len(facet.text) <= SHOWN else f"{facet.text[:SHOWN]}…"


def chosen(value: str) -> tuple[str, tuple[FacetName, str] | None] | None:
    """The entry's id and the facet (None for the whole) that a button's value names; None for what is none."""
    entry, _, rest = value.partition(BETWEEN)
    if not entry:
        return None
    if not rest:
        return entry, None
    name, _, about = rest.partition(BETWEEN)
    return (entry, (FacetName(name), about)) if name in tuple(FacetName) else None
