"""Two sides of one thing: now and later, good and bad, the first years and the next, or two clauses about it."""

import re

from bot.carrying import asked_again_of
from bot.composing import telling_facet
from bot.confidence import confidence
from bot.reply import Part
from bot.town import TownKnowledge
from bot.understanding import aspects, followup_patterns, understand
from bot.weighing import Weighed, weigh
from knowledge.entries import FacetName
from knowledge.library import Candidate

SURE = 0.5  # confidence from which a clause finds what it is about
NEAREST = 3  # entries looked at for one whose family tells both sides
COVERED = 0.5  # of the question that a facet must hold to be what is compared
LONGEST = 80  # characters of a question that is no story
_NOW_AND_LATER = ((FacetName.SITUATION,), (FacetName.ACTIONS, FacetName.GOAL))
_GOOD_AND_BAD = ((FacetName.DEFINITION, FacetName.GOAL, FacetName.ACTIONS), (FacetName.SITUATION,))
_EARLY_AND_LATE = ((FacetName.SCHEDULE,),)
_CLAUSES = re.compile(
    r"(?P<before>(?:[^。?？]*[。?？])?)(?P<one>[^。、?？]{4,24}?)(?:のと|と(?![るりれっいうかこは]))、?(?P<other>[^。、?？]{4,24}?)"
    r"(?:のと|とで|とは|とでは|は|って|、|。|を|の違)"
)


def contrasted(weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """The two sides of the one thing that is asked about; empty where it names none, or the town tells only one."""
    text, patterns = weighed.asked.text, followup_patterns()
    for wording, sides in (
        ("now_and_later", _NOW_AND_LATER),
        ("good_and_bad", _GOOD_AND_BAD),
        ("early_and_late", _EARLY_AND_LATE),
    ):
        if patterns[wording].search(text):
            return _of_its_family(sides, weighed, town)
    if patterns["amount"].search(text):
        figures = (c for c in weighed.candidates if c.facet.name is FacetName.FIGURE and not c.facet.silent)
        return tuple(town.part(c.entry, c.facet) for c in figures if c.coverage >= COVERED)[:1]
    return _clauses(weighed, town)


def _of_its_family(sides: tuple[tuple[FacetName, ...], ...], weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """For each side the facet of that name that one of the best entries has, or its kin."""
    for top in weighed.entries()[:NEAREST]:
        own, kin = town.library.family_of(top.entry.content.id, weighed.asked)
        family = [c for c in (*own, *(k for k in kin if k.score > 0)) if not c.facet.silent]
        found = [next((c for name in names for c in family if c.facet.name is name), None) for names in sides]
        if all(found):
            told = {id(c.facet): town.part(c.entry, c.facet) for c in found if c}
            return tuple(told.values())
    return ()


def _clauses(weighed: Weighed, town: TownKnowledge) -> tuple[Part, ...]:
    """What two clauses find, each with the thing that both are about: 「職員向けのと会社向けの」 of テレワーク."""
    text = weighed.asked.text
    found, sooner = _CLAUSES.search(text), followup_patterns()["sooner"].search(text)
    if found is None or len(text) > LONGEST or (understand(text).required and not sooner):
        return ()
    about = " ".join(dict.fromkeys(hit.name for hit in weighed.asked.names))
    clauses = (found["one"], found["other"])
    one, other = (_begun(clause, town) if sooner else _surely(f"{about} {clause}", town) for clause in clauses)
    if one is None or other is None:
        return ()
    told = {id(c.facet): town.part(c.entry, c.facet) for c in (one, other)}
    return tuple(told.values()) if len(told) > 1 or sooner else ()


def _begun(thing: str, town: TownKnowledge) -> Candidate | None:
    """When a thing begins, by the schedule of the entry that it is or is a part of."""
    top = _surely(asked_again_of(thing, ["schedule"]), town)
    if top is None:
        return None
    schedule = next(aspect for aspect in aspects() if aspect.name == "schedule")
    own, kin = town.library.family_of(top.entry.content.id, town.library.ready(thing))
    told = telling_facet(schedule, top.entry.content.id, own, kin, town)
    return None if told is None or told.facet.silent else told


def _surely(text: str, town: TownKnowledge) -> Candidate | None:
    weighed = weigh(understand(text), town)
    told = next((c for c in weighed.candidates if not c.facet.silent), None)
    return told if told and told.coverage >= COVERED and confidence(weighed) >= SURE else None
