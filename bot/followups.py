"""Messages that lean on what was said before: a choice taken, a short follow-up, or a topic of its own after all."""

import re

from rapidfuzz import fuzz

from bot.composing import said
from bot.context import Context, Spoken
from bot.reply import Part, Reply, Unknown
from bot.subjects import says_of_what
from bot.thresholds import thresholds
from bot.town import TownKnowledge, facet_labels
from bot.understanding import Question, followup_patterns
from bot.weighing import THE_PLAN, Weighed
from knowledge.entries import FacetName
from knowledge.library import Asked
from knowledge.text import analyse, normalise

SAME_WORDS = 88.0  # RapidFuzz ratio from which typed words are a choice's label
FEW_WORDS = 3
STRANGE = 0.5  # share of the question's mass in unknown words
AS_FULLY = 0.9  # of what the best facet of all covers of the question
SURELY = 0.75  # confidence from which an entry that is no kin tells even what leans on the one before
FAR_BETTER = 0.3  # of the mass, than all that its family tells
HALF_SURELY = 0.45  # … or half as surely, where the family does not even know most of the words
MOSTLY = 0.7  # of the question
FARTHER_BETTER = 0.55
LIKER = 0.2  # … and in likeness
HARDLY = 0.2  # … and what the family covers that has nothing to say to it
_NUMBER = re.compile("^([0-3])(番|番目|つ目|です|で|のこと|を|お願い|おねがい|ます|の|!|。)*$")


def picked(text: str, context: Context) -> int | None:
    """The number of the open choice that the message takes, 0 for どれでもない; None if it takes none."""
    if not context.offered:
        return None
    said = normalise(text)
    if followup_patterns()["none"].search(said):
        return 0
    number = _NUMBER.fullmatch(said)
    if number:
        return int(number[1])
    for place, label in enumerate(context.labels, start=1):
        if fuzz.ratio(said, normalise(label)) >= SAME_WORDS:
            return place
    return None


def leans(question: Question, context: Context, asked: Asked, town: TownKnowledge) -> bool:
    """Whether the question may need the entry before it to be understood."""
    if not context.spoken:
        return False
    if question.leans or question.wants_more or question.steps_on or question.wants_last:
        return True
    if question.ordinal is not None:
        return True
    return is_short(question) or _is_bare(question, asked, town) or _is_told_before(question, context, asked, town)


def _is_told_before(question: Question, context: Context, asked: Asked, town: TownKnowledge) -> bool:
    """Whether what is named stands in what the entry before tells of the aspect: 「受け持ちは会計課だけ？」"""
    own = town.library.own_of(context.spoken[0].entry, asked) if question.required and asked.names else []
    told = [c.facet.text for aspect in question.required for c in own if c.facet.name in aspect.facets]
    return any(all(hit.name in text for hit in asked.names) for text in told)


def is_short(question: Question) -> bool:
    """Whether a message has so few words that it may need the talk before it."""
    return len(set(analyse(question.text).words)) <= FEW_WORDS


def _is_bare(question: Question, asked: Asked, town: TownKnowledge) -> bool:
    """Whether it asks an aspect of something without saying of what: 「申し込みは？」「何年度から始まる予定なの」"""
    if not question.required:
        return False
    if len(set(analyse(question.text).words)) <= 1:
        return True
    aspect = question.required[0]
    return THE_PLAN.search(asked.read) is None and not says_of_what(aspect, asked, town)


def is_strange(question: Question, weighed: Weighed) -> bool:
    """Whether most of a question that points at nothing said before is in words that the town never uses."""
    return not question.leans and weighed.asked.unknown > STRANGE


def is_new_topic(question: Question, weighed: Weighed, sure: float, context: Context, town: TownKnowledge) -> bool:
    """Whether the question names a subject of its own, surely enough to leave the one before."""
    if _is_bare(question, weighed.asked, town) or (is_short(question) and question.wants_name):
        return False
    if _is_told_before(question, context, weighed.asked, town) or _asks_which(question, context, town):
        return False
    by_place = question.wants_last or question.steps_on or question.ordinal is not None
    if not weighed.candidates or question.wants_more or question.leans or by_place:
        if not (by_place or question.refers) and _is_told_elsewhere(question, weighed, sure, context, town):
            return True
        named = any(hit.sureness == 1.0 and hit.end - hit.start > 2 for hit in weighed.asked.names)  # noqa: PLR2004
        return sure >= thresholds().answer if named else _is_strange(weighed, sure, context, town)
    return sure >= thresholds().new_topic and not _fits_before(question, weighed, context, town)


def _is_told_elsewhere(
    question: Question, weighed: Weighed, sure: float, context: Context, town: TownKnowledge
) -> bool:
    """Whether an entry that has nothing to do with the one before tells it surely, and far better than its family."""
    top = weighed.candidates[0] if weighed.candidates else None
    if top is None or top.facet.silent or sure < HALF_SURELY:
        return False
    own, kin = town.library.family_of(context.spoken[0].entry, weighed.asked)
    if any(c.entry is top.entry for c in (*own, *kin)):
        return False
    told = [c for c in (*own, *kin) if not c.facet.silent]
    if any(c.likeness > top.likeness - LIKER for c in told):
        return False
    best = max((c.score for c in told), default=0.0)
    most = max((c.coverage for c in told), default=0.0)
    if sure >= SURELY and not is_short(question) and best <= top.score - FAR_BETTER:
        return True
    return not question.required and most <= MOSTLY and best <= top.score - FARTHER_BETTER


def _asks_which(question: Question, context: Context, town: TownKnowledge) -> bool:
    """Whether it asks which one is meant by a word of what was said last: 「クラウドって何のクラウド？」"""
    found = followup_patterns()["of_which"].search(question.text)
    own = (town.part_at(one) for one in context.spoken if one.entry == context.spoken[0].entry)
    return found is not None and any(part and found["thing"] in normalise(part.facet.text) for part in own)


def _is_strange(weighed: Weighed, sure: float, context: Context, town: TownKnowledge) -> bool:
    """Whether the town tells all that is asked, and what was spoken of has no word of it: 「セキュリティのほうは？」"""
    top = weighed.candidates[0] if weighed.candidates else None
    if top is None or top.facet.silent or top.coverage < AS_FULLY or sure < thresholds().new_topic:
        return False
    family = town.library.family_of(context.spoken[0].entry, weighed.asked)
    return all(c.coverage < HARDLY for facets in family for c in facets)


def _fits_before(question: Question, weighed: Weighed, context: Context, town: TownKnowledge) -> bool:
    """Whether a short question that names nothing is told as fully by the entry last spoken of."""
    if weighed.asked.names or not is_short(question):
        return False
    own = [c for entry in {one.entry for one in context.spoken} for c in town.library.own_of(entry, weighed.asked)]
    return any(c.coverage >= AS_FULLY * weighed.candidates[0].coverage > 0 for c in own if not c.facet.silent)


def facet_reply(name: FacetName, last: Spoken, town: TownKnowledge) -> Reply:
    """The facet of that name of the entry last spoken of, or the admission that there is none."""
    entry = town.library.entries.get(last.entry)
    if entry is None:
        return Unknown("nothing")
    facets = [facet for facet in entry.content.facets if facet.name is name]
    if not facets:
        return Unknown("missing", entry.content.title, facet_labels()[name])
    part = town.part(entry, next((f for f in facets if f.about == last.about), facets[0]))
    return said(part, town)


def spoken(part: Part) -> Spoken:
    """What is remembered of a part that was said."""
    return Spoken(part.entry, part.facet.name.value, part.facet.about)
