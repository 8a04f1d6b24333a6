"""A question about nothing but the plan itself: how long it runs, when it was made, who is charged, what it costs."""

import re

from bot.composing import followups_of, missing, silent
from bot.reply import Answer, Unknown
from bot.subjects import LIGHT, MADE, says_of_what
from bot.town import TownKnowledge
from bot.understanding import Aspect, Question
from bot.weighing import THE_PLAN, Weighed
from knowledge.entries import FacetName, Kind
from knowledge.library import Candidate, KnownEntry

OF_ANYTHING = ("fee", "benefit", "supplier")  # asked of nothing, they are asked of all the plan
ITS_OWN = ("goal", "definition", "actions", "situation")  # of which the plan has a facet
OF_THE_PLAN = ("until", "schedule", "made", *ITS_OWN)  # … and these only where the plan is named
_TELLING = {"made": re.compile("策定|作成|発行|改訂|改定|公表|表紙|版(?!画)|作られた")}
_EDITION = re.compile("何版")
_PERIOD = re.compile("期間")
_THAT_PLAN = re.compile("その(?:計画|方針)")
_DATED = re.compile("[0-9]年")


def decide(question: Question, weighed: Weighed, town: TownKnowledge, spoken: str = "") -> Answer | Unknown | None:
    """What the plan's own entries tell to it, or the admission that they do not; None for any other question.

    `spoken` is the entry last spoken of, where the question leans on it (「じゃあ何年まで？」); another than
    the plan is asked itself.
    """
    asked = question.required or question.aspects
    aspect = next((a for a in asked if a.name in (*OF_ANYTHING, *OF_THE_PLAN)), None)
    light = MADE if aspect and aspect.name in ITS_OWN else LIGHT
    named = THE_PLAN.search(weighed.asked.read) is not None or _is_the_plan(spoken, town)
    named = named and not _points_at_another(question, spoken, town)
    named = named or _EDITION.search(weighed.asked.read) is not None
    of_nothing = aspect is not None and aspect.name in OF_ANYTHING and not spoken
    if aspect is None or not (named or of_nothing) or says_of_what(aspect, weighed.asked, town, light):
        return None
    plan = town.plan
    if plan is None:
        return None
    told = telling(aspect, plan, weighed, town) if aspect.name in OF_THE_PLAN else None
    if told is None:
        return missing(plan, aspect, town, 1.0) if aspect.told_by else None
    if told.facet.silent:
        return silent(told, town, 1.0)
    part = town.part(told.entry, told.facet)
    return Answer((part,), 1.0, followups_of(told.entry, (part,)))


def _points_at_another(question: Question, spoken: str, town: TownKnowledge) -> bool:
    """Whether 「その計画」 is one that was just spoken of, and not the town's own."""
    known = town.library.entries.get(spoken)
    if known is None or _is_the_plan(spoken, town) or known.content.kind is Kind.PLAN:
        return False
    said = "\n".join(facet.text for facet in known.content.facets)
    return _THAT_PLAN.search(question.text) is not None and THE_PLAN.search(said) is not None


def _is_the_plan(entry: str, town: TownKnowledge) -> bool:
    return town.plan is not None and town.plan.content.id == entry


def telling(aspect: Aspect, plan: KnownEntry, weighed: Weighed, town: TownKnowledge) -> Candidate | None:
    """The facet of the plan's entries that tells an aspect: one that is called by it first, an admission last."""
    if aspect.name in ITS_OWN:
        own = town.library.own_of(plan.content.id, weighed.asked)
        return next((c for c in own if c.facet.name in aspect.facets), None)
    meant = _TELLING.get(aspect.name, _PERIOD)
    own = [c for c in weighed.candidates if c.entry is plan or _is_of_the_plan(c.entry, meant)]
    telling = [c for c in own if meant.search(c.facet.text) and _DATED.search(c.facet.text)]
    telling = [c for c in telling if aspect.is_told_by(c.facet)]
    called = [c for c in telling if meant.search(f"{c.entry.content.title}{c.facet.about}")]
    called.sort(key=lambda c: (c.facet.name is FacetName.FIGURE, -_said(meant, c)))  # a figure counts its years
    admitted = [c for c in own if c.facet.silent and meant.search(f"{c.entry.content.title}{c.facet.about}")]
    told = [c for c in (*called, *telling) if not c.facet.silent]
    return next(iter((*told, *admitted)), None)


def _said(meant: re.Pattern[str], candidate: Candidate) -> int:
    entry, facet = candidate.entry.content, candidate.facet
    return len(set(meant.findall(f"{entry.title}{facet.about}{facet.text}")))


def _is_of_the_plan(entry: KnownEntry, meant: re.Pattern[str]) -> bool:
    """Whether it is a fact of the town's own plan (計画の期間, 版と改訂), and no other plan."""
    title = entry.content.title
    return entry.content.kind is Kind.PLAN and (THE_PLAN.match(title) or meant.match(title)) is not None
