"""Cells of charts and tables that may have been merged, lost or moved."""

import re
from collections import Counter
from collections.abc import Iterator

from knowledge.plans.blocks import Block
from knowledge.plans.findings import Doubt
from knowledge.plans.outline import Outline
from knowledge.plans.plain import half
from knowledge.plans.tables import Table, tables_of
from knowledge.plans.vocabulary import sentence_for


def doubted_cells(outline: Outline) -> Iterator[Doubt]:
    """Cells of charts and tables that may have been merged or lost."""
    for section in outline.sections:
        for table in tables_of(section.blocks):
            if table.years:
                yield from _chart_cells(table)
            elif len(table.rows) > 2 and len(table.heading) > 2:  # noqa: PLR2004
                yield from _shifted(table)


def _chart_cells(table: Table) -> Iterator[Doubt]:
    """One doubt a chart for cells that may be merged, one for rows without a filled cell, one a row without a name."""
    merged: list[Block] = []
    empty: list[Block] = []
    first = min(table.years)
    for row in table.rows[1:]:
        said = [row.cells[at] if at < len(row.cells) else "" for at in table.years]
        filled = [at for at, cell in enumerate(said) if cell]
        if not filled:
            empty.append(row)
        elif any(not cell for cell in said[filled[0] :]):
            merged.append(row)
        if first > 0 and not row.cells[0] and filled:
            yield Doubt(row.line, row.text, "", sentence_for("first_cell"))
    for name, rows in (("merged_cells", merged), ("lost_cells", empty)):
        if rows:
            items = "」「".join(next((cell for cell in row.cells if cell), "") for row in rows)
            yield Doubt(
                rows[0].line, " | ".join(cell or "（空）" for cell in rows[0].cells), "", sentence_for(name, item=items)
            )


def _shifted(table: Table) -> Iterator[Doubt]:
    """Rows of a table of numbers whose numbers stand one column to the left of the others'."""
    starts = Counter()  # type: Counter[int]
    rows = []
    for row in table.rows[1:]:
        numbers = [at for at, cell in enumerate(row.cells) if re.fullmatch(r"-?[\d.,]+%?", half(cell))]
        if numbers:
            rows.append((row, numbers[0]))
            starts[numbers[0]] += 1
    usual = max(starts, key=starts.__getitem__, default=0)
    for row, start in rows:
        if start < usual and starts[usual] >= 3 * starts[start]:
            yield Doubt(row.line, row.text[:60], "", sentence_for("shifted"))
