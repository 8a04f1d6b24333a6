"""Comparisons: two names in one question, two definitions (or what is asked of each) in one answer."""

import re
from collections.abc import Collection, Iterator

from bot import of_the_plan
from bot.composing import SUBJECTS, telling_facet
from bot.contrasting import contrasted
from bot.reply import Part
from bot.sentences import up_to_asking
from bot.town import TownKnowledge
from bot.understanding import Aspect, aspects, followup_patterns, understand
from bot.weighing import Weighed, weigh
from knowledge.entries import Facet, FacetName, Kind
from knowledge.library import Asked, Candidate, KnownEntry
from knowledge.names import NameHit, fold

PREFERRED = (Kind.TERM, Kind.PLAN, Kind.FAQ, Kind.LIST, Kind.FIGURE, Kind.PROCEDURE, Kind.MEASURE)
TWO = 2
OF_OWN_PLAN = {"until": "計画の期間はいつまで", "schedule": "計画の期間はいつから", "made": "計画はいつ作られたか"}
_BETWEEN = re.compile("と|(?<![ァ-ヶー])・|・(?![ァ-ヶー])|や|、|,| vs |と、|それとも|または")
ONE_FACET_SAYS_IT = 0.75  # likeness to a phrasing from which an entry about the difference itself is preferred

Side = tuple[KnownEntry, Facet]


def compared(weighed: Weighed, town: TownKnowledge, last: str = "") -> tuple[Part, ...]:
    """The two things that a question sets side by side; empty where it names fewer, or where one facet says it.

    Where it compares an aspect (どちらが早い, それぞれの担当) that both tell, that is said of each. A thing that
    is only told from what was said `last` (「ICTとは別なの」) stands beside that entry.
    """
    made_for_both = _made_for_both(weighed.asked, town)
    if made_for_both:
        return (town.part(made_for_both, made_for_both.content.default_facet),)
    sides, one_of_both = _sides(weighed.asked, town)
    if one_of_both:
        return ()
    sides = _with_own_plan(sides, weighed.asked.text, town)
    sides = _beside_last(sides, weighed.asked.text, last, town)
    if len(sides) < TWO:
        return contrasted(weighed, town)
    if _said_by_one(weighed, {entry.content.id for entry, _ in sides}):
        return ()
    told = _aspect_of_each(weighed, sides[:TWO], town)
    if not told and followup_patterns()["doing"].search(weighed.asked.text):
        sides = [_as_done(side, town) for side in sides[:TWO]]
        sides = sides[:1] if sides[0][1] is sides[1][1] else sides
    return told or tuple(town.part(entry, facet) for entry, facet in sides[:TWO])


def _made_for_both(asked: Asked, town: TownKnowledge) -> KnownEntry | None:
    """The entry that is there for a question of two of its names: 「標準化・共通化」と「標準化・共有化」."""
    names: dict[str, set[str]] = {}
    for hit in asked.names:
        names.setdefault(hit.owner, set()).add(fold(hit.name))
    owners = (town.library.entries[owner] for owner, called in names.items() if len(called) >= TWO)
    return next((entry for entry in owners if entry.content.kind is Kind.FAQ), None)


def _as_done(side: Side, town: TownKnowledge) -> Side:
    """What the town does about a thing: its own measure, or the nearest that speaks of it; a list stays a list."""
    if side[0].content.kind is Kind.LIST:
        return side
    kin = (town.library.entries[key] for key in (side[0].content.id, *town.library.kin(side[0].content.id)))
    measure = next((entry for entry in kin if entry.content.kind in (Kind.MEASURE, Kind.PROCEDURE)), None)
    does = (f for f in measure.content.facets if f.name is FacetName.ACTIONS and not f.silent) if measure else iter(())
    facet = next(does, None)
    return (measure, facet) if measure and facet else side


