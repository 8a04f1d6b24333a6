"""What must be told of the aspects asked: the facets of the best entry or nearby, or the admission of what is not."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.admitting import admitted
from bot.composing import SUBJECTS, missing, silent, telling_facet
from bot.reply import Unknown
from bot.times import COUNTED, is_of_the_plans_day, of_another_time
from bot.town import TownKnowledge
from bot.understanding import Aspect, Question
from bot.weighing import Weighed
from knowledge.library import Candidate

_AMOUNT = re.compile("いくら|幾ら|なんぼ|何(?:百|千|万|億)*円|どれ(?:だけ|くらい|ぐらい)")
_MONEY = re.compile("[0-9]円|無料|無償|ただ（")
_AIMED = re.compile("目標|目指|めざ")
LOOKED_AT = 20  # of the best, for an admission
NEARBY = 0.65  # share of the best score from which another entry may tell what the best one does not
CLOSELY = 0.8
HALFWAY = 0.45  # … and by which its facet must fit
LIKE = 0.6  # likeness by which another entry tells what none is made to tell: a price, a benefit
WHOLLY = 0.95  # of the question that a facet holds which is there for just this
AS_FULLY = 0.9  # of what the best facet holds of the question, that a stranger must hold to tell a count of it


def must_tell(
    question: Question, top: Candidate, weighed: Weighed, town: TownKnowledge, sure: float
) -> list[Candidate] | Unknown:
    """The facets that tell what must be told, of the best entry or nearby; or the admission that one is missing.

    Empty where the question asks for no aspect of which the bot never guesses.
    """
    entry = top.entry.content.id
    chosen: list[Candidate] = []
    family: tuple[list[Candidate], list[Candidate]] | None = None
    then = is_of_the_plans_day(question.text)
    aspects = question.required
    if question.asks("goal"):
        aspects = tuple(sorted(aspects, key=lambda a: a.name not in COUNTED))
    for aspect in aspects[:2]:
        if any(c.facet.name in aspect.facets for c in chosen):
            continue  # a share is a figure too
        own, kin = family or town.library.family_of(entry, weighed.asked)
        family = own, kin
        telling = (None if then else admitted(aspect, own)) or telling_facet(aspect, entry, own, kin, town)
        if telling is None or telling.facet.silent or _only_mentions(aspect, telling):
            telling = _told_nearby(aspect, top, weighed, town, subjects=telling is not None) or telling
        if telling is None:
            return missing(top.entry, aspect, town, sure, known=chosen[0] if chosen else None)
        amount = _no_amount(aspect, telling, question, own)
        if amount:
            return silent(amount, town, sure)
        aimed = _not_of_the_goal(aspect, telling, question, weighed, town, sure)
        if aimed:
            return aimed
        late = of_another_time(aspect, telling, question)
        if late:
            return _not_of_then(late, own, aspect, telling, town, sure)
        if telling not in chosen:
            chosen.append(telling)
    return chosen


def _not_of_then(
    late: str, own: Sequence[Candidate], aspect: Aspect, telling: Candidate, town: TownKnowledge, sure: float
) -> Unknown:
    """The admission that a figure of just that time is not in the plan, with the one that is."""
    admission = next((c for c in own if c.facet.silent and aspect.is_told_by(c.facet) and "今" in c.facet.text), None)
    if admission:
        return silent(admission, town, sure)
    return missing(telling.entry, replace(aspect, missing=f"{late}{aspect.missing}"), town, sure, known=telling)


def _not_of_the_goal(
    aspect: Aspect, telling: Candidate, question: Question, weighed: Weighed, town: TownKnowledge, sure: float
) -> Unknown | None:
    """The admission that no figure is aimed at, where the one that is told is no goal's: 「何%が目標？」"""
    told = f"{telling.facet.about}{telling.facet.text}"
    if aspect.name not in COUNTED or not question.asks("goal") or _AIMED.search(told):
        return None
    silences = (c for c in weighed.candidates[:LOOKED_AT] if c.facet.silent and _AIMED.search(c.facet.text))
    admission = next(silences, None)
    if admission:
        return silent(admission, town, sure)
    return missing(telling.entry, replace(aspect, missing=f"目標の{aspect.missing}"), town, sure, known=telling)


def _no_amount(aspect: Aspect, telling: Candidate, question: Question, own: Sequence[Candidate]) -> Candidate | None:
    """The entry's admission of an amount, where one is asked for and what is told names none: 「全部でいくら使うの」"""
    if aspect.name != "fee" or telling.facet.silent or not _AMOUNT.search(question.text):
        return None
    if _MONEY.search("\n".join((telling.facet.text, *telling.facet.items))):
        return None
    return next((c for c in own if c.facet.silent and aspect.is_told_by(c.facet)), None)


def _only_mentions(aspect: Aspect, telling: Candidate) -> bool:
    """Whether a facet of another name, of no subject with aspects of its own, happens to tell the aspect."""
    meant = telling.likeness >= LIKE and telling.coverage >= WHOLLY
    return telling.facet.name not in aspect.facets and telling.entry.content.kind not in SUBJECTS and not meant


def _told_nearby(
    aspect: Aspect, top: Candidate, weighed: Weighed, town: TownKnowledge, *, subjects: bool = False
) -> Candidate | None:
    """A facet that is there for just this aspect, of an entry (or of a subject only) that fits nearly as well."""
    near = [c for c in weighed.entries() if c.score >= NEARBY * top.score]
    near = [c for c in near if not subjects or c.entry.content.kind in SUBJECTS]
    kin = {top.entry.content.id, *town.library.kin(top.entry.content.id)}
    for candidate in near:
        related = candidate.entry.content.id in kin
        for facet in town.library.own_of(candidate.entry.content.id, weighed.asked):
            fits = facet.score >= HALFWAY * top.score
            fits = fits and (related or aspect.name not in COUNTED or facet.coverage >= AS_FULLY * top.coverage)
            if fits and facet.facet.name in aspect.facets and not facet.facet.silent:
                return facet
    if subjects:
        return None
    telling = (c for c in weighed.candidates if c.score >= CLOSELY * top.score and not c.facet.silent)
    return next((c for c in telling if aspect.is_told_by(c.facet) and (aspect.facets or c.likeness >= LIKE)), None)
