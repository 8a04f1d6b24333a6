"""Answer, choose or admit: which facets say it, and whether it is sure enough; thresholds are data."""

from collections.abc import Sequence

from bot import followups
from bot.comparing import compared
from bot.composing import composed, missing, silent, telling_facet
from bot.context import Context
from bot.reply import Answer, Choice, Choices, Reply, Unknown
from bot.town import TownKnowledge
from bot.understanding import Question
from bot.weighing import Weighed, confidence, thresholds, weigh
from knowledge.library import Candidate

MOST_CHOICES = 3
CLEARLY_LIKER = 0.3  # likeness by which an admission must lead to be what was asked for


def decide(question: Question, context: Context, town: TownKnowledge) -> Reply:
    """The reply to a question that is this town's matter."""
    weighed = weigh(question, town)
    sure = confidence(weighed) if weighed.candidates else 0.0
    if question.compares:
        parts = compared(weighed, town)
        if parts:
            return Answer(parts, confidence=1.0)
    if followups.leans(question, context) and not followups.is_new_topic(question, weighed, sure):
        reply = followups.continued(question, context, town, weighed)
        if reply:
            return reply
    return _decided(question, weighed, town, sure)


def _decided(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Reply:
    limits = thresholds()
    entries = weighed.entries()
    if not entries or sure < limits.near:
        return Unknown("nothing", confidence=sure)
    if sure < limits.offer:
        return Unknown("nothing", near=_choices(entries, town), confidence=sure)
    if sure < limits.answer:
        return Choices(_choices(entries, town), sure)
    return answered(question, weighed, town, sure)


def answered(question: Question, weighed: Weighed, town: TownKnowledge, sure: float) -> Reply:
    """What the best entry and its kin say to the question, or the admission that they do not."""
    top = _spoken_if_possible(weighed, question)
    entry = top.entry.content.id
    chosen: list[Candidate] = []
    for aspect in question.required[:2]:
        own, kin = weighed.of({entry}), town.library.facets_of_kin(entry, weighed.asked)
        telling = telling_facet(aspect, entry, own, kin, town)
        if telling is None:
            return missing(top.entry, aspect, town, sure)
        if telling not in chosen:
            chosen.append(telling)
    if (chosen or [top])[0].facet.silent:
        return silent((chosen or [top])[0], town, sure)
    return composed(question, [c for c in chosen if not c.facet.silent], top, weighed, town, sure)


def _spoken_if_possible(weighed: Weighed, question: Question) -> Candidate:
    """The best facet; one that admits ignorance only where just that was asked for."""
    top = weighed.candidates[0]
    if not top.facet.silent or top.facet.name in question.facets:
        return top
    for other in weighed.of({top.entry.content.id}):
        near = top.features["phrasing"] - other.features["phrasing"] < CLEARLY_LIKER
        if not other.facet.silent and near:
            return other
    return top


def _choices(entries: Sequence[Candidate], town: TownKnowledge) -> tuple[Choice, ...]:
    spoken = [c for c in entries if not c.facet.silent]
    return town.choices((c.entry, c.facet) for c in spoken[:MOST_CHOICES])
