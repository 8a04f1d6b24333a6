"""A question buried in a long story: the part of the message that asks."""

import re

from bot.town import TownKnowledge
from bot.understanding import Question, understand
from bot.weighing import Weighed, clarity, confidence, weigh

LONG = 60  # characters from which a message may be a story
CLEAR = 0.6  # clarity from which the whole message is clear enough
SURER = 0.05  # … by which a part must be clearer and surer than the whole
SHORTEST = 12
MOST_PARTS = 5
_BREAK = re.compile(r"(?<=[。！？!?\n])|(?<=、)|(?<=けど)|(?<=ので)|(?<=って、)")


def heart_of(question: Question, town: TownKnowledge) -> tuple[Question, Weighed, float]:
    """The question, or the ending of a long message that is understood more clearly and surely than the whole."""
    best, weighed = question, weigh(question, town)
    if len(question.text) >= LONG and clarity(weighed) < CLEAR:
        trust = _trust(weighed)
        for part in _endings(question.text):
            shorter = understand(part)
            candidate = weigh(shorter, town)
            if _trust(candidate) > trust + SURER:
                best, weighed, trust = shorter, candidate, _trust(candidate)
    return best, weighed, confidence(weighed)


def _trust(weighed: Weighed) -> float:
    """How clear a part is, and how sure: a clear one of few common words (「町で何かあるかな」) tells nothing."""
    return clarity(weighed) + confidence(weighed)


def _endings(text: str) -> list[str]:
    """The message's endings at its breaks and its sentences, the longest first."""
    pieces = [piece for piece in _BREAK.split(text) if piece]
    endings = ["".join(pieces[number:]) for number in range(1, len(pieces))]
    sentences = re.split(r"(?<=[。！？!?\n])", text)
    return [part for part in dict.fromkeys([*endings[-MOST_PARTS:], *sentences]) if len(part) >= SHORTEST]
