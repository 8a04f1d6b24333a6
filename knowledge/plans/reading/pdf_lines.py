"""Characters of a PDF page → printed lines in reading order, two columns one after the other, wrapped lines joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.plans.reading.pdf_chars import Char
from knowledge.plans.reading.pdf_columns import Segment, find_gutter, in_reading_order
from knowledge.plans.reading.superscripts import raised
from knowledge.plans.reading.tables import begins_anew, joined_text

RAISED_SIZE = 0.9  # of the line's size: a smaller digit above the base line calls a note
SPACE_LATIN, SPACE_WIDE, GAP = 0.18, 0.6, 2.0  # of the size: a word's end, a gap in Japanese, another column
TO_THE_EDGE = 2.2  # characters short of the right edge, at most, of a line that goes on below
FEWEST_WRAPPED = 15  # characters of a line that the edge may have broken; a title page's lines are shorter
SHORT_OF_EDGE = 4  # characters short of the edge, at least, of a line after a whole sentence that is not its rest
NEXT_LINE = 2.2  # line heights to the line below, at most, that may be the same paragraph
INDENT = 1.5  # characters that a paragraph's first line may be further right
WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True)
class Printed:
    """A printed line or a table's row (size 0), with its place on the page in points."""

    text: str
    page: int
    size: float
    top: float
    bottom: float
    left: float
    right: float


def printed_lines(chars: Sequence[Char], width: float, page: int) -> list[Printed]:
    """The page's lines in reading order, those joined that only the column's edge broke."""
    segments = _segments(chars)
    gutter = find_gutter(segments, width)
    if gutter is not None:
        segments = _column_by_column(chars, segments, gutter)
    runs = in_reading_order(segments, gutter)
    return [line for run in runs for line in _join_wrapped([_printed(segment, page) for segment in run])]


def _printed(segment: Segment, page: int) -> Printed:
    s = segment
    return Printed(s.text, page, s.size, s.top, s.bottom, s.left, s.right)


def _segments(chars: Sequence[Char]) -> list[Segment]:
    return [segment for line in char_lines(chars) for segment in line.segments]


def _column_by_column(chars: Sequence[Char], segments: list[Segment], gutter: float) -> list[Segment]:
    """The segments anew, each column's of its own characters: lines of two columns need not be level."""
    over = [segment for segment in segments if segment.left < gutter < segment.right]
    rest = [char for char in chars if not any(segment.holds(char.left, char.top) for segment in over)]
    left = [char for char in rest if char.left < gutter]
    right = [char for char in rest if char.left >= gutter]
    return over + _segments(left) + _segments(right)


@dataclass(frozen=True)
class CharLine:
    """Characters on one line, divided where a wide gap stands."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The line's text, its parts apart by tabs."""
        return "\t".join(segment.text for segment in self.segments)


def char_lines(chars: Sequence[Char]) -> list[CharLine]:
    """Lines from top to bottom: characters that overlap by half their height stand on one."""
    rows: list[list[Char]] = []
    spans: list[tuple[float, float]] = []
    for char in sorted(chars, key=lambda c: (c.top, c.left)):
        top, bottom = char.top, char.bottom
        for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            above, below = spans[place]
            if min(bottom, below) - max(top, above) >= 0.5 * min(bottom - top, below - above):
                rows[place].append(char)
                if bottom - top > below - above:
                    spans[place] = (top, bottom)
                break
        else:
            rows.append([char])
            spans.append((top, bottom))
    return [line for line in map(_line, rows) if line.segments]


def _line(row: list[Char]) -> CharLine:
    row.sort(key=lambda c: c.left)
    size = _usual_size(row)
    groups: list[list[Char]] = []
    for char in row:
        if groups and char.left - groups[-1][-1].right <= GAP * size:
            groups[-1].append(char)
        elif char.text.strip():
            groups.append([char])
    top, bottom = min(char.top for char in row), max(char.bottom for char in row)
    return CharLine(tuple(_segment(group, size, top, bottom) for group in groups if _text(group, size).strip()))


def _segment(group: list[Char], size: float, top: float, bottom: float) -> Segment:
    right = max(char.right for char in group)
    return Segment(_text(group, size).strip(" "), round(size, 1), top, bottom, group[0].left, right)


def _usual_size(row: list[Char]) -> float:
    sizes = sorted(char.size for char in row)
    return sizes[len(sizes) // 2]


def _text(group: list[Char], size: float) -> str:
    pieces: list[str] = []
    base = max(char.bottom for char in group)
    for place, char in enumerate(group):
        text = char.text
        if place and _is_apart(group[place - 1], char, size) and not pieces[-1].isspace():
            pieces.append(" ")
        is_call = char.size < RAISED_SIZE * size and char.bottom < base - 0.15 * size
        pieces.append(raised(text) if is_call else text)
    return "".join(pieces)


def _is_apart(before: Char, char: Char, size: float) -> bool:
    both_wide = WIDE.match(before.text) and WIDE.match(char.text) and not char.spaced
    return bool(char.left - before.right > (SPACE_WIDE if both_wide else SPACE_LATIN) * size)


def _join_wrapped(lines: list[Printed]) -> list[Printed]:
    """A line that ran into the right edge and the line below it, where nothing new begins there."""
    joined: list[Printed] = []
    for line, edge in _with_right_edges(lines):
        if joined and _goes_on(joined[-1], line, edge):
            before = joined[-1]
            text = joined_text(before.text, line.text)
            joined[-1] = replace(before, text=text, bottom=line.bottom, left=line.left, right=line.right)
        else:
            joined.append(line)
    return joined


def _with_right_edges(lines: list[Printed]) -> Iterator[tuple[Printed, float]]:
    """Each line with the right edge of its column: the furthest that a line which shares its width reaches."""
    for line in lines:
        yield line, max(other.right for other in lines if other.left < line.right and line.left < other.right)


def _goes_on(before: Printed, line: Printed, edge: float) -> bool:
    if abs(before.size - line.size) > 0.1 * line.size or "\t" in before.text or begins_anew(line.text):
        return False
    near = 0 <= line.top - before.bottom + line.size <= NEXT_LINE * line.size
    wide = before.right - before.left >= FEWEST_WRAPPED * line.size
    full = wide and before.right >= edge - TO_THE_EDGE * line.size
    same_margin = abs(line.left - before.left) <= INDENT * line.size or line.left < before.left
    indented = line.left >= before.left + 0.7 * line.size
    word = "。" not in line.text and line.right < edge - SHORT_OF_EDGE * line.size  # a heading, not a paragraph's end
    ended = before.text.endswith("。") and (indented or word or before.right < edge - line.size)
    return near and full and same_margin and not ended
