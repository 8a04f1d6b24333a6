"""What an entry and its kin say to an aspect that must be told, and what is said of a list's item."""

from bot.composing import followups_of, missing, said, silent, telling_facet
from bot.reply import Answer, Reply
from bot.subjects import says_of_what
from bot.town import TownKnowledge
from bot.understanding import Aspect, Question
from bot.weighing import Weighed
from knowledge.library import Candidate

NEAREST = 5
CLEARLY = 0.3  # of the question that an admission must cover more than a text that mentions the aspect
WHOLLY = 0.9  # of the question that a facet of another name must cover, and …
LIKE = 0.6  # … how like it must be, to be what tells the aspect
HALF = 0.5  # of the question that a facet must cover to be meant by its words


def of_item(item: str, question: Question, town: TownKnowledge, weighed: Weighed) -> Reply | None:
    """What is asked of the entry of a list's item by a known aspect: 「3つめの担当は？」「3つめの中身は？」"""
    if not (question.aspects or question.wants_more):
        return None
    entry = town.library.entries[item]
    told = required(question, item, town, weighed, *town.library.family_of(item, weighed.asked))
    asked = (f for name in question.facets for f in entry.content.facets if f.name is name and not f.silent)
    return told or said(town.part(entry, next(asked, entry.content.default_facet)), town)


def required(
    question: Question,
    last: str,
    town: TownKnowledge,
    weighed: Weighed,
    own: list[Candidate],
    kin: list[Candidate],
    about: str = "",
) -> Reply | None:
    """What an entry and its kin say to the aspect that must be told; None where the question has none.

    `about` is the part of the entry that was spoken of last.
    """
    entry = town.library.entries[last]
    for aspect in question.required:
        telling = _of_new_words(aspect, last, weighed, town) or _of_part(aspect, about, own)
        telling = telling or telling_facet(aspect, last, own, kin, town)
        if telling is None:
            return missing(entry, aspect, town, 1.0)
        telling = _denied(aspect, telling, [*own, *kin]) or telling
        if telling.facet.silent:
            return silent(telling, town, 1.0)
        told = (town.part(telling.entry, telling.facet),)
        return Answer(told, 1.0, followups_of(telling.entry, told))
    return None


def _denied(aspect: Aspect, telling: Candidate, family: list[Candidate]) -> Candidate | None:
    """The family's admission of the aspect, if it holds clearly more of the question than a text that only mentions it.

    A class held in the 公民館 (`telling`) does not say how one applies for it.
    """
    if telling.facet.name in aspect.facets:
        return None
    silences = (c for c in family if c.facet.silent and aspect.is_told_by(c.facet))
    most = max(silences, key=lambda c: c.coverage, default=None)
    return most if most and most.coverage - telling.coverage >= CLEARLY else None


def _of_part(aspect: Aspect, about: str, own: list[Candidate]) -> Candidate | None:
    """The facet that tells when, of the part of the entry that was spoken of."""
    if not about or aspect.name != "schedule":
        return None
    return next((c for c in own if c.facet.about == about and not c.facet.silent and aspect.is_told_by(c.facet)), None)


def _of_new_words(aspect: Aspect, last: str, weighed: Weighed, town: TownKnowledge) -> Candidate | None:
    """The facet that the question's own words find, if it tells the aspect and belongs to the entry or its kin.

    「何年度からですか」 has no words of its own: it asks the entry last spoken of, and no table of all years.
    """
    if not says_of_what(aspect, weighed.asked, town):
        return None
    family = {last, *town.library.kin(last)}
    for candidate in weighed.candidates[:NEAREST]:
        meant = candidate.coverage >= WHOLLY and candidate.likeness >= LIKE and aspect.is_told_by(candidate.facet)
        telling = (candidate.facet.name in aspect.facets or meant) and not candidate.facet.silent
        if telling and candidate.entry.content.id in family and candidate.coverage >= HALF:
            return candidate
    return None
