"""What the columns of a table hold, by its headings, else by its cells: departments, names of measures."""

import re

from knowledge.plans import vocabulary
from knowledge.plans.offices import is_offices
from knowledge.plans.plain import folded, half
from knowledge.plans.tables import Table
from knowledge.plans.units import is_number

FEWEST = 2  # rows that show what a column holds; so few must all hold it
MOST = 0.6  # share of its cells
LONGEST_NAME = 60  # characters
_CODE = re.compile(r"^[A-Za-zⅠ-Ⅻ]{0,4}[\d().\-①-⑳一二三四五六七八九十]{0,8}$")


def departments_column(table: Table) -> int | None:
    """The column of departments, None where there is none."""
    named = next((at for at, facet in table.facet_columns().items() if facet == "departments"), None)
    if named is not None:
        return named
    for at in range(1, len(table.heading)):
        cells = _cells(table, at)
        named = sum(map(is_offices, cells))
        if len(cells) >= FEWEST and named >= (len(cells) * MOST if len(cells) > FEWEST else len(cells)):
            return at
    return None


def name_column(table: Table) -> int | None:
    """The column that names what each row tells of: by its heading, else the first with a short name in each row.

    A column without such a heading names measures only where another one holds their departments.
    """
    named = table.column("name")
    if named is not None:
        return named
    departments = departments_column(table)
    if departments is None or len(table.rows) <= FEWEST or table.column("term") is not None:
        return None
    return next((at for at in range(departments) if _are_names(table, at)), None)


def _are_names(table: Table, at: int) -> bool:
    cells = _cells(table, at)
    if len(cells) < len(table.rows) - 1 or vocabulary.is_column("group", table.heading[at]):
        return False
    if any(vocabulary.facet_of(cell) for cell in cells):
        return False  # keys of a sheet
    fit = [cell for cell in cells if _may_name(cell)]
    bodies = sum(vocabulary.ends_as("bodies", cell) for cell in cells)
    distinct = len({folded(cell) for cell in fit}) == len(fit)
    return distinct and len(fit) >= len(cells) * (1 + MOST) / 2 and bodies < len(cells) / 2


def _may_name(cell: str) -> bool:
    text = half(cell)
    return 2 < len(text) <= LONGEST_NAME and "。" not in text and not _CODE.match(text) and not is_number(text)  # noqa: PLR2004


def _cells(table: Table, at: int) -> list[str]:
    return [row.cells[at] for row in table.rows[1:] if at < len(row.cells) and row.cells[at]]
