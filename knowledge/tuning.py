"""Fitting the weights on graded queries, and finding lexicon groups that change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.collections import Collection, ndcg
from knowledge.documents import Document
from knowledge.index import Index, best_of
from knowledge.lexicon import Group, Lexicon
from knowledge.text import analyse
from knowledge.weights import SIGNALS, Weights

FOLDS = 5
RIDGE = 1e-3  # keeps the weights of signals that say nearly the same from running away
STEPS = 400
NO_SPREAD = 1e-6  # a signal that never differs cannot be fitted
# "share" and "anywhere" say of words and readings what their BM25 says, and generalise better.
FITTED = tuple(name for name in SIGNALS if not name.endswith((".words", ".readings")))

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Graded:
    """One query: the documents' signals (documents by signals) and their grades."""

    signals: Array
    grades: Array


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted weights; nDCG@10 with them on the queries they come from, and with folds held back."""

    weights: Weights
    fitted: float
    held_back: float


def fit_collection(collection: Collection, lexicon: Lexicon, weights: Weights) -> Fit:
    """Weights for a collection, and what they reach; the given ones only serve to build the index."""
    graded = graded_queries(collection, Index.build(collection.documents, lexicon, weights))
    fitted = fit(graded)
    return Fit(fitted, mean_ndcg(graded, fitted), cross_validated(graded))


def graded_queries(collection: Collection, index: Index) -> list[Graded]:
    """The signals and grades of every query that has a grade, in the collection's order."""
    rows = []
    for query in collection.queries:
        if query.key in collection.grades:
            grades = np.zeros(len(index.documents))
            for key, grade in collection.grades[query.key].items():
                grades[[number for number, one in enumerate(index.documents) if one.key == key]] = grade
            rows.append(Graded(index.signals(analyse(query.text)), grades))
    return rows


def fit(rows: Sequence[Graded]) -> Weights:
    """Non-negative weights by listwise softmax: the share of a query's grades against the share of its scores.

    Projected gradient with Adam's step sizes, on signals of unit spread; the same rows give the same weights.
    """
    columns = [SIGNALS.index(name) for name in FITTED]
    spread = np.sqrt(np.mean([row.signals[:, columns].var(axis=0) for row in rows], axis=0))
    signals = [row.signals[:, columns] / np.maximum(spread, NO_SPREAD) for row in rows]
    targets = [row.grades / row.grades.sum() for row in rows]
    weights = _descend(lambda now: _gradient(now, signals, targets), len(columns))
    fitted = np.where(spread > NO_SPREAD, weights / np.maximum(spread, NO_SPREAD), 0.0)
    return Weights(dict(zip(FITTED, fitted.tolist(), strict=True)))


def cross_validated(rows: Sequence[Graded], folds: int = FOLDS) -> float:
    """Mean nDCG@10 of queries ranked with weights that were fitted without their fold."""
    total = 0.0
    for fold in range(folds):
        kept = [row for number, row in enumerate(rows) if number % folds != fold]
        held = [row for number, row in enumerate(rows) if number % folds == fold]
        total += mean_ndcg(held, fit(kept)) * len(held) if held and kept else 0.0
    return total / len(rows) if rows else 0.0


def mean_ndcg(rows: Iterable[Graded], weights: Weights) -> float:
    """Mean nDCG@10 of the queries under these weights."""
    vector = np.array([weights.of(name) for name in SIGNALS])
    return float(np.mean([_ndcg(row, vector) for row in rows]))


def idle_groups(
    cases: Iterable[tuple[Sequence[Document], Sequence[str]]], groups: Sequence[Group], weights: Weights
) -> list[Group]:
    """The lexicon groups without which no question of any case (documents, questions) changes its first ten."""
    busy: set[int] = set()
    lexicon = Lexicon.of(groups)
    for documents, questions in cases:
        index = Index.build(documents, lexicon, weights)
        for question in questions:
            words = analyse(question)
            for number in {found.group for found in lexicon.found(words)} - busy:
                if _order(index.scores(index.searched(words))) != _order(index.scores_without(words, number)):
                    busy.add(number)
    return [group for number, group in enumerate(groups) if number not in busy]


def without_each_phrasing(documents: Sequence[Document]) -> Iterable[tuple[Sequence[Document], Sequence[str]]]:
    """Each round leaves one phrasing of every entry out of the index and asks it: real questions for a town."""
    rounds = max((len(document.phrasings) for document in documents), default=0)
    for place in range(rounds):
        asked = [document.phrasings[place] for document in documents if place < len(document.phrasings)]
        left = [
            Document(one.key, one.title, one.text, one.phrasings[:place] + one.phrasings[place + 1 :])
            for one in documents
        ]
        yield left, asked


def _order(scores: Array) -> list[int]:
    return [number for number, _ in best_of(scores, 10)]


def _ndcg(row: Graded, vector: Array) -> float:
    order = _order(row.signals @ vector)
    return ndcg([str(number) for number in order], {str(n): int(row.grades[n]) for n in np.flatnonzero(row.grades)})


def _gradient(weights: Array, signals: Sequence[Array], targets: Sequence[Array]) -> Array:
    total = 2 * RIDGE * weights
    for matrix, target in zip(signals, targets, strict=True):
        scores = matrix @ weights
        likely = np.exp(scores - scores.max())
        total += matrix.T @ (likely / likely.sum() - target) / len(signals)
    return total


def _descend(gradient: Callable[[Array], Array], size: int) -> Array:
    weights, mean, square = np.full(size, 0.3), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        now = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * now, 0.999 * square + 0.001 * now**2
        move = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        weights = np.maximum(weights - 0.05 * (1 - step / (STEPS + 1)) * move, 0.0)
    return weights
