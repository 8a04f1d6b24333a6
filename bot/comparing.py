"""Comparisons: two names in one question, two definitions in one answer."""

import re
from collections.abc import Iterator

from bot.reply import Part
from bot.town import TownKnowledge
from bot.weighing import Weighed
from knowledge.entries import FacetName, Kind
from knowledge.library import Asked, KnownEntry
from knowledge.names import NameHit

PREFERRED = (Kind.TERM, Kind.PLAN, Kind.FAQ, Kind.LIST, Kind.FIGURE, Kind.PROCEDURE, Kind.MEASURE)
_BETWEEN = re.compile("と|・|や|、|,| vs |と、|それとも|または")
ONE_FACET_SAYS_IT = 0.75  # likeness to a phrasing from which an entry about the difference itself is preferred


def compared(weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """The two things that a question sets side by side; empty where it names fewer, or where one facet says it."""
    entries: list[KnownEntry] = []
    for hits in _places(weighed.asked, town):
        entry = _defined(hits, town)
        if all(entry.content.id != other.content.id for other in entries):
            entries.append(entry)
    if len(entries) < 2 or _said_by_one(weighed, {entry.content.id for entry in entries}):  # noqa: PLR2004
        return ()
    return tuple(town.part(entry, entry.content.default_facet) for entry in entries[:2])


def _places(asked: Asked, town: TownKnowledge) -> Iterator[list[NameHit]]:
    """The names by their places, each side of 「と」 looked at alone, so that 「AIとRPA」 is two."""
    for side in _BETWEEN.split(asked.text):
        places: dict[tuple[int, int], list[NameHit]] = {}
        for hit in town.library.names.find(side, slips=False):
            places.setdefault((hit.start, hit.end), []).append(hit)
        yield from places.values()


def _said_by_one(weighed: Weighed, named: set[str]) -> bool:
    """Whether an entry other than those named is about the difference itself."""
    top = weighed.candidates[0] if weighed.candidates else None
    return top is not None and top.entry.content.id not in named and top.likeness >= ONE_FACET_SAYS_IT


def _defined(hits: list[NameHit], town: TownKnowledge) -> KnownEntry:
    """Of the entries that bear one name, the one that says what it is."""
    entries = [town.library.entries[hit.owner] for hit in hits]
    return min(entries, key=_strangeness)


def _strangeness(entry: KnownEntry) -> tuple[bool, bool, int]:
    facet = entry.content.default_facet
    return facet.silent, facet.name is not FacetName.DEFINITION, PREFERRED.index(entry.content.kind)
