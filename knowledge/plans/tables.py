"""Rows of cells as tables: runs of rows, their heading row, keys with values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.dates import reiwa, years_of
from knowledge.plans.plain import half
from knowledge.plans.units import is_number

LONGEST_NAME = 40  # characters of a measure's name under the key 取組
KEYS_AFTER_CHARTS = frozenset({"name", "departments", "situation", "goal", "overview", "indicator"})
_CODE = re.compile(
    r"^(?:(?:施策|取組|事業|プロジェクト|個票|アクション|[A-Z]{1,4}|No\.?|№)\s?(?:番号\s?)?[-.]?\s?)(?:\d{1,3}|[A-Z]\d?)(?:[-.]\d{1,2}){0,3}(?!\d)"
    r"|^\d{1,2}(?:-\d{1,2}){1,3}(?!\d)"
)
VALUE_LABEL = re.compile(r"(?:現状|現況|基準|当初|実績|直近|中間|最終|計画|目標)[^\d。]{0,8}(?:\(.{1,16}\))?$")
Pair = tuple[str, str, Block]  # facet, value, the row that says so


@dataclass(frozen=True)
class Table:
    """Rows that stand together; the first is the heading row where `headed` says so."""

    rows: tuple[Block, ...]

    @property
    def heading(self) -> tuple[str, ...]:
        """The cells of the first row."""
        return self.rows[0].cells

    @property
    def years(self) -> dict[int, str]:
        """Column → "R4" … where the first row names fiscal years, else nothing."""
        return years_of(self.heading)

    @property
    def is_chronology(self) -> bool:
        """Whether the rows tell what was done when: 年度 ｜ 主な取組."""
        columns = self.facet_columns()
        return columns.get(0) == "schedule" and set(columns.values()) == {"actions", "schedule"}

    def column(self, name: str) -> int | None:
        """The column whose heading is of this kind (see `vocabulary.is_column`)."""
        return next((at for at, cell in enumerate(self.heading) if vocabulary.is_column(name, cell)), None)

    def facet_columns(self) -> dict[int, str]:
        """Column → facet for the heading cells that name parts of a measure."""
        return {at: facet for at, cell in enumerate(self.heading) if (facet := vocabulary.facet_of_column(cell))}


def tables_of(blocks: Sequence[Block]) -> Iterator[Table]:
    """The tables among blocks: a new one begins after other text, with a heading row of years, with the next sheet."""
    rows: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.ROW:
            if rows:
                yield Table(tuple(rows))
            rows = []
            continue
        apart = block.gap and (
            _is_heading(block) or _other_width(rows, block) or _begins_again(rows, block) or bool(titled(block))
        )
        if rows and (_years(block) or apart or _leaves_chart(rows, block)):
            yield Table(tuple(rows))
            rows = []
        rows.append(block)
    if rows:
        yield Table(tuple(rows))


def _other_width(rows: Sequence[Block], block: Block) -> bool:
    """Whether a row after a gap cannot belong to the chart before it: it has fewer or more cells."""
    return bool(rows) and _years(rows[0]) and len(rows[0].cells) != len(block.cells)


def _begins_again(rows: Sequence[Block], block: Block) -> bool:
    """Whether a row after a gap has the key of the sheet before it: the next measure's sheet begins."""
    first = block.cells[0]
    return bool(vocabulary.facet_of(first) or vocabulary.is_column("number", first)) and any(
        row.cells[0] == first for row in rows
    )


def _leaves_chart(rows: Sequence[Block], block: Block) -> bool:
    """Whether a row under a chart is a key with its value (成果指標 ｜ …) and no row of the chart."""
    if not rows or not _years(rows[0]) or vocabulary.facet_of(block.cells[0]) not in KEYS_AFTER_CHARTS:
        return False
    numbers = [at for at, cell in enumerate(block.cells) if at and is_number(half(cell))]
    return all(VALUE_LABEL.match(half(block.cells[at - 1])) for at in numbers)  # 現状値 ｜ 23手続


