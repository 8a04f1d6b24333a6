"""How well each facet fits: the index's score, names in the question, the facet asked for, the talk so far."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.sentences import asking_part
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns, is_english, understand
from knowledge.entries import Facet, FacetName, Kind
from knowledge.library import Asked, Candidate, KnownEntry, Library
from knowledge.names import fold

AT_HAND = 4  # readings of one message; not more, so that no old town is kept
LOOKED_AT = 12  # of the best, how much of the question they hold
SPECIAL = (FacetName.SCHEDULE, FacetName.DEPARTMENT)
LONG_NAME = 8  # folded characters from which a name says all there is to say
ABOUT = 0.2  # of the mass
DEFINED = 0.25  # of the mass: a term that is called by name, where its meaning is asked
SHORTEST_ABOUT = 3
OTHER_NUMBER = 0.4
_APIECE = re.compile("それぞれ|何個ずつ|いくつずつ")
EACH = 3  # times as much counts a text that holds all of the question, where each of several things is asked for
_DECADE = re.compile("([1-9]0)(?:歳|才)?代")
_NUMBERED = re.compile("([a-zぁ-んァ-ヶ一-鿿]{2})([0-9]+)(?![0-9])")
_MORE = re.compile("[。?!]+.")  # another sentence
THE_PLAN = re.compile("計画|方針|けいかく|ほうしん|plan|policy")  # so common in a plan that its words weigh nothing
WHOLE = 4.0  # what a name counts that is all of the question
MEANT = 0.4  # of the mass: the word explained, where 「Xとは」 is all that is asked; twice where no other bears it
OF_WHICH = ("のうち", "の中で")
CALLED = ("て", "とは", "という", "とゆう", "の意味", "が担当", "の担当")  # after a name, folded: it is the subject


@dataclass(frozen=True)
class Weighed:
    """The facets in the order of their weighed scores (as shares of the question's mass), best first."""

    asked: Asked
    candidates: tuple[Candidate, ...]

    @property
    def called(self) -> frozenset[str]:
        """The entries that the question calls by a name of theirs, letter by letter."""
        return frozenset(hit.owner for hit in self.asked.names if hit.sureness == 1.0)

    def entries(self) -> list[Candidate]:
        """The best facet of each entry, best first."""
        best: dict[str, Candidate] = {}
        for candidate in self.candidates:
            best.setdefault(candidate.entry.content.id, candidate)
        return list(best.values())

    def of(self, entries: Collection[str]) -> list[Candidate]:
        """The facets of these entries, best first."""
        return [c for c in self.candidates if c.entry.content.id in entries]


def weigh(question: Question, town: TownKnowledge) -> Weighed:
    """The town's facets by how well they fit the question alone."""
    return _weighed(question, town.library)


@lru_cache(maxsize=AT_HAND)
def _weighed(question: Question, library: Library) -> Weighed:
    """One message is weighed once, however many ways of reading it are tried; the last few stay at hand."""
    asked = library.ready(question.text)
    ranked = library.rank(asked)
    names = name_shares(asked)
    folded = fold(asked.text)
    numbered = dict(_NUMBERED.findall(folded))
    scores = [c.score + _bonus(c, question, names) + _narrower(c, folded, numbered) for c in ranked]
    pairs = zip(ranked, _supported(ranked, scores), strict=True)
    weighed = sorted((Candidate(c.entry, c.facet, score, c.match) for c, score in pairs), key=lambda c: -c.score)
    apiece = _APIECE.search(question.text) is not None
    if question.required and not apiece:
        return Weighed(asked, tuple(weighed))
    share = thresholds().bonuses.coverage * (EACH if apiece else 1)
    return Weighed(asked, (*_fullest_first(weighed[:LOOKED_AT], share), *weighed[LOOKED_AT:]))


def _fullest_first(candidates: Sequence[Candidate], share: float) -> list[Candidate]:
    """The best ones in the order in which they hold more of the question as well; their scores stay as they are."""
    return sorted(candidates, key=lambda c: -c.score - share * c.coverage)


def _supported(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
    """The scores with a part of what the entry's next best facet has: a subject shows in more than one place."""
    of_entry: dict[str, list[float]] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        of_entry.setdefault(candidate.entry.content.id, []).append(score)
    share = thresholds().bonuses.support
    support = {entry: share * max(0.0, sorted(found)[-2]) for entry, found in of_entry.items() if len(found) > 1}
    return [s + support.get(c.entry.content.id, 0.0) for c, s in zip(candidates, scores, strict=True)]


def name_shares(asked: Asked) -> dict[str, float]:
    """How surely and fully each entry is called by name, 0 to 1; negative where only a part of it is asked for."""
    shares: dict[str, float] = {}
    read = asked.read or asked.text
    folded, english = fold(read), is_english(read)
    meaning = english and understand(asked.text).asks("definition")
    core = len(followup_patterns()["tail"].sub("", folded))
    for hit in asked.names:
        if folded.startswith(OF_WHICH, hit.end):
            shares.setdefault(hit.owner, -1.0)  # 「31手続のうち自動車のは」 asks for a part, and not for all
            continue
        called = folded.startswith(CALLED, hit.end) or meaning
        long = 1.0 if called else min(1.0, (hit.end - hit.start) / LONG_NAME)
        whole = hit.start == 0 and hit.end >= core
        share = (WHOLE if whole else long) * hit.sureness
        shares[hit.owner] = max(shares.get(hit.owner, share), share)
    return shares


def is_all_named(entry: KnownEntry, asked: Asked) -> bool:
    """Whether the question is nothing but a name of the entry: 「…とは」 asks for its own meaning, not for a part."""
    return name_shares(asked).get(entry.content.id, 0.0) > 1.0


def names_part(question: Question, facet: Facet) -> bool:
    """Whether the question names the part of an entry that the facet is about."""
    about = _folded(facet.about)
    return len(about) >= SHORTEST_ABOUT and about in fold(question.text)


def _bonus(candidate: Candidate, question: Question, names: dict[str, float]) -> float:
    bonuses = thresholds().bonuses
    entry, facet = candidate.entry.content, candidate.facet
    bonus = bonuses.name * names.get(entry.id, 0.0)
    if facet.name in question.facets:
        bonus += bonuses.facet
    elif facet.name in SPECIAL:
        bonus -= bonuses.special
    if facet.silent and facet.name not in question.facets:
        bonus -= bonuses.silent
    if entry.kind is Kind.TERM and question.wants_name:
        bonus += bonuses.term
    if entry.kind is Kind.TERM and facet.name is FacetName.DEFINITION and entry.id in names:
        alone = (
            names.keys() == {entry.id}
            and question.asks("definition")
            and not (question.required or question.wants_whole)
        )
        if alone or (_asks_meaning(question) and not question.wants_whole):
            whole = names[entry.id] >= WHOLE
            bonus += MEANT * (1 + (alone and whole)) if alone or whole else DEFINED
    if facet.name is FacetName.ITEMS and (question.wants_whole or question.ordinal is not None):
        bonus += bonuses.whole
    return bonus


def _asks_meaning(question: Question) -> bool:
    """Whether a message asks what something means, and nothing else."""
    return question.asks("definition") and not _MORE.search(asking_part(question.text))


@cache
def _folded(name: str) -> str:
    """`fold` of a name in the knowledge; bounded by it."""
    return fold(name)


def _narrower(candidate: Candidate, folded: str, numbered: dict[str, str]) -> float:
    """More for the part of an entry that the question names; less for TYPE1 where it says TYPE3."""
    entry, facet = candidate.entry.content, candidate.facet
    about = _folded(facet.about)
    named = len(about) >= SHORTEST_ABOUT and about in folded
    bonus = (
        ABOUT
        if named or any(about.startswith(age) and about.endswith(("歳", "歳以上")) for age in _DECADE.findall(folded))
        else 0.0
    )
    for stem, number in _NUMBERED.findall(about or _folded(entry.title)) if numbered else ():
        if numbered.get(stem, number) != number:
            bonus -= OTHER_NUMBER
    return bonus
