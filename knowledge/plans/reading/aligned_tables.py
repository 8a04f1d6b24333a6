"""Charts of years and numbered names side by side that plain text draws with spaces → rows of pipes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.plans.document import Line
from knowledge.plans.plain import half

FEWEST_CELLS = 3  # of a heading line, or two that are nothing but years
FEWEST_YEARS = 2  # of its cells name a year
LONGEST_CELL = 30  # characters; longer ones are sentences with a gap in them
_CELL = re.compile(r"\S+(?:[ \u3000]\S+)*")
_YEAR = re.compile(r"(?:令和|平成|(?<![A-Za-z])[RH])\s?(?:\d{1,2}|元)|20\d{2}|^\d{1,2}年度$")
_NUMBERED = re.compile(r"^\d{1,2}(?:[-.]\d{1,2}){1,2}[ .]\S")
_STOPS = re.compile(r"^\s*(?:[#|<>]|[-*・●○■◆]\s*\S)|。|\t")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int  # columns of the screen, where a full-width letter takes two
    end: int


def charts_written_out(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a heading line of years and the lines under it, up to a blank one, as rows of pipes.

    Every line stays one line; a cell stands under the heading that it overlaps, else under the nearest.
    """
    heading: list[_Cell] = []
    for line in lines:
        cells = _cells(line.text)
        if len(cells) > 1 and all(_NUMBERED.match(half(cell.text)) for cell in cells):
            yield replace(line, text=_row([cell.text for cell in cells]))  # 1-1 窓口の改善    1-2 申請の改善
            continue
        if _is_heading(cells):
            heading = cells
            texts = [cell.text for cell in cells]
            yield replace(line, text=_row(["", *texts] if _headless(cells) else texts))
            continue
        placed = _placed(cells, heading) if heading else None
        if placed is None:
            heading = []
            yield line
        else:
            yield replace(line, text=_row(placed))


def _cells(text: str) -> list[_Cell]:
    """The cells of a line, divided by two spaces or more; none where the line is text."""
    if _STOPS.search(text) or len(text) > 400:  # noqa: PLR2004  no page is so wide
        return []
    return [
        _Cell(match[0], _width(text[: match.start()]), _width(text[: match.end()])) for match in _CELL.finditer(text)
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _is_heading(cells: Sequence[_Cell]) -> bool:
    years = sum(bool(_YEAR.search(half(cell.text))) for cell in cells)
    return len(cells) >= FEWEST_CELLS and years >= FEWEST_YEARS and all(len(c.text) <= LONGEST_CELL for c in cells)


def _headless(cells: Sequence[_Cell]) -> bool:
    """Whether even the first cell is a year: the column of names has no heading of its own."""
    return bool(_YEAR.match(half(cells[0].text)))


def _placed(cells: Sequence[_Cell], heading: Sequence[_Cell]) -> list[str] | None:
    """A line's cells under their headings, None where it is no row of this table."""
    headless = _headless(heading)
    if not cells or (headless and cells[0].end > heading[0].start):
        return None
    row = [""] * (len(heading) + headless)
    last = -1
    for at, cell in enumerate(part for whole in cells for part in _parted(whole, heading)):
        place = 0 if headless and not at else headless + _nearest(cell, heading)
        if place <= last or len(cell.text) > 2 * LONGEST_CELL:
            return None
        row[place], last = cell.text, place
    return row if row[0] or len(cells) > 1 else None


def _parted(cell: _Cell, heading: Sequence[_Cell]) -> Iterator[_Cell]:
    """The cells in one that leave a single wide space between them, each where a heading begins: 10施設　14施設."""
    text, start = "", cell.start
    begins = {head.start + off for head in heading for off in (-1, 0, 1, 2)}  # a long name shifts what follows it
    at = cell.start
    for piece in re.split("(\u3000)", cell.text):
        if text.endswith("\u3000") and at in begins:
            yield _Cell(text.rstrip("\u3000"), start, at - 2)
            text, start = "", at
        text += piece
        at += _width(piece)
    yield _Cell(text, start, cell.end)


def _nearest(cell: _Cell, heading: Sequence[_Cell]) -> int:
    overlapping = (at for at, head in enumerate(heading) if cell.start < head.end and head.start < cell.end)
    middle = cell.start + cell.end
    return next(
        overlapping,
        min(range(len(heading)), key=lambda at: abs(heading[at].start + heading[at].end - middle)),
    )


def _row(texts: Sequence[str]) -> str:
    return f"| {' | '.join(text.replace('|', '｜') for text in texts)} |"
