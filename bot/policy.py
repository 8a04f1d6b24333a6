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
    top = weighed.candidates[0]
    chosen: list[Candidate] = []
    for aspect in question.required[:2]:
        own, kin = weighed.of({top.entry.content.id}), weighed.of(town.library.kin(top.entry.content.id))
        telling = telling_facet(aspect, top.entry.content.id, own, kin, town)
        if telling is None:
            return missing(top.entry, aspect, town, sure)
        if telling not in chosen:
            chosen.append(telling)
    if (chosen or [top])[0].facet.silent:
        return silent((chosen or [top])[0], town, sure)
    return composed(question, [c for c in chosen if not c.facet.silent], top, weighed, town, sure)


def _choices(entries: Sequence[Candidate], town: TownKnowledge) -> tuple[Choice, ...]:
    spoken = [c for c in entries if not c.facet.silent]
    return town.choices((c.entry, c.facet) for c in spoken[:MOST_CHOICES])