def _sides(asked: Asked, town: TownKnowledge) -> tuple[list[Side], bool]:
    """What stands on each side: an entry, or the part of one that is about just that (TYPE1 and TYPE2).

    And whether one entry is about both instead: 「部分最適と全体最適」.
    """
    sides: list[Side] = []
    names: list[str] = []
    for hits in _places(asked, town):
        entry, name = _defined(hits, town), fold(hits[0].name)
        called = {fold(hit.name) for hit in hits}
        own = [facet for facet in entry.content.facets if facet.about and fold(facet.about) in called]
        facet = own[0] if own else entry.content.default_facet
        same = next((n for n, (other, told) in enumerate(sides) if other is entry and told is facet), None)
        if same is None:
            sides.append((entry, facet))
            names.append(name)
        elif names[same] != name and len(sides) == 1:
            return [], True
    return sides, False


def _with_own_plan(sides: list[Side], text: str, town: TownKnowledge) -> list[Side]:
    """The sides with the town's own plan, where one other plan is named: 「国の計画と町の計画」"""
    plan = town.plan
    if len(sides) != 1 or plan is None or sides[0][0].content.kind is not Kind.PLAN or sides[0][0] is plan:
        return sides
    names_it = followup_patterns()["own_plan"].search(text.replace(town.library.town.name, "この"))
    return [*sides, (plan, plan.content.default_facet)] if names_it else sides


def _beside_last(sides: list[Side], text: str, last: str, town: TownKnowledge) -> list[Side]:
    """The entry last spoken of beside the one thing named, where that is told from it."""
    entry = town.library.entries.get(last)
    if len(sides) != 1 or entry is None or entry is sides[0][0] or not followup_patterns()["told_from"].search(text):
        return sides
    return [(entry, entry.content.default_facet), *sides]


def _aspect_of_each(weighed: Weighed, sides: list[Side], town: TownKnowledge) -> tuple[Part, ...]:
    """The facets that tell of each side the aspect compared; one where it tells both; empty where one has none."""
    aspect = _aspect_compared(weighed.asked.text, sides)
    if aspect is None:
        return ()
    told = []
    for entry, _ in sides:
        telling = _telling(aspect, entry, weighed, town)
        if telling is None or telling.facet.silent:
            return ()
        told.append(telling)
    one, other = told
    if one.facet is other.facet and one.facet.name not in aspect.facets:
        return ()  # a text that happens to speak of both
    parts = [town.part(c.entry, c.facet) for c in (one, other)]
    return tuple(parts[:1] if one.facet is other.facet else parts)


def _telling(aspect: Aspect, entry: KnownEntry, weighed: Weighed, town: TownKnowledge) -> Candidate | None:
    """The facet that tells an aspect of one side; of the town's own plan one of all its entries."""
    if entry is town.plan:
        asked = OF_OWN_PLAN.get(aspect.name) or entry.content.title
        return of_the_plan.telling(aspect, entry, weigh(understand(asked), town), town)
    own, kin = town.library.family_of(entry.content.id, weighed.asked)
    kin = kin if entry.content.kind in SUBJECTS else []
    return telling_facet(aspect, entry.content.id, own, kin, town)


def _aspect_compared(text: str, sides: list[Side]) -> Aspect | None:
    question = understand(text)
    named = {aspect.name: aspect for aspect in aspects()}
    if question.asks("as-of") and all(entry.content.kind is Kind.PLAN for entry, _ in sides):
        return named["made"]
    if question.required:
        return question.required[0]
    if followup_patterns()["amount"].search(text):
        return named["figure"]
    if question.asks("goal"):
        return named["goal"]
    of_time = any(followup_patterns()[wording].search(text) for wording in ("advances", "early_and_late"))
    return named["schedule"] if of_time else None


def _places(asked: Asked, town: TownKnowledge) -> Iterator[list[NameHit]]:
    """The names by their places, each side of 「と」 looked at alone, so that 「AIとRPA」 is two."""
    for side in _BETWEEN.split(up_to_asking(asked.text)):
        places: dict[tuple[int, int], list[NameHit]] = {}
        for hit in town.library.names.find(side, slips=False):
            places.setdefault((hit.start, hit.end), []).append(hit)
        yield from (hits for hits in places.values() if not _is_owner(hits[0], places, side))


def _is_owner(hit: NameHit, places: Collection[tuple[int, int]], side: str) -> bool:
    """Whether a name only says whose the next one is: 「DXの本部」 is the 本部."""
    return fold(side)[hit.end :].startswith("の") and any(start == hit.end + 1 for start, _ in places)


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
