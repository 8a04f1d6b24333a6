"""Answer, choose or admit: which facets say it, and whether it is sure enough; thresholds are data."""

import re
from collections.abc import Collection, Sequence

from bot import followups, of_the_plan
from bot.admitting import CLEARLY_ADMITTED, asked_for, best_of, fitting_better, hardly_fits, leads, much_liker, named
from bot.comparing import compared
from bot.composing import CLOSE, composed, missing, silent
from bot.confidence import is_faint, is_weak
from bot.context import Context
from bot.continuing import continued
from bot.listing import called_by_place
from bot.offtopic import strays
from bot.rambling import heart_of
from bot.reply import Answer, Choice, Choices, Reply, Unknown
from bot.requiring import must_tell
from bot.subjects import is_unknown_word
from bot.telling import of_item
from bot.thresholds import thresholds
from bot.times import is_after, years
from bot.town import TownKnowledge
from bot.understanding import Aspect, Question
from bot.weighing import SPECIAL, Weighed, is_all_named, name_shares, names_part, weigh
from knowledge.entries import FacetName, Kind
from knowledge.library import Candidate

_NEXT_PLAN = re.compile("次の?期?(?:計画|方針)|(?:令和8|2026)年度以降")
UNTIL_NOW = "今までとの違い"  # the name of such a part
_BEFORE = re.compile("今まで|いままで|これまで|従来|以前")
_DIFFERENCE = re.compile("(.{1,12}?)と(.{1,12}?)の違い")
MOST_CHOICES = 3
TAKEN_UP = 5  # of the nearest entries: among them must be the one spoken of, or its kin
PHRASED = 0.98  # confidence of a reply to a question that repeats a phrasing
ADMITTED_WHOLLY = 0.9  # likeness by which the best admission is what was asked for, however like the next facet is
MADE_FOR = ("schedule", "department")  # aspects with facets of their own
CALLED = 0.6  # share of a name from which the entry is called by it


def decide(question: Question, context: Context, town: TownKnowledge) -> Reply:
    """The reply to one question that is this town's matter."""
    question, weighed, sure = heart_of(question, town)
    if question.compares:
        told = _difference(weighed.called, weighed, question)
        spoken = context.spoken[0].entry if context.spoken else ""
        parts = (town.part(told.entry, told.facet),) if told else compared(weighed, town, spoken)
        if parts and all(part.facet.silent for part in parts):
            return Unknown("silent", subject=parts[0].title, known=parts[0], confidence=1.0)
        if parts:
            return Answer(parts, confidence=1.0)
    leans = followups.leans(question, context, weighed.asked, town)
    astray = strays(question.text, weighed, 0.0)
    if leans and not astray and not followups.is_new_topic(question, weighed, sure, context, town):
        spoken = context.spoken[0].entry if context.spoken else ""
        named = called_by_place(question, context, town, weighed)
        if named:
            return _of_the_thing(*named, town)
        planned = of_the_plan.decide(question, weighed, town, spoken) if spoken else None
        reply = planned or continued(question, context, town, weighed)
        if reply:
            return reply
    reply = _decided(question, weighed, town, sure)
    if astray or not _is_unsure(reply) or followups.is_strange(question, weighed):
        return reply
    return _taken_up(question, context, town, weighed) or reply


def _of_the_thing(question: Question, about: Context, town: TownKnowledge) -> Reply:
    """The reply to a question of a thing that was called by its place, and is called by its name now."""
    weighed = weigh(question, town)
    told = of_item(about.spoken[0].entry, question, town, weighed) if about.spoken else None
    reply = told or (continued(question, about, town, weighed) if about.spoken else None)
    return reply or decide(question, Context(), town)


def _is_unsure(reply: Reply) -> bool:
    return isinstance(reply, Choices) or (isinstance(reply, Unknown) and reply.reason == "nothing")


def _taken_up(question: Question, context: Context, town: TownKnowledge, weighed: Weighed) -> Answer | None:
    """What the entry last spoken of tells to a question for which nothing else is surely found, and it among others."""
    last = context.spoken[0].entry if context.spoken else ""
    family = {last, *town.library.kin(last)} if last else set()
    if family.isdisjoint(c.entry.content.id for c in weighed.entries()[:TAKEN_UP]):
        return None
    reply = continued(question, context, town, weighed)
    return reply if isinstance(reply, Answer) else None


