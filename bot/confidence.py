"""How surely the best entry is what was asked for: what a reply's `confidence` is, and when it is too weak to say."""

import math
from collections.abc import Mapping

from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.weighing import THE_PLAN, Weighed, name_shares
from knowledge.entries import Kind
from knowledge.library import LEAST_MASS, Asked, Candidate

STEEPEST = 30.0
EVIDENT = 1.5  # words that stand nowhere else
MOST_EVIDENCE = 2.0


def features(weighed: Weighed) -> dict[str, float]:
    """What tells a right best entry from a wrong one; shares of the question's mass or in 0 to 1."""
    entries = weighed.entries()
    top = entries[0]
    second = entries[1].score if len(entries) > 1 else 0.0
    return {
        "score": min(top.score, 2.0),
        "margin": min(top.score - second, 1.0),
        "likeness": top.likeness,
        "coverage": top.coverage,
        "name": min(1.0, name_shares(weighed.asked).get(top.entry.content.id, 0.0)),
        "unknown": weighed.asked.unknown,
        "plan": float(
            top.entry.content.kind is Kind.PLAN
            and THE_PLAN.search(weighed.asked.read or weighed.asked.text) is not None
        ),
        "evidence": min(_evidence(top, weighed.asked), MOST_EVIDENCE),
    }


def _evidence(top: Candidate, asked: Asked) -> float:
    """The best score not as a share but in rare words: two words that fit say less than six."""
    return top.score * max(asked.mass, LEAST_MASS) / (EVIDENT * asked.rarest)


def confidence(weighed: Weighed) -> float:
    """How likely the best entry is right, 0 to 1: a logistic on `features`; 0 where nothing has a word in common."""
    return _logistic(features(weighed)) if weighed.candidates else 0.0


def is_weak(weighed: Weighed, sure: float, town: TownKnowledge) -> bool:
    """Whether the best entry shares too little with the question to be said: most of what was asked is not in it.

    An entry that the question calls by a name, or that is kin to one, is what it is about all the same.
    """
    limits, top = thresholds().weak, weighed.candidates[0]
    about = {top.entry.content.id, *town.library.kin(top.entry.content.id)}
    if any(hit.owner in about for hit in weighed.asked.names):
        return False
    return sure < limits.sure and top.coverage < limits.coverage and top.likeness < limits.likeness


def is_faint(weighed: Weighed) -> bool:
    """Whether the best entry has so little of a long message, and is so little like it, that it is only offered."""
    limits, top = thresholds().faint, weighed.candidates[0]
    return top.score < limits.score and top.likeness < limits.likeness


def clarity(weighed: Weighed) -> float:
    """The confidence if there were always as much evidence: by it a part of a message is compared with the whole."""
    return _logistic(features(weighed) | {"evidence": 1.0, "plan": 0.0}) if weighed.candidates else 0.0


def _logistic(values: Mapping[str, float]) -> float:
    weights = thresholds().confidence
    total = weights["bias"] + sum(weights[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, total))))
