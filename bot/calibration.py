"""Fits the confidence of the replies and its limits, from dialog sets, with folds held out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.confidence import confidence, features
from bot.dialogs import Dialog, informs
from bot.elsewhere import is_elsewhere
from bot.policy import answered, is_out_of_scope
from bot.rendering import body_of
from bot.reply import Answer
from bot.thresholds import DATA
from bot.town import TownKnowledge
from bot.understanding import understand
from bot.weighing import weigh

NAMES = ("score", "margin", "likeness", "coverage", "name", "unknown", "plan", "evidence")
FOLDS = 5
RIDGE = 1.0
STEPS = 50

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """One single-turn question: its features, and whether the best entry's answer would be right."""

    dialog: Dialog
    values: tuple[float, ...]
    right: bool


def samples(dialogs: Sequence[Dialog], towns: Mapping[str, TownKnowledge]) -> list[Sample]:
    """The samples of the single-turn dialogs that reach the index."""
    found = []
    for dialog in dialogs:
        if len(dialog.turns) > 1 or dialog.town not in towns:
            continue
        town, question = towns[dialog.town], understand(dialog.turns[0])
        if is_elsewhere(question.text, town.own_places, town.library.vocabulary, town.other_towns):
            continue
        weighed = weigh(question, town)
        if not weighed.candidates or is_out_of_scope(question, weighed, town, confidence(weighed)):
            continue
        values = features(weighed)
        reply = answered(question, weighed, town, 1.0)
        right = isinstance(reply, Answer) and dialog.expect == "answer" and informs(body_of(reply), dialog)
        if isinstance(reply, Answer):
            found.append(Sample(dialog, tuple(values[name] for name in NAMES), right))
    return found


def fit(rows: Sequence[Sample]) -> dict[str, float]:
    """A ridge logistic by Newton's method; the weights by feature name, and "bias"."""
    x = np.array([[1.0, *row.values] for row in rows])
    y = np.array([float(row.right) for row in rows])
    penalty = np.diag([0.0] + [RIDGE] * len(NAMES))
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + penalty @ weights
        hessian = (x.T * np.maximum(p * (1 - p), 1e-6)) @ x + penalty
        weights -= np.linalg.solve(hessian, gradient)
    return {"bias": round(float(weights[0]), 3)} | {
        name: round(float(weight), 3) for name, weight in zip(NAMES, weights[1:], strict=True)
    }


def probability(weights: Mapping[str, float], values: Sequence[float]) -> float:
    """The fitted chance that the best entry is right."""
    total = weights["bias"] + sum(weights[name] * value for name, value in zip(NAMES, values, strict=True))
    return float(1 / (1 + np.exp(-total)))


def held_out(rows: Sequence[Sample]) -> list[float]:
    """Each sample's chance by a fit on the other folds."""
    chances = [0.0] * len(rows)
    for fold in range(FOLDS):
        weights = fit([row for number, row in enumerate(rows) if number % FOLDS != fold])
        for number, row in enumerate(rows):
            if number % FOLDS == fold:
                chances[number] = probability(weights, row.values)
    return chances


def at(limit: float, rows: Sequence[Sample], chances: Sequence[float]) -> dict[str, float]:
    """What an answer limit would give: shares of right, wrong and false direct answers among the samples."""
    answerable = [(r, c) for r, c in zip(rows, chances, strict=True) if r.dialog.expect == "answer"]
    others = [(r, c) for r, c in zip(rows, chances, strict=True) if r.dialog.expect == "decline"]
    return {
        "limit": limit,
        "right": sum(r.right and c >= limit for r, c in answerable) / max(1, len(answerable)),
        "wrong": sum(not r.right and c >= limit for r, c in answerable) / max(1, len(answerable)),
        "false_answer": sum(c >= limit for _, c in others) / max(1, len(others)),
    }


def keep_confidence(fitted: Mapping[str, float]) -> None:
    """Writes the fitted weights into `data/thresholds.yaml`; the limits and bonuses beside them stay."""
    line = "confidence: {" + ", ".join(f"{name}: {value}" for name, value in fitted.items()) + "}"
    kept = [row for row in DATA.read_text(encoding="utf-8").splitlines() if not row.startswith("confidence:")]
    DATA.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
