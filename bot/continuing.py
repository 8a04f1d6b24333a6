"""What the entry last spoken of and its kin say to a follow-up: the facet that says most of what is new."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.admitting import CLEARLY_ADMITTED
from bot.composing import fit_together, followups_of, silent
from bot.context import Context
from bot.followups import is_short
from bot.listing import item_spoken_of, listed_by_place
from bot.reply import Answer, Reply
from bot.telling import required
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns
from bot.weighing import SPECIAL, Weighed
from knowledge.entries import FacetName
from knowledge.library import Candidate
from knowledge.names import fold
from knowledge.text import analyse

ASKED = 0.3  # of the mass: how much a facet asked for is preferred
SILENT = 0.15  # … and an admission that was not
UNLIKE = 0.15  # … the more where nothing in it was asked in its words
UNNAMED = 0.15  # … and a part of the entry that no word of the question names
UNHEARD = 0.3  # … and what holds no new word, where another facet of the family holds them
REPEATED = 0.1  # … and what was said before is put back
ALREADY_SAID = 10.0  # … where more is wanted: for good
FARTHER = 0.03  # … for each step down the list of kin
OWN = 0.3  # of the mass: how much nearer the entry last spoken of is than its kin
REFERRED = 0.5  # … where the message points at it (それ)
HEARD = 0.5  # of the question that a facet must cover to say what is new
NAMED_BETTER = (
    0.1  # of the question that kin must cover more, where a name is wanted (若い職員の集まりのほうは何ていうの)
)
FAR = 0.4  # of the question and of the mass, by which kin stands out where a name is wanted
SHORTEST_WORDING = 3  # folded letters
SAME_WORDING = 88.0  # RapidFuzz ratio
_OPENING = re.compile("^(?:じゃあ?|では|なら|それなら|それで|で|そしたら|ほな|ほんなら|んじゃ|ちなみに|あと)、?(?=...)")
ENUMERATED = 3  # commas of a text that gives examples itself


def continued(question: Question, context: Context, town: TownKnowledge, weighed: Weighed) -> Reply | None:
    """The reply from the entry last spoken of and its kin; None if they have nothing to say to it."""
    by_place = question.wants_last or question.steps_on or question.ordinal is not None
    of_one = question.ordinal is None and (bool(question.required) or (not by_place and _asks_of_it(question)))
    last = item_spoken_of(context, town) if of_one else context.spoken[0].entry
    if last not in town.library.entries:
        return None
    own, kin = town.library.family_of(last, weighed.asked)
    listed = listed_by_place(question, context, [*own, *kin], town)
    if listed:
        return Answer((listed,), 1.0)
    worded = _listed_again(question, own) or _worded(question, last, own, town)
    if worded:
        return _together(worded, town)
    about = context.spoken[0].about if last == context.spoken[0].entry else ""
    told = required(question, last, town, weighed, own, kin, about)
    return told or _more(question, context, town, own, kin, last)


def _listed_again(question: Question, own: Sequence[Candidate]) -> list[Candidate]:
    """The entry's own list, where only its items are asked for: 「中身は何と何なの」."""
    if not followup_patterns()["members"].search(question.text):
        return []
    return [c for c in own if c.facet.name is FacetName.ITEMS and not c.facet.silent][:1]


def _asks_of_it(question: Question) -> bool:
    """Whether something is asked that holds of one item of a list, once that was said: 「何するの？」"""
    return question.leans or question.asks("actions")


