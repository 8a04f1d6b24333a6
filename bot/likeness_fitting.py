"""Fits the weights of likeness.py: `python -m bot.likeness_fitting` after the examples were changed.

Logistic regression with an L2 penalty, both sides weighing the same, by full-gradient descent with momentum: the same
examples give the same weights. Ordinary messages are the phrasings of the bundled towns, small talk and the
`ordinary` examples.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.likeness import DATA, examples, groups
from bot.safety import signs_of
from bot.signs import view_of
from knowledge.bundled import read_town, town_folders
from knowledge.packaged import packaged

FEWEST_MESSAGES = 2  # in which a letter group or a sign must occur
SMALLEST = 0.02  # weights nearer to zero are dropped
STEPS, RATE, MOMENTUM, PENALTY = 600, 3.0, 0.9, 2e-5  # a greater rate without momentum swings to and fro


def fit(crises: list[str], alike: list[str], ordinary: list[str]) -> dict[str, float]:
    """Weights by letter group and sign ("" is the constant) that tell the crises' views from those alike and the rest.

    The fewer that sound alike weigh more than all the ordinary ones: it is they that are mistaken.
    """
    messages = [sorted(groups(view) | signs_of(view)) for view in crises + alike + ordinary]
    counted = Counter(mark for message in messages for mark in message)
    places = {g: n for n, g in enumerate(sorted(g for g, times in counted.items() if times >= FEWEST_MESSAGES))}
    rows, columns, values = _sparse(messages, places)
    truth = np.repeat([1.0, 0.0, 0.0], [len(crises), len(alike), len(ordinary)])
    shares = (0.5 / len(crises), 0.3 / len(alike), 0.2 / len(ordinary))
    share = np.repeat(shares, [len(crises), len(alike), len(ordinary)])
    weights, constant = np.zeros(len(places)), 0.0
    pace, constant_pace = np.zeros(len(places)), 0.0
    for _ in range(STEPS):
        scores = np.bincount(rows, values * weights[columns], len(messages)) + constant
        error = (1 / (1 + np.exp(-scores)) - truth) * share
        slope = np.bincount(columns, values * error[rows], len(places)) + PENALTY * weights
        pace, constant_pace = MOMENTUM * pace - RATE * slope, MOMENTUM * constant_pace - RATE * float(error.sum())
        weights, constant = weights + pace, constant + constant_pace
    kept = {g: round(float(weights[n]), 2) for g, n in places.items() if abs(weights[n]) >= SMALLEST}
    return {"": round(constant, 2)} | kept


def _sparse(
    messages: list[list[str]], places: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    known = [[places[mark] for mark in message if mark in places] for message in messages]
    rows = np.repeat(np.arange(len(messages)), [len(each) for each in known])
    values = np.repeat([len(each) ** -0.5 if each else 0.0 for each in known], [len(each) for each in known])
    return rows, np.concatenate([np.array(each, dtype=np.int64) for each in known]), values


def ordinary_messages() -> Iterator[str]:
    """What residents say who are in no need, and which sounds like none."""
    for folder in town_folders():
        for entry in read_town(folder).entries:
            yield from (entry.content.title, *entry.content.phrasings)
    for kind, phrases in packaged(DATA / "smalltalk.yaml")["kinds"].items():
        yield from (str(phrase) for phrase in phrases if kind)


def main() -> None:
    """Writes the weights."""
    crises = [each for kind, listed in examples().items() if kind != "ordinary" for each in listed]
    sides = (crises, examples()["ordinary"], ordinary_messages())
    weights = fit(*([view_of(message) for message in side] for side in sides))
    lines = (f"{group}\t{weight:g}\n" for group, weight in sorted(weights.items()))
    (DATA / "distress_weights.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
