"""The reading order of a page: one column, or two that are read one after the other."""

from dataclasses import dataclass
from itertools import groupby

GUTTER_FROM, GUTTER_TO, STEPS = 0.38, 0.62, 25  # shares of the page's width in which a gutter is sought
FEWEST_ROWS = 6  # with text on both sides of the gutter
LEAST_WIDTH = 0.22  # of the page, that half of the segments on each side have: else it is a table without rules


@dataclass(frozen=True)
class Segment:
    """Text without a wide gap, with its place on the page in points."""

    text: str
    size: float
    top: float
    bottom: float
    left: float
    right: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def in_reading_order(segments: list[Segment], gutter: float | None) -> list[list[Segment]]:
    """Runs of lines that share a column; segments on one line of it are one, apart by a tab.

    Where the page has two columns, the left one comes first; a heading over both ends what is above it.
    """
    if gutter is None:
        return [_by_lines(segments)]
    runs: list[list[Segment]] = []
    columns: list[list[Segment]] = [[], [], []]  # over both, left, right
    for segment in sorted(segments, key=lambda s: s.top):
        crosses = segment.left < gutter < segment.right
        if crosses != bool(columns[0]) and any(columns):
            runs += map(_by_lines, columns)
            columns = [[], [], []]
        columns[0 if crosses else 1 + (segment.left >= gutter)].append(segment)
    return [*runs, *map(_by_lines, columns)]


def find_gutter(segments: list[Segment], width: float) -> float | None:
    """The x that the fewest segments cross and that has text lines of some width on both sides; None for one column."""
    best: tuple[int, float] | None = None
    for step in range(STEPS):
        x = width * (GUTTER_FROM + (GUTTER_TO - GUTTER_FROM) * step / (STEPS - 1))
        crossing = [s for s in segments if s.left < x < s.right]
        left, right = [s for s in segments if s.right <= x], [s for s in segments if s.left >= x]
        if min(len(left), len(right)) < FEWEST_ROWS or len(crossing) > min(len(left), len(right)) // 2:
            continue
        if min(_median_width(left), _median_width(right)) < LEAST_WIDTH * width:
            continue
        if best is None or len(crossing) < best[0]:
            best = (len(crossing), x)
    return best[1] if best else None


def _median_width(segments: list[Segment]) -> float:
    widths = sorted(s.right - s.left for s in segments)
    return widths[len(widths) // 2]


def _by_lines(segments: list[Segment]) -> list[Segment]:
    lines: list[Segment] = []
    for _, line in groupby(sorted(segments, key=lambda s: (s.top, s.left)), key=lambda s: s.top):
        lines += _merged(list(line))
    return lines


def _merged(line: list[Segment]) -> list[Segment]:
    if len(line) == 1:
        return line
    return [
        Segment(
            "\t".join(s.text for s in line),
            line[0].size,
            line[0].top,
            max(s.bottom for s in line),
            line[0].left,
            line[-1].right,
        )
    ]
