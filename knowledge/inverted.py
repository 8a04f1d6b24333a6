"""The inverted index: each term's documents with their impacts, how rare it is, and all signals weighed into one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge import postings
from knowledge.columns import Ids
from knowledge.postings import Postings, Saturation
from knowledge.readings import Readings
from knowledge.terms import Terms
from knowledge.weights import FIELDS, KINDS, SHARES, Weights

SATURATIONS = {  # k1 and b: measured on localgovFAQ
    "words": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "groups": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "synonyms": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "readings": {"title": (0.8, 0.6), "text": (0.8, 0.6), "phrasings": (0.8, 0.6)},
    "characters": {"title": (1.2, 0.75), "text": (1.2, 0.75), "phrasings": (1.2, 0.75)},
}

Numbers = NDArray[np.float64]


class Rows(dict[int, tuple[Ids, Numbers]]):
    """Every term's documents and impacts, cut when they are first asked for and kept.

    Cutting costs a question more than adding, and most terms are never asked for: all cut took 10 MB for five towns.
    """

    def __init__(self, documents: Ids, weighed: Numbers, starts: list[int]) -> None:
        """`starts` says where each term's part of the other two begins."""
        super().__init__()
        self._documents, self._weighed, self._starts = documents, weighed, starts

    def __missing__(self, term: int) -> tuple[Ids, Numbers]:
        place = slice(self._starts[term], self._starts[term + 1])
        row = self[term] = self._documents[place], self._weighed[place]
        return row


@dataclass(frozen=True, eq=False)
class Inverted:
    """What is known of each term, by its number, and of each document's title.

    `idf` is a term's, `rarest` that of a term which stands nowhere; `rarity` is idf times the share of the term's kind,
    `title_rarity` its sum over a title's terms. `rows` holds each term's documents with their weighed impacts.
    """

    terms: Terms
    postings: Postings
    starts: list[int]  # of the postings, as Python numbers: quicker one by one
    idf: Numbers
    rarest: float
    rarity: Numbers
    title_rarity: Numbers
    rows: Rows

    def kind(self, term: int) -> str:
        """The kind of a term: one of `weights.KINDS`."""
        return next(kind for kind, bound in zip(KINDS, self.terms.bounds(), strict=True) if term < bound)


def build(readings: Readings, weights: Weights) -> Inverted:
    """The inverted index of what was read of documents, under these weights."""
    terms, size = readings.terms(), len(readings.digests)
    table = _collected(readings, terms)
    containing = np.diff(table.starts)
    idf = postings.inverse_frequency(containing, size)
    rarity = idf * np.repeat(SHARES, np.diff([0, *terms.bounds()]))
    spread = np.repeat(rarity, containing)  # a value a posting
    title_rarity = _of_titles(table, spread, size)
    starts: list[int] = table.starts.tolist()
    bounds = [0, *(starts[bound] for bound in terms.bounds())]
    weighed = _weighed(table, spread, title_rarity, bounds, weights)
    return Inverted(
        terms=terms,
        postings=table,
        starts=starts,
        idf=idf,
        rarest=float(postings.inverse_frequency(np.zeros(1, dtype=np.int64), size)[0]),
        rarity=rarity,
        title_rarity=title_rarity,
        rows=Rows(table.documents, weighed, starts),
    )


def _collected(readings: Readings, terms: Terms) -> Postings:
    """Every term's documents, kind after kind."""
    parts = []
    for kind in KINDS:
        shapes = [Saturation(*SATURATIONS[kind][name]) for name in FIELDS]
        parts.append(postings.build(readings.written_as(kind), shapes, len(terms.numbers[kind])))
    return postings.join(parts)


def _of_titles(table: Postings, spread: Numbers, size: int) -> Numbers:
    """The sum of the rarity of each title's terms, each once; never 0, so that it can divide."""
    held = table.impacts[:, 0] > 0
    return np.maximum(np.bincount(table.documents[held], spread[held], minlength=size), 1e-9)


def _weighed(table: Postings, spread: Numbers, title_rarity: Numbers, bounds: list[int], weights: Weights) -> Numbers:
    """One impact for each posting, all signals weighed: so a question costs one addition a posting.

    `bounds` are where the postings of each kind begin and end.
    """
    share = (table.impacts[:, 0] > 0) * spread / title_rarity[table.documents]
    weighed: Numbers = weights.of("anywhere") * spread + weights.of("share") * share
    for kind, (start, end) in zip(KINDS, pairwise(bounds), strict=True):
        weighed[start:end] += table.impacts[start:end] @ np.array([weights.of(f"{name}.{kind}") for name in FIELDS])
    return weighed
