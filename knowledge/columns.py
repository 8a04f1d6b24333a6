"""Columns: rows of numbers of different lengths in two NumPy arrays, so that many rows are taken at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """Rows one after the other: `flat` holds all numbers, `lengths` how many belong to each row."""

    flat: Ids
    lengths: Ids

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Column:
        """A column of these rows."""
        lengths = np.array([len(row) for row in rows], dtype=np.int32)
        return cls(np.fromiter((one for row in rows for one in row), np.int32, int(lengths.sum())), lengths)

    def places(self) -> NDArray[np.int64]:
        """The row of each number of `flat`."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def row(self, number: int) -> list[int]:
        """One row's numbers."""
        start = int(self.lengths[:number].sum())
        row: list[int] = self.flat[start : start + int(self.lengths[number])].tolist()
        return row

    def take(self, rows: NDArray[np.integer[Any]]) -> Column:
        """The column of these rows, in this order."""
        starts = np.cumsum(self.lengths, dtype=np.int64) - self.lengths
        lengths = self.lengths[rows]
        shifts = starts[rows] - (np.cumsum(lengths, dtype=np.int64) - lengths)
        return Column(self.flat[np.arange(int(lengths.sum())) + np.repeat(shifts, lengths)], lengths)

    def beside(self, other: Column) -> Column:
        """This column's rows, then the other's."""
        return Column(np.concatenate([self.flat, other.flat]), np.concatenate([self.lengths, other.lengths]))

    def where(self, kept: NDArray[np.bool_]) -> Column:
        """The same rows without the numbers that are not kept; `kept` has one value a number."""
        counts = np.bincount(self.places()[kept], minlength=len(self.lengths))
        return Column(self.flat[kept], counts.astype(np.int32))


def joined(columns: Sequence[Column]) -> Column:
    """Row by row the numbers of all these columns, which have as many rows."""
    places = np.concatenate([column.places() for column in columns])
    flat = np.concatenate([column.flat for column in columns])
    lengths: Ids = np.add.reduce([column.lengths for column in columns], dtype=np.int32)
    return Column(flat[np.argsort(places, kind="stable")], lengths)


def condensed(columns: Sequence[Column], size: int) -> tuple[list[int], list[Column]]:
    """Which of the numbers below `size` stand in any of the columns, and the columns with just these counted from 0."""
    used = np.zeros(size, dtype=bool)
    for column in columns:
        used[column.flat] = True
    numbers = np.cumsum(used, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(used).tolist(), [Column(numbers[column.flat], column.lengths) for column in columns]
