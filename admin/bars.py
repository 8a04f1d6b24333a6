"""The bars of the test questions' score: how many of all went right each time, as places in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 160  # units of the drawing
GAP = 0.3  # of a bar's room
WIDEST = 48.0


@dataclass(frozen=True)
class Bar:
    """One bar of a share: its place and size in the drawing, the share in percent."""

    x: float
    y: float
    width: float
    height: float
    percent: int


def shares(counts: Sequence[tuple[int, int]]) -> list[Bar]:
    """A bar for each (part, whole), from left to right; an empty whole is an empty bar."""
    room = WIDTH / max(1, len(counts))
    width = min(WIDEST, room * (1 - GAP))
    begin = (room - width) / 2
    return [
        _bar(room * number + begin, width, part / whole if whole else 0.0)
        for number, (part, whole) in enumerate(counts)
    ]


def _bar(x: float, width: float, share: float) -> Bar:
    height = round(HEIGHT * share, 1)
    return Bar(round(x, 1), round(HEIGHT - height, 1), round(width, 1), height, round(100 * share))
