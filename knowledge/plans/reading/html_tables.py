"""An HTML table's grid: a cell that spans rows is said in each of them, None stands where it spans columns."""

from lxml.html import HtmlElement

from knowledge.plans.reading.tables import begins_anew

WIDEST = 50  # columns or rows that one cell may claim; the HTML standard allows 1,000, no plan needs that


def grid(table: HtmlElement) -> list[list[str | None]]:
    """Rows of cells' texts, None where the one at its left reaches; a table inside a cell is that cell's text."""
    rows: list[list[str | None]] = []
    below: dict[int, tuple[str | None, int]] = {}  # column → text that reaches down, rows left
    for row in rows_of(table):
        cells: list[str | None] = []
        for cell in row.iterchildren("td", "th"):
            _fill_from_above(cells, below)
            text: str | None = _text(cell)
            for column in range(_span(cell, "colspan")):
                text = None if column else text
                below[len(cells)] = (text, _span(cell, "rowspan") - 1)
                cells.append(text)
        _fill_from_above(cells, below)
        rows.append(cells)
    return rows


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table, without those of a table inside one of its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _fill_from_above(cells: list[str | None], below: dict[int, tuple[str | None, int]]) -> None:
    while len(cells) in below and below[len(cells)][1] > 0:
        text, left = below[len(cells)]
        below[len(cells)] = (text, left - 1)
        cells.append(text)


def _text(cell: HtmlElement) -> str:
    for item in cell.iter("li"):
        item.text = item.text if begins_anew(item.text or "") else f"・{item.text or ''}"
    for line_break in cell.iter("br", "p", "li", "div"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(cell.text_content())


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), WIDEST) if value.isdecimal() and len(value) <= 4 and int(value) else 1  # noqa: PLR2004
