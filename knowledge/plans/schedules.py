"""Fiscal-year charts and timetables in words → rows of years."""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block
from knowledge.plans.dates import DATE, reiwa, western
from knowledge.plans.findings import ScheduleRow
from knowledge.plans.names import without_number
from knowledge.plans.plain import half, tidy
from knowledge.plans.tables import Table
from knowledge.plans.units import is_number

_IN_WORDS = re.compile(
    r"((?:令和|R)\s?(?:\d{1,2}|元)\s?(?:年度|年(?!度))?(?![年度])(?:\s?[(]\d{4}[)])?|20\d{2}\s?(?:年度|年(?!度)))(?:\s?(?:[~・-]|から)\s?((?:令和|R)?\s?\d{1,4}\s?(?:年度?)?)){0,8}\s?(?:[:：=＝]|…{1,3})?\s*(?!度)((?:(?!\s(?:令和|R\s?\d|20\d{2}\s?年))[^、,。;；→⇒/]){1,40})"
)
_BARE_YEARS = re.compile(r"(?<![\d和成Rr元])(?<![和成R]\s)(\d{1,2})年度")
_BEFORE_YEARS = re.compile(r"^[・\s]*(?P<item>[^。、:：]{2,40}?)(?:\s*[:：]\s*|\s+)$")  # 来庁予約　R7 構築 → R8 運用
LONGEST_SPAN = 10  # fiscal years
ITEMS = frozenset({"name", "actions", "schedule"})  # headings of the column that names a chart's rows
ARROWS = frozenset("→⇒➡▶►⇨-~ー─━―")


def chart_rows(table: Table, name_at: int | None = None) -> tuple[ScheduleRow, ...]:
    """The rows of a chart whose heading row names years; empty where the table is none. `name_at`: the items' column.

    A cell that may be merged with empty ones after it, or a row without any filled cell, is marked uncertain.
    """
    years = table.years
    if not years:
        return ()
    parts = {at for at, facet in table.facet_columns().items() if facet not in ITEMS}
    columns = [name_at] if name_at is not None else [at for at in range(min(years)) if at not in parts]
    columns = columns or [at for at in range(min(years)) if table.heading[at]]
    rows: list[ScheduleRow] = []
    for block in table.rows[1:]:
        rows += _chart_row(block, years, columns)
    return tuple(rows)


def _chart_row(block: Block, years: dict[int, str], columns: Sequence[int]) -> list[ScheduleRow]:
    cells = block.cells
    said = {year: cells[at] if at < len(cells) else "" for at, year in years.items()}
    listed = [cells[at] for at in columns if at < len(cells)]
    names = [cell for cell in listed if cell and cell not in said.values()] or [cell for cell in listed if cell]
    names = [name for name in names if vocabulary.facet_of(name) != "schedule"]  # いつやるか beside every row
    item = without_number(names[-1]) if names else _only_words(said)
    if not item and not any(said.values()):
        return []
    return [ScheduleRow(item, said, _uncertain(said))]


def _only_words(said: dict[str, str]) -> str:
    """The words of a row that says them once, in a cell drawn over several years; "" where each year has its own."""
    words = [cell for cell in said.values() if cell and cell not in ARROWS]
    return without_number(words[0]) if len(words) == 1 else ""


def _uncertain(said: dict[str, str]) -> tuple[str, ...]:
    """Years whose cell is empty after a filled one, or all of a row in which nothing is filled."""
    found = []
    filled = False
    for year, cell in said.items():
        if cell:
            filled = True
        elif filled:
            found.append(year)
    return tuple(found) if filled else tuple(said)


def rows_in_words(text: str, item: str = "") -> tuple[ScheduleRow, ...]:
    """A timetable in words, 「令和4年度：検討、令和5年度：実施」 or 「令和5年度から」, as one row; else nothing."""
    said: dict[str, str] = {}
    text = _with_era(text)
    first = _IN_WORDS.search(half(text))
    named = _BEFORE_YEARS.match(half(text)[: first.start()]) if first and not item else None
    item = named["item"] if named else item
    for match in _IN_WORDS.finditer(half(text)):
        year = reiwa(match[1].strip())
        what = tidy(match[3]).strip(" :：・")
        if what.startswith(("から", "より", "まで", "以降", "末")):
            what = tidy(match[0])
        for each in _span(year, match[2] or "") if what else ():
            said.setdefault(each, what)
    if not said:
        dates = [reiwa(f"R{(western(d[0]) or 2018) - 2018}") for d in DATE.finditer(half(text))]
        said = {year: tidy(text) for year in dates[:1] if year}
    return (ScheduleRow(item, said),) if said else ()


def _with_era(text: str) -> str:
    """６年度 検討 ７年度 実施 → 令和6年度 検討 令和7年度 実施; any other text as it is."""
    bare = [int(number) for number in _BARE_YEARS.findall(half(text))]
    follow = len(bare) > 1 and all(later - year == 1 for year, later in pairwise(bare))
    return _BARE_YEARS.sub(r"令和\1年度", half(text)) if follow else text


def _span(year: str, until: str) -> list[str]:
    """R8, 「R9」 → [R8, R9]; a year alone where no later one is named."""
    last = re.search(r"\d{1,2}$", reiwa(until if re.match("令和|R|20", until) else f"R{until}"))
    if not year.startswith("R") or last is None:
        return [year] if year else []
    return [f"R{n}" for n in range(int(year[1:]), min(int(last[0]), int(year[1:]) + LONGEST_SPAN) + 1)] or [year]


def is_plan_of_years(table: Table) -> bool:
    """Whether a chart says what is done in its years, and not only how much was counted in them."""
    said = [cell for row in chart_rows(table) for cell in row.years.values() if cell.strip("-－―ー")]
    return bool(table.years) and not (said and all(is_number(half(cell)) for cell in said))


def timetables(tables: Sequence[Table]) -> tuple[ScheduleRow, ...]:
    """All rows of all charts among these tables, in order."""
    return tuple(row for table in tables for row in chart_rows(table))
