"""Ruled tables of a PDF page: cells between drawn lines; merged cells, and tables that hang together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfplumber.page import Page
from pdfplumber.table import Table

from knowledge.plans.reading.pdf_chars import Char
from knowledge.plans.reading.pdf_lines import Printed, char_lines
from knowledge.plans.reading.tables import pipes

Box = tuple[float, float, float, float]
FEWEST_CELLS = 2  # a single box is a frame around text, no table
MOST_EDGES = 4_000  # of a page; more are a drawing, in which no table is sought


@dataclass(frozen=True)
class Ruled:
    """A table: its rows as lines of pipes, and where it stands on the page (points from the left and top)."""

    rows: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, char: Char) -> bool:
        """Whether the character's middle is inside."""
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        return bool(self.left <= x <= self.right and self.top <= y <= self.bottom)

    def beside(self, line: Printed) -> bool:
        """Whether the line stands in the same part of the page, one column or the other."""
        return self.left < line.right and line.left < self.right


def ruled_tables(page: Page, chars: Sequence[Char]) -> list[Ruled]:
    """The page's tables; cells without any text make none."""
    if len(page.lines) + len(page.rects) + len(page.curves) > MOST_EDGES:
        return []
    found = []
    for table in page.find_tables():
        if len(table.cells) < FEWEST_CELLS:
            continue
        rows = tuple(pipes(_grid(table, chars)))
        if rows:
            found.append(Ruled(rows, *map(float, table.bbox)))
    return found


def _grid(table: Table, chars: Sequence[Char]) -> Iterator[list[str | None]]:
    """Rows of cells' texts; a cell that reaches down is said in each row, None stands where it reaches to the right.

    Tables that hang together without a gap, each with columns of its own, are taken apart.
    """
    texts = _texts(table, chars)
    tops = sorted({round(cell[1], 1) for cell in table.cells})
    rows = [sorted(cell for cell in table.cells if round(cell[1], 1) <= top < round(cell[3], 1)) for top in tops]
    for block in _blocks(rows):
        lefts = sorted({round(cell[0], 1) for row in block for cell in row})
        for row in block:
            line: list[str | None] = [""] * len(lefts)
            for cell in row:
                first, end = bisect_left(lefts, round(cell[0], 1)), bisect_left(lefts, round(cell[2], 1))
                line[first:end] = [texts[cell], *([None] * (end - first - 1))]
            yield line


def _blocks(rows: list[list[Box]]) -> list[list[list[Box]]]:
    """Rows whose columns agree: the ones of one row are among the other's."""
    blocks: list[list[list[Box]]] = []
    columns: set[float] = set()
    for row in rows:
        own = {round(x, 1) for cell in row for x in (cell[0], cell[2])}
        if blocks and (own <= columns or columns <= own):
            blocks[-1].append(row)
            columns |= own
        else:
            blocks.append([row])
            columns = own
    return blocks


def _texts(table: Table, chars: Sequence[Char]) -> dict[Box, str]:
    """Each cell's text, its printed lines one below the other."""
    inside: dict[Box, list[Char]] = defaultdict(list)
    left, top, right, bottom = table.bbox
    for char in chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        if char.upright and left <= x <= right and top <= y <= bottom:
            cell = next((c for c in table.cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
            if cell is not None:
                inside[cell].append(char)
    return {cell: "\n".join(line.text for line in char_lines(inside.get(cell, ()))) for cell in table.cells}
