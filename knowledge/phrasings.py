"""Likeness of a question to each single phrasing; an entry is as like as its nearest phrasing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.columns import Column, Ids


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Unit vectors of phrasings by term: `places[starts[t]:starts[t + 1]]` are the phrasings with term t."""

    starts: list[int]
    places: NDArray[np.int64]
    parts: NDArray[np.float64]
    rarity: NDArray[np.float64]
    first: NDArray[np.int64]  # of each entry's phrasings, which stand together
    count: int  # of phrasings

    @classmethod
    def build(cls, phrasings: Column, entries: Ids, rarity: NDArray[np.float64]) -> Phrasings:
        """Of every entry's phrasings as term numbers, a row each; `entries` counts each entry's rows, one or more.

        `rarity` has one value a term.
        """
        terms, places = phrasings.flat, phrasings.places()
        count = len(phrasings.lengths)
        norms = np.sqrt(np.bincount(places, rarity[terms] ** 2, minlength=count))
        order = np.argsort(terms, kind="stable")
        parts = rarity[terms] ** 2 / norms[places]
        starts = np.searchsorted(terms[order], np.arange(len(rarity) + 1)).tolist()
        return cls(starts, places[order], parts[order], rarity, np.cumsum(entries) - entries, count)

    def likeness(self, terms: Sequence[int]) -> NDArray[np.float64]:
        """The cosine, 0 to 1, of the question's terms with each entry's nearest phrasing."""
        if not terms:
            return np.zeros(len(self.first))
        slices = [slice(self.starts[term], self.starts[term + 1]) for term in terms]
        places = np.concatenate([self.places[one] for one in slices])
        parts = np.concatenate([self.parts[one] for one in slices])
        dots = np.bincount(places, parts, minlength=self.count)
        nearest: NDArray[np.float64] = np.maximum.reduceat(dots, self.first)
        return nearest / np.linalg.norm(self.rarity[list(terms)])
