"""The columns of the figures: counts one on the other, with lines and labels, as places in a picture.

`templates/_chart.html.j2` draws them, for our pages allow no scripts and no styles inside; a table says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260  # of the picture, in its own units
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 12, 32
MOST_LABELS = 12
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Piece:
    """One coloured part of a column."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """Pieces, the lines across with their numbers, and the words under the columns."""

    pieces: tuple[Piece, ...]
    lines: tuple[tuple[float, int], ...]
    labels: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def columns(labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """A column a label, its series one on the other from below; numbers are counts of 0 or more."""
    sums = [sum(counts) for counts in zip(*series.values(), strict=True)]
    step = _step(max(sums, default=0))
    top = step * max(1, -(-max(sums, default=0) // step))
    room = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    high = HEIGHT - TOP - BOTTOM
    pieces = []
    for number in range(len(labels)):
        y = float(HEIGHT - BOTTOM)
        for name, counts in series.items():
            height = high * counts[number] / top
            y -= height
            if height:
                pieces.append(
                    Piece(name, _fine(LEFT + room * (number + 0.15)), _fine(y), _fine(room * 0.7), _fine(height))
                )
    lines = tuple((_fine(HEIGHT - BOTTOM - high * count / top), count) for count in range(0, top + 1, step))
    every = -(-len(labels) // MOST_LABELS) or 1
    said = tuple((_fine(LEFT + room * (at + 0.5)), word) for at, word in enumerate(labels) if at % every == 0)
    return Chart(tuple(pieces), lines, said)


def _step(most: int) -> int:
    """A round distance of the lines across, so that there are four or five of them at the most."""
    tens = 1
    while True:
        for one in ROUND:
            if one * tens * 4 >= most:
                return one * tens
        tens *= 10


def _fine(value: float) -> float:
    return round(value, 2)
