"""Messages that lean on what was said before: a choice taken, a short follow-up, the next item of a list."""

import re

from rapidfuzz import fuzz

from bot.admitting import CLEARLY_ADMITTED
from bot.composing import fit_together, followups_of, said, silent
from bot.context import Context, Spoken
from bot.listing import entry_asked_into, item_spoken_of, listed_by_place
from bot.reply import Answer, Part, Reply, Unknown
from bot.subjects import says_of_what
from bot.telling import of_item, required
from bot.town import TownKnowledge, facet_labels
from bot.understanding import Question, followup_patterns
from bot.weighing import SPECIAL, THE_PLAN, Weighed, thresholds
from knowledge.entries import FacetName
from knowledge.library import Asked, Candidate
from knowledge.text import analyse, normalise

SAME_WORDS = 88.0  # RapidFuzz ratio from which typed words are a choice's label
FEW_WORDS = 3
ASKED = 0.3  # of the mass: how much a facet asked for is preferred
SILENT = 0.15  # … and an admission that was not
UNLIKE = 0.15  # … the more where nothing in it was asked in its words
UNNAMED = 0.15  # … and a part of the entry that no word of the question names
REPEATED = 0.1  # … and what was said before is put back
ALREADY_SAID = 10.0  # … where more is wanted: for good
FARTHER = 0.03  # … for each step down the list of kin
OWN = 0.3  # of the mass: how much nearer the entry last spoken of is than its kin
AS_FULLY = 0.9  # of what the best facet of all covers of the question
ENUMERATED = 3  # commas of a text that gives examples itself
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
    return _is_short(question) or _is_bare(question, asked, town)


def _is_short(question: Question) -> bool:
    return len(set(analyse(question.text).words)) <= FEW_WORDS


def _is_bare(question: Question, asked: Asked, town: TownKnowledge) -> bool:
    """Whether it asks an aspect of something without saying of what: 「申し込みは？」「何年度から始まる予定なの」"""
    if not question.required:
        return False
    if len(set(analyse(question.text).words)) <= 1:
        return True
    aspect = question.required[0]
    return THE_PLAN.search(asked.read) is None and not says_of_what(aspect, asked, town)


def is_new_topic(question: Question, weighed: Weighed, sure: float, context: Context, town: TownKnowledge) -> bool:
    """Whether the question names a subject of its own, surely enough to leave the one before."""
    if _is_bare(question, weighed.asked, town) or (_is_short(question) and question.wants_name):
        return False
    by_place = question.wants_last or question.steps_on or question.ordinal is not None
    if not weighed.candidates or question.wants_more or question.leans or by_place:
        named = any(hit.sureness == 1.0 and hit.end - hit.start > 2 for hit in weighed.asked.names)  # noqa: PLR2004
        return named and sure >= thresholds().answer
    return sure >= thresholds().new_topic and not _fits_before(question, weighed, context, town)


def _fits_before(question: Question, weighed: Weighed, context: Context, town: TownKnowledge) -> bool:
    """Whether a short question that names nothing is told as fully by the entry last spoken of."""
    if weighed.asked.names or not _is_short(question):
        return False
    own = town.library.own_of(context.spoken[0].entry, weighed.asked)
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


def continued(question: Question, context: Context, town: TownKnowledge, weighed: Weighed) -> Reply | None:
    """The reply from the entry last spoken of and its kin; None if they have nothing to say to it."""
    by_place = question.wants_last or question.steps_on or question.ordinal is not None
    of_one = question.ordinal is None and (bool(question.required) or (not by_place and _asks_of_it(question)))
    last = item_spoken_of(context, town) if of_one else context.spoken[0].entry
    entry = town.library.entries.get(last)
    if entry is None:
        return None
    own, kin = town.library.family_of(last, weighed.asked)
    listed = listed_by_place(question, context, [*own, *kin], town)
    into = entry_asked_into(listed, question, town) if listed else None
    if listed:
        return of_item(into, question, town, weighed) if into else Answer((listed,), 1.0)
    told = required(question, last, town, weighed, own, kin)
    return told or _more(question, context, town, own, kin, last)


def _asks_of_it(question: Question) -> bool:
    """Whether something is asked that holds of one item of a list, once that was said: 「何するの？」"""
    return question.leans or question.asks("actions")


def _more(
    question: Question,
    context: Context,
    town: TownKnowledge,
    own: list[Candidate],
    kin: list[Candidate],
    last: str,
) -> Reply | None:
    """What the entry and its kin add: the facets asked for, then those that share words, then what was not said."""
    told = {(s.entry, s.facet, s.about) for s in context.spoken}
    if question.wants_name:
        own = sorted(own, key=lambda c: c.facet is not c.entry.content.default_facet)
        return _together(own[:1], town)

    wants_another = question.wants_whole and _names_a_part(question, context, town)
    kin_order = {key: number for number, key in enumerate(town.library.kin(last))}

    def fitness(candidate: Candidate) -> float:
        repeated = (candidate.entry.content.id, candidate.facet.name.value, candidate.facet.about) in told
        mine = candidate.entry.content.id == last
        shows = question.asks("example") and candidate.facet.text.count("、") >= ENUMERATED
        stale = (ALREADY_SAID if (question.wants_more and not shows) or wants_another else REPEATED) * repeated
        distance = 0 if mine else 1 + kin_order.get(candidate.entry.content.id, 0)
        listed = wants_another and candidate.facet.name is FacetName.ITEMS and candidate.score > 0
        asked = candidate.facet.name in question.facets or shows or listed
        admits = candidate.facet.silent * (SILENT + UNLIKE * (candidate.likeness < CLEARLY_ADMITTED))
        put_back = 0.0 if asked else admits or ASKED * (candidate.facet.name in SPECIAL)
        put_back += UNNAMED * (bool(candidate.facet.about) and candidate.score <= 0 and not question.wants_more)
        return candidate.score + OWN * mine + ASKED * asked - stale - FARTHER * distance - put_back

    ranked = sorted([*own, *kin], key=lambda c: -fitness(c))
    if question.wants_more:
        ranked = [c for c in ranked if fitness(c) > OWN - ALREADY_SAID / 2 and not c.facet.silent]
        ranked = [c for c in ranked if c in own or town.library.speaks_of(c, last)]
    else:
        mine = own if question.leans else []
        fitting = [c for c in ranked if c.score > 0 or c.facet.name in question.facets or c in mine]
        ranked = fitting or [c for c in ranked if question.leans and _is_short(question) and c in own]
    return _together(ranked, town)


def _names_a_part(question: Question, context: Context, town: TownKnowledge) -> bool:
    """Whether of a list just said in full an item is named: 「介護のを全部」 wants its own list, not the same again."""
    part = town.part_at(context.spoken[0])
    items = part.facet.items if part and not context.ordinal else ()
    words = set(analyse(question.text).words)
    return any(words & set(analyse(item).words) for item in items)


def _together(ranked: list[Candidate], town: TownKnowledge) -> Reply | None:
    """The best facet, with the next of the same entry where both stay short."""
    if not ranked:
        return None
    best = ranked[0]
    if best.facet.silent:
        return silent(best, town, 1.0)
    more = [c for c in ranked[1:] if c.entry is best.entry and fit_together(best, c)]
    parts = tuple(town.part(c.entry, c.facet) for c in [best, *more][:2])
    return Answer(parts, 1.0, followups_of(best.entry, parts))


def spoken(part: Part) -> Spoken:
    """What is remembered of a part that was said."""
    return Spoken(part.entry, part.facet.name.value, part.facet.about)
