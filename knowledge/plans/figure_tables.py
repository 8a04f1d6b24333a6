"""Tables of numbers → figures: one a cell, in wide tables one a row."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.dates import AS_OF, DATE
from knowledge.plans.findings import Figure, ScheduleRow
from knowledge.plans.names import clean_name, without_number
from knowledge.plans.outline import Outline
from knowledge.plans.plain import half
from knowledge.plans.schedules import chart_rows
from knowledge.plans.section import Section
from knowledge.plans.stating import figure_of
from knowledge.plans.tables import VALUE_LABEL, Table
from knowledge.plans.units import is_number

MANY_COLUMNS = 4  # a table wider than this gives a figure a row, not a cell
_COUNTER = re.compile(
    r"^(?:No|NO|no|№|番号|#|項番|整理番号|(?:掲載|記載|該当)?(?:頁|ページ)|p|P|年度|開始年度|実施年度)\.?$"
)
_LABELLED = re.compile(
    r"^(?P<label>(?:現状|現況|基準|当初|実績|直近|中間|最終|計画|目標)[^:：\d]{0,8}(?:\([^()]{1,16}\))?)\s?[:：]\s?(?P<value>\S.*)$"
)


def labelled_figure(outline: Outline, section: Section, row: Block, matter: str) -> Figure | None:
    """The one figure of a row whose cells say which value they are: 成果指標 ｜ 予約率 ｜ 現状：0% ｜ 目標：60%."""
    cells = _labels_joined([half(cell) for cell in row.cells if cell])
    told = [(cell, _LABELLED.match(cell)) for cell in cells]
    values = [f"{match['label']} {match['value']}" for _, match in told if match and re.search(r"\d", match["value"])]
    names = [cell for cell, match in told if not match and not vocabulary.facet_of(cell)]
    if not values:
        return None
    return figure_of(outline, section, row, " ".join(names) or matter, "、".join(values), "", "")


def _labels_joined(cells: Sequence[str]) -> list[str]:
    """The cells with a label and the value in the next one as one: 現状値(R5) ｜ 23手続 → 現状値(R5)：23手続."""
    found: list[str] = []
    for cell in cells:
        if found and VALUE_LABEL.match(found[-1]) and is_number(cell):
            found[-1] = f"{found[-1]}：{cell}"
        else:
            found.append(cell)
    return found


def figures_in_table(outline: Outline, section: Section, table: Table) -> Iterator[Figure]:
    """The figures of a table of numbers, each with the row and the column that it stands in."""
    if len(table.rows) < 2:  # noqa: PLR2004
        return
    if table.years:
        yield from _in_chart(outline, section, table)
        return
    caption = _caption(section, table)
    dated = AS_OF.search(half(caption)) or DATE.search(half(caption))
    unit = re.search(r"単位[:：]\s?([^\s）)]{1,6})", caption)
    as_of, suffix = dated[0] if dated else "", unit[1] if unit else ""
    for row, who, numbers in _rows(table):
        what = f"{_short(caption)} {who}"
        if len(numbers) > MANY_COLUMNS:
            value = "、".join(f"{column} {cell}{suffix}".strip() for column, cell in numbers)
            yield figure_of(outline, section, row, what, value, as_of, caption)
            continue
        for column, cell in numbers:
            yield figure_of(outline, section, row, f"{what} {column}", cell + suffix, as_of, caption)


def _in_chart(outline: Outline, section: Section, table: Table) -> Iterator[Figure]:
    """Rows of a chart that give a number for years: 5件, 10件, 20件."""
    for row in chart_rows(table, table.column("name")):
        numbers = {year: cell for year, cell in row.years.items() if is_number(half(cell))}
        block = next((b for b in table.rows if numbers and set(numbers.values()) <= set(b.cells)), None)
        if len(numbers) < 2 or block is None:  # noqa: PLR2004  a single number is read with its words
            if not any(vocabulary.is_chapter("period", above.name) for above in outline.above(section)):
                yield from _begun(outline, section, table, row)
            continue
        for year, cell in numbers.items():
            yield figure_of(outline, section, block, f"{row.item or section.name} {year}", half(cell), "", "")


def _begun(outline: Outline, section: Section, table: Table, row: ScheduleRow) -> Iterator[Figure]:
    """What a chart draws over several years, with its words in the first: the year in which it begins."""
    said = [year for year, cell in row.years.items() if cell]
    at = next((at for at, year in table.years.items() if said == [year]), None)
    if at is None or row.years[said[0]] != row.item:
        return
    block = next(b for b in table.rows if at < len(b.cells) and row.item in without_number(b.cells[at]))
    yield figure_of(outline, section, block, row.item, f"{half(table.heading[at])}から", "", "")


def _rows(table: Table) -> Iterator[tuple[Block, str, list[tuple[str, str]]]]:
    """Row, whose numbers it holds, and the numbers with their columns; moved rows are read where they belong."""
    counted = {at for at, cell in enumerate(table.heading) if _COUNTER.match(half(cell))}
    found = [(row, {at: c for at, c in _numbers(row).items() if at not in counted}) for row in table.rows[1:]]
    starts = Counter(min(numbers) for _, numbers in found if numbers)
    usual = max(starts, key=starts.__getitem__, default=0)
    group = ""
    for row, numbers in found:
        labels = [c for at, c in enumerate(row.cells) if at not in numbers and at not in counted and c.strip("-―")]
        if not numbers or not labels:
            continue
        moved = usual - min(numbers) if not row.cells[-1] and min(numbers) < usual else 0
        group = group if moved else row.cells[0] or group
        columns = [(table.heading[at + moved] if at + moved < len(table.heading) else "") for at in numbers]
        yield (
            row,
            " ".join(dict.fromkeys(filter(None, (group, *labels)))),
            list(zip(columns, numbers.values(), strict=True)),
        )


def _numbers(row: Block) -> dict[int, str]:
    cells = enumerate(half(cell) for cell in row.cells)
    return {at: cell for at, cell in cells if is_number(cell)}


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