@dataclass(frozen=True)
class _Follow:
    """A follow-up: what it asks, what was said before, and how the entry's family stands to it."""

    question: Question
    last: str
    told: frozenset[tuple[str, str, str]]
    kin: dict[str, int]  # how far down the list of kin
    wants_another: bool  # of a list just said in full an item's own list
    most: Candidate | None  # of what the family tells, the facet that holds most of what is new

    def fitness(self, candidate: Candidate) -> float:
        """How well a facet of the family says what is asked, as a share of the question's mass."""
        facet, entry = candidate.facet, candidate.entry.content.id
        mine = entry == self.last
        shows = self.question.asks("example") and facet.text.count("、") >= ENUMERATED
        whole = self.wants_another or (mine and self.question.wants_whole)
        listed = whole and facet.name is FacetName.ITEMS and candidate.score > 0
        asked = facet.name in self.question.facets or shows or listed
        distance = 0 if mine else 1 + self.kin.get(entry, 0)
        own = REFERRED if self.question.refers else OWN
        wanted = candidate.score + own * mine + ASKED * asked - FARTHER * distance
        return wanted - self._stale(candidate, shows=shows) - self._put_back(candidate, asked=asked)

    def _stale(self, candidate: Candidate, *, shows: bool) -> float:
        """How much it is put back because it was said before."""
        facet = candidate.facet
        for_good = (self.question.wants_more and not shows) or self.wants_another
        repeated = (candidate.entry.content.id, facet.name.value, facet.about) in self.told
        return (ALREADY_SAID if for_good else REPEATED) * repeated

    def _put_back(self, candidate: Candidate, *, asked: bool) -> float:
        """How much it is put back as an admission, a date, a part or a text that nobody asked for."""
        facet, most = candidate.facet, self.most
        admits = facet.silent * (SILENT + UNLIKE * (candidate.likeness < CLEARLY_ADMITTED))
        back = SILENT * (facet.silent and candidate.score <= 0) if asked else admits + ASKED * (facet.name in SPECIAL)
        if (
            most
            and asked
            and facet.silent
            and most.coverage >= candidate.coverage
            and most.likeness > candidate.likeness
        ):
            back += ASKED + SILENT
        heard = most is not None and most.coverage >= HEARD
        back += UNHEARD * (heard and not asked and candidate.coverage == 0)
        return back + UNNAMED * (bool(facet.about) and candidate.score <= 0 and not self.question.wants_more)


def _more(
    question: Question,
    context: Context,
    town: TownKnowledge,
    own: list[Candidate],
    kin: list[Candidate],
    last: str,
) -> Reply | None:
    """What the entry and its kin add: the facets asked for, then those that share words, then what was not said."""
    if question.wants_name:
        meant = [c for c in kin if _fuller(c, own) or _far_liker(c, own)]
        own = sorted(meant or own, key=lambda c: (c.coverage < HEARD, c.facet is not c.entry.content.default_facet))
        return _together(own[:1], town)
    family = [*own, *kin]
    follow = _Follow(
        question,
        last,
        frozenset((s.entry, s.facet, s.about) for s in context.spoken),
        {key: number for number, key in enumerate(town.library.kin(last))},
        question.wants_whole and _names_a_part(question, context, town),
        max((c for c in family if not c.facet.silent), key=lambda c: (c.coverage, c.likeness), default=None),
    )
    ranked = sorted(family, key=lambda c: -follow.fitness(c))
    if question.wants_more:
        ranked = [c for c in ranked if follow.fitness(c) > OWN - ALREADY_SAID / 2 and not c.facet.silent]
        return _together([c for c in ranked if c in own or town.library.speaks_of(c, last)], town)
    mine = own if question.leans else []
    fitting = [c for c in ranked if c.score > 0 or c.facet.name in question.facets or c in mine]
    return _together(fitting or [c for c in ranked if question.leans and is_short(question) and c in own], town)


def _worded(question: Question, entry: str, own: list[Candidate], town: TownKnowledge) -> list[Candidate]:
    """The facet that has nearly the question as a phrasing, or has one that holds it: 「どういうときに？」"""
    asked = fold(_OPENING.sub("", question.text))
    wordings = town.library.wordings(entry)
    if len(asked) < SHORTEST_WORDING:
        return []
    found = process.extractOne(asked, wordings.keys(), scorer=fuzz.ratio, score_cutoff=SAME_WORDING)
    facets = [wordings[found[0]]] if found else []
    if not facets and is_short(question) and not (question.wants_whole or question.wants_more):
        holding = sorted((wording for wording in wordings if asked in wording), key=len)
        alone = len({id(wordings[wording]) for wording in holding}) == 1
        facets = [wordings[holding[0]]] if holding and (alone or not analyse(asked).words) else []
    return [c for c in own if facets and c.facet is facets[0]]


def _fuller(one: Candidate, own: list[Candidate]) -> bool:
    """Whether a facet covers more of the question than all of the entry."""
    return one.coverage >= max((other.coverage for other in own), default=0.0) + NAMED_BETTER


def _far_liker(one: Candidate, own: list[Candidate]) -> bool:
    """Whether a facet is far liker to the question and fits it far better than all of the entry."""
    return all(one.likeness >= other.likeness + FAR and one.score >= other.score + FAR for other in own)


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
