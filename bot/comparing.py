"""Comparisons: two names in one question, two definitions (or what is asked of each) in one answer."""

import re
from collections.abc import Iterator

from bot.composing import telling_facet
from bot.reply import Part
from bot.town import TownKnowledge
from bot.understanding import Aspect, aspects, followup_patterns, understand
from bot.weighing import Weighed
from knowledge.entries import Facet, FacetName, Kind
from knowledge.library import Asked, KnownEntry
from knowledge.names import NameHit, fold

PREFERRED = (Kind.TERM, Kind.PLAN, Kind.FAQ, Kind.LIST, Kind.FIGURE, Kind.PROCEDURE, Kind.MEASURE)
TWO = 2
_BETWEEN = re.compile("と|・|や|、|,| vs |と、|それとも|または")
ONE_FACET_SAYS_IT = 0.75  # likeness to a phrasing from which an entry about the difference itself is preferred

Side = tuple[KnownEntry, Facet]


def compared(weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """The two things that a question sets side by side; empty where it names fewer, or where one facet says it.

    Where it compares an aspect (どちらが早い, それぞれの担当) that both tell, that is said of each.
    """
    sides = _sides(weighed.asked, town)
    if len(sides) < TWO and followup_patterns()["now_and_later"].search(weighed.asked.text):
        return _now_and_later(weighed, town)
    if len(sides) < TWO or _said_by_one(weighed, {entry.content.id for entry, _ in sides}):
        return ()
    told = _aspect_of_each(weighed.asked, sides[:TWO], town)
    if not told and followup_patterns()["doing"].search(weighed.asked.text):
        sides = [_as_done(side, town) for side in sides[:TWO]]
        sides = sides[:1] if sides[0][1] is sides[1][1] else sides
    return told or tuple(town.part(entry, facet) for entry, facet in sides[:TWO])


def _now_and_later(weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """How it is now and what is planned of the one thing that is asked about; empty where the town tells only one."""
    entry = weighed.candidates[0].entry if weighed.candidates else None
    told = {facet.name: facet for facet in reversed(entry.content.facets) if not facet.silent} if entry else {}
    if entry is None or not told.keys() >= {FacetName.SITUATION, FacetName.ACTIONS}:
        return ()
    return tuple(town.part(entry, told[name]) for name in (FacetName.SITUATION, FacetName.ACTIONS))


def _as_done(side: Side, town: TownKnowledge) -> Side:
    """What the town does about a thing: its own measure, or the nearest that speaks of it; a list stays a list."""
    if side[0].content.kind is Kind.LIST:
        return side
    kin = (town.library.entries[key] for key in (side[0].content.id, *town.library.kin(side[0].content.id)))
    measure = next((entry for entry in kin if entry.content.kind in (Kind.MEASURE, Kind.PROCEDURE)), None)
    does = (f for f in measure.content.facets if f.name is FacetName.ACTIONS and not f.silent) if measure else iter(())
    facet = next(does, None)
    return (measure, facet) if measure and facet else side


def _sides(asked: Asked, town: TownKnowledge) -> list[Side]:
    """What stands on each side: an entry, or the part of one that is about just that (TYPE1 and TYPE2)."""
    sides: list[Side] = []
    for hits in _places(asked, town):
        entry = _defined(hits, town)
        called = {fold(hit.name) for hit in hits}
        own = [facet for facet in entry.content.facets if facet.about and fold(facet.about) in called]
        side = (entry, own[0] if own else entry.content.default_facet)
        if all(side[0].content.id != other.content.id or side[1] is not facet for other, facet in sides):
            sides.append(side)
    return sides


def _aspect_of_each(asked: Asked, sides: list[Side], town: TownKnowledge) -> tuple[Part, ...]:
    """The facets that tell of each side the aspect compared; one where it tells both; empty where one has none."""
    aspect = _aspect_compared(asked.text)
    if aspect is None:
        return ()
    told = []
    for entry, _ in sides:
        own, kin = town.library.family_of(entry.content.id, asked)
        telling = telling_facet(aspect, entry.content.id, own, kin, town)
        if telling is None or telling.facet.silent:
            return ()
        told.append(telling)
    one, other = told
    parts = [town.part(c.entry, c.facet) for c in (one, other)]
    return tuple(parts[:1] if one.facet is other.facet else parts)


def _aspect_compared(text: str) -> Aspect | None:
    question = understand(text)
    if question.required:
        return question.required[0]
    if question.asks("goal"):
        return next(aspect for aspect in question.aspects if aspect.name == "goal")
    advances = followup_patterns()["advances"].search(text) is not None
    return next((a for a in aspects() if a.name == "schedule"), None) if advances else None


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