def titled(row: Block) -> str:
    """The name in the first row of a measure's sheet, PJ01 ｜ 窓口の改革 ｜ ｜ or 施策1-2 窓口の改革 ｜ ｜; else ""."""
    filled = list(dict.fromkeys(filter(None, row.cells)))
    if len(filled) > 2 or any(vocabulary.facet_of(cell) for cell in filled):  # noqa: PLR2004
        return ""
    code = _CODE.match(half(filled[0])) if filled else None
    if code is None:
        return ""
    rest = filled[0][code.end() :].strip(" 　:：．.")
    name = rest or (filled[1] if len(filled) > 1 else "")
    return name if 2 < len(name) <= LONGEST_NAME and "。" not in name and not is_number(half(name)) else ""  # noqa: PLR2004


def _years(block: Block) -> bool:
    return bool(years_of(block.cells))


def _is_heading(block: Block) -> bool:
    filled = [cell for cell in block.cells if cell]
    named = sum(
        any(vocabulary.is_column(kind, cell) for kind in ("term", "definition", "name", "group", "list"))
        or bool(vocabulary.facet_of(cell))
        for cell in filled
    )
    return len(filled) > 1 and named == len(filled)


def pairs(table: Table) -> list[Pair]:
    """Facet, value, row of a table of keys and values; values that go on in a row without a key are joined."""
    found: list[Pair] = []
    for row in table.rows:
        cells = list(row.cells)
        keyed = False
        for at in range(0, len(cells) - 1):
            facet = vocabulary.facet_of(cells[at])
            if facet and (at == 0 or not vocabulary.facet_of(cells[at - 1])) and not vocabulary.facet_of(cells[at + 1]):
                value = (
                    cells[at + 1]
                    if at + 2 < len(cells) and vocabulary.facet_of(cells[at + 2])
                    else " ".join(dict.fromkeys(filter(None, _until_key(cells, at + 1))))
                )
                found.append((facet, value, row))
                keyed = True
        if not keyed and found and not cells[0]:
            facet, value, first = found[-1]
            found[-1] = (facet, f"{value} {' '.join(filter(None, cells))}".strip(), first)
    return _named(found, table.rows[0])


def _named(keyed: list[Pair], first: Block) -> list[Pair]:
    """The pairs with 取組 or 施策 as the key of the name where another row says what is done: 取組 ｜ ① スマホ役場."""
    if any(facet == "name" for facet, _, _ in keyed):
        return keyed
    name = titled(first)
    if name and len({facet for facet, _, _ in keyed}) > 1:
        return [("name", name, first), *keyed]
    names = [_may_name(facet, value, row) for facet, value, row in keyed]
    described = [
        facet in {"actions", "overview"} and not named for (facet, *_), named in zip(keyed, names, strict=True)
    ]
    if not names or not names[0] or sum(described) < sum(names):
        return keyed
    return [("name" if named else facet, value, row) for (facet, value, row), named in zip(keyed, names, strict=True)]


def _may_name(facet: str, value: str, row: Block) -> bool:
    return (
        facet == "actions"
        and vocabulary.is_column("name", row.cells[0])
        and 0 < len(value) <= LONGEST_NAME
        and "。" not in value
    )


def years_in_keys(rows: Sequence[Block]) -> dict[str, str]:
    """The years of a table of keys and values: R5 ｜ 構築, R6 ｜ 開設 → {R5: 構築, R6: 開設}."""
    said = {reiwa(row.cells[0]): " ".join(filter(None, row.cells[1:])) for row in rows if len(row.cells) > 1}
    return {year: cell for year, cell in said.items() if year}


def _until_key(cells: Sequence[str], start: int) -> list[str]:
    taken = []
    for cell in cells[start:]:
        if vocabulary.facet_of(cell):
            break
        taken.append(cell)
    return taken
