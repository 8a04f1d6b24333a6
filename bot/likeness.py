"""How much a message sounds like somebody in need: a second opinion where no rule of safety.py fits.

A linear score over the message's letter groups and the signs that safety.py found in it, with weights fitted by
likeness_fitting.py to the examples in distress_examples.yaml, against what residents say of daily life and ask of
the bundled towns' plans.
"""

import math
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data"
LONGEST = 3  # letters in a group
FEWEST_LETTERS = 4  # shorter messages say too little to be scored
LETTERS_SCORED = 120  # beyond that a message is a story with a question in it


def groups(view: str) -> frozenset[str]:
    """The view's groups of one to three letters, its beginning and end marked."""
    marked = f"^{view[:LETTERS_SCORED]}$"
    return frozenset(marked[at : at + n] for n in range(1, LONGEST + 1) for at in range(len(marked) - n + 1))


def score(view: str, signs: AbstractSet[str]) -> float:
    """Log-odds that the message tells of a crisis; 0 is as likely as not, negative is an ordinary message.

    `signs` are the names of the classes of words found in it (signs_of in safety.py).
    """
    weights = _weights()
    known = weights.keys() & (groups(view) | signs)
    if len(view) < FEWEST_LETTERS or not known:
        return -math.inf
    return sum(map(weights.__getitem__, known)) / math.sqrt(len(known)) + weights[""]


@cache
def _weights() -> dict[str, float]:
    """Weights by letter group or sign; the empty group's is the constant."""
    weights: dict[str, float] = {}
    same: dict[str, float] = {}  # a few hundred numbers stand for twenty thousand
    for line in (DATA / "distress_weights.txt").read_text(encoding="utf-8").splitlines():
        mark, weight = line.split("\t")
        weights[mark] = same.setdefault(weight, float(weight))
    return weights


@cache
def examples() -> dict[str, list[str]]:
    """Messages of people in need by kind of crisis, and `ordinary` ones."""
    read: dict[str, Any] = packaged(DATA / "distress_examples.yaml")
    return {kind: [str(each) for each in listed] for kind, listed in read.items()}
