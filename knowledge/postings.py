"""Postings: for every term the documents that hold it, with a BM25 impact for each field, in NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.columns import Column, Ids

Impacts = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's two parameters: `k1` how soon repetition stops counting, `b` how much length counts."""

    k1: float
    b: float


@dataclass(frozen=True, slots=True)
class Postings:
    """Term t stands in `documents[starts[t]:starts[t + 1]]`, in ascending order; `impacts` has a column a field."""

    starts: NDArray[np.int64]
    documents: Ids
    impacts: Impacts


def build(fields: Sequence[Column], saturations: Sequence[Saturation], terms: int) -> Postings:
    """Postings of documents given as term numbers below `terms`, for each field a column with a row a document."""
    size = len(fields[0].lengths)
    counted = [_counts(column, size) for column in fields]
    keys = _distinct(np.concatenate([keys for keys, _ in counted]))
    impacts = np.zeros((len(keys), len(fields)), dtype=np.float32)
    for number, (present, counts) in enumerate(counted):
        if len(present):
            rows = np.searchsorted(keys, present)
            impacts[rows, number] = _bm25(present, counts, fields[number].lengths, saturations[number], terms)
    starts = np.searchsorted(keys, np.arange(terms + 1, dtype=np.int64) * size)
    return Postings(starts, (keys % max(size, 1)).astype(np.int32), impacts)


def inverse_frequency(containing: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """BM25's idf as Lucene computes it, never negative, from the number of documents that contain each term."""
    idf: NDArray[np.float64] = np.log(1.0 + (size - containing + 0.5) / (containing + 0.5))
    return idf


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The keys in order, each once: `np.unique` alone would hash them, which takes fifty times as long (NumPy 2.4)."""
    ordered = np.sort(keys)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def _counts(column: Column, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(term, document) packed into one number, and how often the term stands in the document."""
    return np.unique(column.flat.astype(np.int64) * size + column.places(), return_counts=True)


def _bm25(
    present: NDArray[np.int64], counts: NDArray[np.int64], lengths: Ids, shape: Saturation, terms: int
) -> NDArray[np.float64]:
    """Robertson's weight of each (term, document); documents without the field do not count in the mean length."""
    size = len(lengths)
    term, document = np.divmod(present, size)
    idf = inverse_frequency(np.bincount(term, minlength=terms), size)
    norm = shape.k1 * (1 - shape.b + shape.b * lengths[document] / lengths[lengths > 0].mean())
    impacts: NDArray[np.float64] = idf[term] * counts * (shape.k1 + 1) / (counts + norm)
    return impacts


def join(parts: Sequence[Postings]) -> Postings:
    """One table of several with the same fields; the terms of each follow those of the one before."""
    offsets = np.cumsum([0, *(len(part.documents) for part in parts)])
    starts = [part.starts[:-1] + offset for part, offset in zip(parts, offsets, strict=False)]
    return Postings(
        np.concatenate([*starts, offsets[-1:]]).astype(np.int64),
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.impacts for part in parts]),
    )
