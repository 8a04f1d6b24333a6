"""An answer's parts: the facets asked for; where none was, the best one and what rounds it off."""

import re
from collections.abc import Sequence

from bot.listing import narrowed
from bot.reply import Answer, Part, Reply, Unknown
from bot.town import TownKnowledge
from bot.understanding import Aspect, Question
from bot.weighing import SPECIAL, Weighed, names_part
from knowledge.entries import FacetName, Kind
from knowledge.library import Candidate, KnownEntry

_ASIDE = re.compile("（[^（）]*）$")
LONGEST_TOGETHER = 340  # characters of two facets said together: what is read on a small phone at one swipe
SAME = 0.6  # of the letter pairs of the shorter facet
ALSO_SAID = 0.5  # … where it is not known that the other facet says more of the subject
NAMED = 0.1  # of the mass: how much a facet made for an aspect is preferred to one that also tells it
MEANT = 0.6  # likeness by which a facet of another name is what was asked for (誰がCIOか)
CLOSE = 0.08  # of the mass: an entry that fits hardly less than the best one
NEAR = 0.25  # … or this near, where nobody has phrased the question much as it was asked
PHRASED = 0.7  # likeness from which the best facet is surely what was asked for
DOUBT = 0.2  # of the mass: with the next facet this near, one of five best facets is not what was asked for …
WELL_PHRASED = 0.8  # … unless somebody has phrased the question about so
NEXT = 2  # best facets beside the one that is told: one of them may be what was asked for
SUBJECTS = (Kind.TERM, Kind.MEASURE, Kind.PROCEDURE)  # with aspects of their own; the others are one fact
ROUNDING = (FacetName.ACTIONS, FacetName.DEFINITION, FacetName.SITUATION, FacetName.GOAL)


def composed(
    question: Question,
    chosen: Sequence[Candidate],
    top: Candidate,
    weighed: Weighed,
    town: TownKnowledge,
    sure: float,
) -> Answer:
    """The answer from the facets that tell what was required, or from the best facet and its complement."""
    facets = list(chosen) or [top]
    part_asked = names_part(question, top.facet) and not question.compares
    if not chosen and not part_asked:
        other = (
            _asked_too(top, weighed, question) or _rounding(top, weighed, question) or _nearest(top, weighed, question)
        )
        facets += [other] if other else []
    parts = tuple(narrowed(town.part(c.entry, c.facet), question) for c in facets[:2])
    return Answer(parts, sure, followups=followups_of(facets[0].entry, parts))


def telling_facet(
    aspect: Aspect, entry: str, own: Sequence[Candidate], kin: Sequence[Candidate], town: TownKnowledge
) -> Candidate | None:
    """The facet that tells an aspect of an entry: its own by name, its kin's that speaks of it, its own by its text."""
    named = [c for c in own if c.facet.name in aspect.facets]
    related = [c for c in kin if c.facet.name in aspect.facets and _is_about(c, entry, town)]
    told = sorted(
        (c for c in own if aspect.is_told_by(c.facet)), key=lambda c: -c.score - NAMED * (c.facet.name in aspect.facets)
    )
    meant = [c for c in told if c.likeness >= MEANT]
    ranked = [*named, *meant, *related, *told] if _is_subject(town, entry) else [*told, *related]
    return next((c for c in ranked if not c.facet.silent), None) or next(iter(ranked), None)


def _is_about(candidate: Candidate, entry: str, town: TownKnowledge) -> bool:
    """Whether a kin's facet holds for the entry: a department for all of a measure, a date only where it says so."""
    if candidate.facet.name is FacetName.DEPARTMENT:
        return candidate.entry.content.kind in (Kind.MEASURE, Kind.PROCEDURE)
    return town.library.speaks_of(candidate, entry)


def _is_subject(town: TownKnowledge, entry: str) -> bool:
    """Whether the entry is a subject with aspects of its own, and not one fact."""
    return town.library.entries[entry].content.kind in SUBJECTS


def silent(candidate: Candidate, town: TownKnowledge, sure: float) -> Unknown:
    """The admission that the plan leaves this open, in the entry's own words."""
    part = town.part(candidate.entry, candidate.facet)
    return Unknown("silent", subject=part.title, known=part, confidence=sure)


def missing(
    entry: KnownEntry, aspect: Aspect, town: TownKnowledge, sure: float, known: Candidate | None = None
) -> Unknown:
    """The admission that an aspect of a known entry is not in the plan, with what is known of the entry."""
    if known is not None and not known.facet.silent:
        part = town.part(known.entry, known.facet)
        return Unknown("missing", _name_of(entry), aspect.missing, part, confidence=sure)
    default = entry.content.default_facet
    what_is = None if default.silent else town.part(entry, default)
    return Unknown("missing", _name_of(entry), aspect.missing, what_is, confidence=sure)


def _name_of(entry: KnownEntry) -> str:
    """The entry's title as it is spoken of: 「マイナンバーカード（言葉の意味）」 without what tells it from another."""
    return _ASIDE.sub("", entry.content.title) or entry.content.title


