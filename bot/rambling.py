"""A question buried in a long story: the part of the message that asks."""

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.confidence import clarity, confidence
from bot.sentences import SHORTEST, asking_sentences, sentences
from bot.town import TownKnowledge
from bot.understanding import Question, understand
from bot.weighing import Weighed, weigh
from knowledge.library import LEAST_MASS

LONG = 60  # characters from which a message may be a story
CLEAR = 0.6  # clarity from which the whole message is clear enough
SURER = 0.05  # … by which a part must be clearer and surer than the whole
ASKING_SURE = 0.5  # confidence from which the sentence that asks is taken for the question
MOST_PARTS = 5
_BREAK = re.compile(r"(?<=[。！？!?\n])|(?<=、)|(?<=けど)|(?<=ので)|(?<=って、)")

Reading = tuple[Question, Weighed]


def heart_of(question: Question, town: TownKnowledge) -> tuple[Question, Weighed, float]:
    """The question, or the part of a long message that asks or is understood more clearly and surely than the whole."""
    best = question, weigh(question, town)
    if len(question.text) >= LONG:
        asking = _surest(_telling(question.text, town), town)
        if asking and confidence(asking[1]) >= ASKING_SURE and clarity(asking[1]) > clarity(best[1]):
            best = asking
        elif clarity(best[1]) < CLEAR:
            part = _surest(_endings(question.text), town)
            best = part if part and _trust(part[1]) > _trust(best[1]) + SURER else best
    return *best, confidence(best[1])


def _telling(text: str, town: TownKnowledge) -> list[str]:
    """The sentences that ask; one with hardly a word of its own (「何かする計画はありますか」) with the one before."""
    said = ["", *sentences(text)]
    before = {each: one for one, each in pairwise(said)}
    return [
        before.get(each, "") + each if town.library.ready(each).mass < LEAST_MASS else each
        for each in asking_sentences(text)
    ]


def _surest(parts: Iterable[str], town: TownKnowledge) -> Reading | None:
    """The part that is understood most clearly and surely; None of none."""
    readings = [(part, weigh(part, town)) for part in map(understand, parts)]
    return max(readings, key=lambda reading: _trust(reading[1]), default=None)


def _trust(weighed: Weighed) -> float:
    """How clear a part is, and how sure: a clear one of few common words (「町で何かあるかな」) tells nothing."""
    return clarity(weighed) + confidence(weighed)


def _endings(text: str) -> list[str]:
    """The message's endings at its breaks and its sentences, the longest first."""
    pieces = [piece for piece in _BREAK.split(text) if piece]
    endings = ["".join(pieces[number:]) for number in range(1, len(pieces))]
    return [part for part in dict.fromkeys([*endings[-MOST_PARTS:], *sentences(text)]) if len(part) >= SHORTEST]