def _decided(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Reply:
    limits = thresholds()
    entries = weighed.entries()
    facet = town.library.phrased(question.text)
    phrased = next((c for c in weighed.candidates if c.facet is facet), None) if facet else None
    if phrased:
        return _as_phrased(phrased, question, weighed, town, max(sure, PHRASED))
    planned = of_the_plan.decide(question, weighed, town)
    if planned:
        return planned
    if not entries or sure < limits.near or is_out_of_scope(question, weighed, town, sure):
        return Unknown("nothing", confidence=sure)
    if sure < limits.offer:
        return Unknown("nothing", near=_choices(entries, town), confidence=sure)
    unsure = sure < limits.answer and not _asks_detail_of_named(question, weighed, town)
    if unsure or (question.required and is_weak(weighed, sure, town)):
        return Choices(_choices(entries, town), sure)
    return answered(question, weighed, town, sure)


def _asks_detail_of_named(question: Question, weighed: Weighed, town: TownKnowledge) -> bool:
    """Whether a detail that no facet is made for (残業代) is asked of an entry that is called by its name."""
    named = weighed.called
    if not named or all(aspect.facets for aspect in question.required):
        return False
    top = weighed.candidates[0].entry.content.id
    return not named.isdisjoint({top, *town.library.kin(top)})


def _as_phrased(best: Candidate, question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Reply:
    return silent(best, town, sure) if best.facet.silent else composed(question, [best], best, weighed, town, sure)


def is_out_of_scope(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> bool:
    """Whether the question is of a matter no plan answers, or asks a word that the town never uses."""
    return is_unknown_word(weighed.asked, town) or strays(question.text, weighed, sure)


def answered(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Reply:
    """What the best entry and its kin say to the question, or the admission that they do not."""
    left_open = _after_the_plan(question, weighed, town, sure) or _left_open(question, weighed, town, sure)
    if left_open:
        return left_open
    top = _spoken_if_possible(weighed, question)
    chosen = must_tell(question, top, weighed, town, sure)
    if isinstance(chosen, Unknown):
        return chosen
    if not question.required and is_faint(weighed):
        return Choices(_choices(weighed.entries(), town), sure)
    if (chosen or [top])[0].facet.silent:
        return _told_or_left_open((chosen or [top])[0], question, weighed, town, sure)
    return composed(question, [c for c in chosen if not c.facet.silent], top, weighed, town, sure)


def _left_open(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Unknown | None:
    """The admission that is what was asked for, whatever else is told."""
    denied = named(weighed)
    if denied:
        return silent(denied, town, sure)
    top = _spoken_if_possible(weighed, question)
    if _is_admitted(top, question):
        return silent(top, town, sure)
    if question.required:
        better = asked_for(weighed)
    else:
        named_or_whole = question.wants_whole or question.asks("definition")
        better = None if named_or_whole else fitting_better(top, weighed)
    return silent(better, town, sure) if better else None


def _after_the_plan(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Unknown | None:
    """The admission that the plan ends before the years that are named, where what is told has none of them."""
    plan, best = town.plan, weighed.candidates[0].facet
    if plan is None or not is_after(question.text, plan.source.period_to):
        return None
    if years(question.text) & years("\n".join((best.text, *best.items, best.as_of)).lower()):
        return None
    entries = town.library.entries.values()
    silences = ((e, f) for e in entries for f in e.content.facets if f.silent and _NEXT_PLAN.search(f.text))
    entry, facet = next(silences, (plan, None))
    if facet is None:
        return missing(plan, Aspect("later", (), "そのあとの年度のこと", _NEXT_PLAN), town, sure)
    return silent(Candidate(entry, facet, 0.0, None), town, sure)


def _told_or_left_open(
    left_open: Candidate, question: Question, weighed: Weighed, town: TownKnowledge, sure: float
) -> Reply:
    """The admission; both are offered where something told fits the question better and is as like it.

    A detail that no facet is made for (a fee, a vendor) is admitted whatever else is told, and so is the date or the
    department that was asked for.
    """
    told = [c for c in weighed.entries() if not c.facet.silent][: MOST_CHOICES - 1]
    doubtful = bool(told) and told[0].score >= left_open.score and told[0].likeness >= left_open.likeness
    doubtful = doubtful or (bool(told) and hardly_fits(left_open))
    made = any(not aspect.facets or _is_only_admitted(aspect, left_open, told) for aspect in question.required)
    if not doubtful or made:
        return silent(left_open, town, sure)
    return Choices(_choices([*told, left_open], town), sure)


def _is_only_admitted(aspect: Aspect, left_open: Candidate, told: Sequence[Candidate]) -> bool:
    """Whether a date or a department was asked for that the admission is made for, and nothing near tells it."""
    made = aspect.name in MADE_FOR and left_open.facet.name in aspect.facets
    return made and not any(aspect.is_told_by(c.facet) for c in told)


def _is_admitted(top: Candidate, question: Question) -> bool:
    """Whether the best facet admits what was asked: in its words, and of the aspect that was required."""
    if not top.facet.silent or top.likeness < CLEARLY_ADMITTED or top.facet.name in question.facets:
        return False
    meant = not question.required or any(aspect.is_told_by(top.facet) for aspect in question.required)
    return meant or top.likeness >= ADMITTED_WHOLLY


def _spoken_if_possible(weighed: Weighed, question: Question) -> Candidate:
    """The best facet; an admission, a date or a department only where just that was asked for."""
    top = _as_asked(best_of(weighed), weighed, question)
    listed = question.wants_whole and top.facet.name is FacetName.ITEMS
    admits = None if top.facet.name in question.facets else much_liker(top, weighed)
    sought = _difference({top.entry.content.id}, weighed, question) or (top if listed else admits)
    if sought:
        return sought
    meaning = top.entry.content.default_facet
    bare = not question.aspects and not meaning.silent and is_all_named(top.entry, weighed.asked)
    if bare and not question.compares:
        return next((c for c in weighed.of({top.entry.content.id}) if c.facet is meaning), top)
    is_meaning = meaning.name is FacetName.DEFINITION and not meaning.about
    asked_what_it_is = question.asks("definition") and not question.required and is_meaning
    if asked_what_it_is and (not top.facet.about or is_all_named(top.entry, weighed.asked)):
        return next((c for c in weighed.of({top.entry.content.id}) if c.facet is meaning), top)
    part_open = top.facet.silent and bool(top.facet.about) and not names_part(question, top.facet)
    asked = top.facet.name in question.facets and not (part_open and top.likeness < ADMITTED_WHOLLY)
    if asked or not (top.facet.silent or top.facet.name in SPECIAL):
        return top
    for other in weighed.of({top.entry.content.id}):
        near = not (top.facet.silent and (top.likeness >= ADMITTED_WHOLLY or leads(top, other)))
        if not other.facet.silent and other.facet.name not in SPECIAL and near:
            return other
    return top


def _difference(entries: Collection[str], weighed: Weighed, question: Question) -> Candidate | None:
    """These entries' part on how the two differ that are compared: 「国の言うDXと市の言うDXはどう違う」"""
    own = weighed.of(entries) if question.compares else []
    return next((c for c in own if not c.facet.silent and _is_about_both(c.facet.about, question.text)), None)


def _is_about_both(about: str, text: str) -> bool:
    """Whether a part is about how two differ that a text names; one of them may be what was until now."""
    if about == UNTIL_NOW:
        return _BEFORE.search(text) is not None
    sides = _DIFFERENCE.fullmatch(about)
    return sides is not None and all(side in text for side in sides.groups())


def _as_asked(top: Candidate, weighed: Weighed, question: Question) -> Candidate:
    """Of a measure the facet asked for (目標, 課題), where it is called by name or that facet fits hardly less."""
    entry = top.entry.content
    measure = entry.kind in (Kind.MEASURE, Kind.PROCEDURE)
    if not measure or question.required or top.facet.name in question.facets:
        return top
    asked = next((c for c in weighed.of({entry.id}) if c.facet.name in question.facets), top)
    near = top.score - asked.score <= CLOSE or name_shares(weighed.asked).get(entry.id, 0.0) >= CALLED
    admits = entry.kind is Kind.PROCEDURE and asked.facet.name is FacetName.HOW_TO
    return asked if near and (admits or not asked.facet.silent) else top


def _choices(entries: Sequence[Candidate], town: TownKnowledge) -> tuple[Choice, ...]:
    return town.choices((c.entry, c.facet) for c in entries[:MOST_CHOICES])