def said(part: Part, town: TownKnowledge) -> Reply:
    """A part that was chosen outright."""
    if part.facet.silent:
        return Unknown("silent", subject=part.title, known=part, confidence=1.0)
    return Answer((part,), confidence=1.0, followups=followups_of(town.library.entries[part.entry], (part,)))


def followups_of(entry: KnownEntry, parts: Sequence[Part]) -> tuple[str, ...]:
    """The names of the entry's facets that were not said yet and have something to say."""
    told = {part.facet.name for part in parts}
    return tuple(dict.fromkeys(f.name.value for f in entry.content.facets if f.name not in told and not f.silent))


def fit_together(one: Candidate, other: Candidate, same: float = SAME) -> bool:
    """Whether two facets can be said in one reply: short enough, and not by `same` of the shorter one the same."""
    short = _length(one) + _length(other) <= LONGEST_TOGETHER
    return short and not other.facet.silent and _repeated(one, other) < same


def _repeated(one: Candidate, other: Candidate) -> float:
    """How much two facets say the same: the share of the shorter one's letter pairs that stand in the longer one."""
    first, second = (_pairs_of(c) for c in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _stands_in(line: Candidate, listed: Candidate) -> bool:
    """Whether a part of an entry is a line of its list: for the most part what one of the items says."""
    said = _pairs(line.facet.text)
    items = (_pairs(item) for item in listed.facet.items)
    return bool(line.facet.about) and any(len(item & said) >= SAME * len(item) > 0 for item in items)


def _pairs_of(candidate: Candidate) -> set[str]:
    return _pairs("".join((candidate.facet.text, *candidate.facet.items)))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _length(candidate: Candidate) -> int:
    return len(candidate.facet.text) + sum(len(item) + 2 for item in candidate.facet.items)


def _asked_too(top: Candidate, weighed: Weighed, question: Question) -> Candidate | None:
    """The best entry's facet of the name that was asked for, where another one of it is told first."""
    if top.facet.name in question.facets:
        return None
    asked = (c for c in weighed.of({top.entry.content.id}) if c.facet.name in question.facets)
    return next((c for c in asked if fit_together(top, c)), None)


def _nearest(top: Candidate, weighed: Weighed, question: Question) -> Candidate | None:
    """The facet that may as well be what was asked for: the next best, of whatever entry, where it is hardly worse.

    Of the facet asked for only another of that name; of an entry that is called by its name only what is no part.
    """
    alone = bool(top.facet.items) and "それぞれ" not in question.text
    if top.likeness >= WELL_PHRASED or question.compares or alone:
        return None
    others = [c for c in weighed.candidates[: NEXT + 1] if c.facet is not top.facet][:NEXT]
    near = [c for c in others if abs(top.score - c.score) <= DOUBT]
    asked = top.facet.name in question.facets
    if asked:
        near = [c for c in near if c.facet.name in question.facets and (not weighed.called or _is_whole_of(top, c))]
    meant = (c for c in near if c.facet.name not in SPECIAL or asked or c.likeness >= PHRASED)
    return next((c for c in meant if fit_together(top, c, ALSO_SAID)), None)


def _is_whole_of(part: Candidate, other: Candidate) -> bool:
    """Whether of two facets of one entry the first tells of a part, and the other of all of it."""
    return other.entry is part.entry and bool(part.facet.about) and not other.facet.about


def _rounding(top: Candidate, weighed: Weighed, question: Question) -> Candidate | None:
    """What rounds the best facet off, where no facet was asked for: a rival entry's, or another of its own."""
    if top.facet.name in question.facets:
        return None
    meaning_first = top.facet is not top.entry.content.default_facet
    ways = (_complement, _rival) if meaning_first else (_rival, _complement)
    return next((other for way in ways if (other := way(top, weighed))), None)


def _rival(top: Candidate, weighed: Weighed) -> Candidate | None:
    """The next entry's best facet, where it fits hardly less than the best one: both are said."""
    rivals = [c for c in weighed.entries()[:3] if c.entry is not top.entry and not c.facet.silent][:1]
    if top.entry.content.kind is Kind.TERM and top.entry.content.id in weighed.called:
        rivals = [c for c in rivals if c.entry.content.id in weighed.called]
    rivals = [c for c in rivals if not (c.facet.items and top.facet.items)]  # two lists are too much for a phone
    gap = NEAR if top.likeness < PHRASED else CLOSE
    close = [c for c in rivals if top.score - c.score <= gap and c.facet.name not in SPECIAL]
    return next((c for c in close if fit_together(top, c)), None)


def _complement(top: Candidate, weighed: Weighed) -> Candidate | None:
    """A second facet of the same entry that says more of the subject, if both stay short."""
    default = top.entry.content.default_facet
    own = [c for c in weighed.of({top.entry.content.id}) if not c.facet.silent and c.facet is not top.facet]
    wanted = [c for c in own if c.facet is default and not _stands_in(top, c)] if top.facet is not default else []
    if not wanted and top.entry.content.kind is Kind.MEASURE:
        wanted = [c for c in own if c.facet.name in ROUNDING]
    for candidate in wanted:
        if fit_together(top, candidate):
            return candidate
    return None
