"""Tables of numbers → figures: one a cell, in wide tables one a row."""

import re
from collections.abc import Iterator

from knowledge.plans.blocks import Kind
from knowledge.plans.dates import AS_OF, DATE
from knowledge.plans.findings import Figure
from knowledge.plans.names import clean_name
from knowledge.plans.outline import Outline
from knowledge.plans.plain import half
from knowledge.plans.section import Section
from knowledge.plans.stating import figure_of
from knowledge.plans.tables import Table

MANY_COLUMNS = 4  # a table wider than this gives a figure a row, not a cell
_COUNTER = re.compile(r"^(?:No|NO|no|№|番号|#|項番|整理番号)\.?$")


def figures_in_table(outline: Outline, section: Section, table: Table) -> Iterator[Figure]:
    """A table of numbers: a figure a cell, in wide tables a figure a row."""
    counted = [at for at, cell in enumerate(table.heading) if _COUNTER.match(half(cell))]
    if table.years or len(table.rows) < 2:  # noqa: PLR2004
        return
    heading = table.heading
    caption = _caption(section, table)
    dated = AS_OF.search(half(caption)) or DATE.search(half(caption))
    unit = re.search(r"単位[:：]\s?([^\s）)]{1,6})", caption)
    group = ""
    for row in table.rows[1:]:
        cells = [half(cell) for cell in row.cells]
        numbers = {
            at: cell
            for at, cell in enumerate(cells)
            if at not in counted
            and re.fullmatch(r"-?\d[\d,.]*\s?(?:%|人|件|円|台|歳|世帯|枚|か所|箇所|ポイント)?", cell)
        }
        labels = [
            cell for at, cell in enumerate(row.cells) if at not in numbers and cell and not re.fullmatch(r"[-―]", cell)
        ]
        if not numbers or not labels or len(numbers) + len(labels) < 2:  # noqa: PLR2004
            continue
        shifted = (
            len([c for c in cells if c])
            and max(numbers) < len(heading) - 1
            and len(cells) >= len(heading)
            and not cells[-1]
        )
        column = {
            at: heading[at + 1 if shifted else at] if (at + 1 if shifted else at) < len(heading) else ""
            for at in numbers
        }
        group = group if shifted else row.cells[0] or group
        who = " ".join(dict.fromkeys(filter(None, (group, *labels))))
        suffix = unit[1] if unit else ""
        as_of = dated[0] if dated else ""
        if len(numbers) > MANY_COLUMNS:
            value = "、".join(f"{column[at]} {cell}{suffix}".strip() for at, cell in numbers.items())
            yield figure_of(outline, section, row, f"{_short(caption)} {who}", value, as_of, caption)
        else:
            for at, cell in numbers.items():
                what = f"{_short(caption)} {who} {column[at]}"
                yield figure_of(outline, section, row, what, cell + suffix, as_of, caption)


def _caption(section: Section, table: Table) -> str:
    first = table.rows[0].line
    captions = [block.text for block in section.blocks if block.kind is Kind.CAPTION and block.line < first]
    near = [
        block.text
        for block in section.blocks
        if block.kind is Kind.TEXT and first - 4 < block.line < first and block.bold
    ]
    return (captions or near or [section.name])[-1]


def _short(caption: str) -> str:
    return clean_name(
        re.sub(r"^(?:図表?|表)\s?[\dA-Za-z.-]+\s*|[（(【][^（）()【】]*[）)】]|単位[:：].*$", "", half(caption))
    )[:40]
