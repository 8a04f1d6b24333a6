"""Measures in tables: a row each, or a table of keys each that begins with the name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.plans.columns import departments_column, name_column
from knowledge.plans.findings import Measure, ScheduleRow
from knowledge.plans.names import clean_name, names_in, without_number
from knowledge.plans.outline import Outline
from knowledge.plans.parts import Parts, gather, measure_of, subject_of
from knowledge.plans.plain import folded
from knowledge.plans.schedules import chart_rows, rows_in_words
from knowledge.plans.section import Section
from knowledge.plans.tables import Pair, Table, pairs, tables_of, years_in_keys

LONGEST_NAME = 80  # characters


def rows_are_measures(table: Table) -> bool:
    """Whether each row of a table is a measure: a column of names and one of departments or content."""
    name = name_column(table)
    if name is None or len(table.rows) < 2:  # noqa: PLR2004
        return False
    facets = {*table.facet_columns().values(), *({"departments"} if departments_column(table) is not None else ())}
    return not table.is_chronology and bool(
        facets & {"departments", "overview", "situation", "goal"}
        or (facets & {"actions"} and len(facets) > 1 and not table.years)
    )


def measures_in_tables(outline: Outline, section: Section) -> Iterator[Measure]:
    """Measures in tables: a row each, or a table of keys each that begins with the measure's name."""
    for table in tables_of(section.blocks):
        if rows_are_measures(table):
            yield from _row_by_row(outline, section, table)
        elif not table.years:
            yield from _key_by_key(outline, section, table)


def over_rows(outline: Outline, section: Section) -> Measure:
    """施策1 whose 取組 are the rows of a table: what is said of it, with the names of the rows as what is done."""
    parts = gather(outline, section)
    rows = [row for under in outline.under(section) for row in measures_in_tables(outline, under)]
    parts.said["actions"] = [row.name for row in rows]
    parts.said.pop("departments", None)
    parts.rows.clear()
    return measure_of(outline, section, clean_name(section.name), parts)


def _row_by_row(outline: Outline, section: Section, table: Table) -> Iterator[Measure]:
    name_at, departments_at = name_column(table), departments_column(table)
    columns = table.facet_columns() | ({departments_at: "departments"} if departments_at is not None else {})
    charts = {row.item: row for row in chart_rows(table, name_at)}
    group = ""
    group_at = table.column("group")
    for row in table.rows[1:]:
        cells = dict(enumerate(row.cells))
        group = (cells.get(group_at, "") if group_at is not None else "") or group
        for name in map(clean_name, names_in(cells.get(name_at or 0, ""))):
            if not name or len(name) > LONGEST_NAME:
                continue
            parts = Parts(last=row.last)
            for at, facet in columns.items():
                if at != name_at and cells.get(at):
                    parts.add(facet, cells[at])
            parts.rows += [charts[item] for item in charts if folded(item) == folded(name)]
            for text in parts.said.get("schedule", []):
                parts.rows += rows_in_words(text, name)
            yield replace(measure_of(outline, section, name, parts, row), group=group or subject_of(outline, section))


def _key_by_key(outline: Outline, section: Section, table: Table) -> Iterator[Measure]:
    keyed = pairs(table)
    names = [at for at, (facet, value, _) in enumerate(keyed) if facet == "name" and value]
    starts = _starts(keyed, names)
    for at, start, end in zip(names, starts, [*starts, len(keyed)][1:], strict=True):
        _, name, row = keyed[at]
        parts = Parts(last=keyed[end - 1][2].last)
        until = keyed[end][2].line if end < len(keyed) else table.rows[-1].line + 1
        told = years_in_keys([other for other in table.rows if row.line < other.line < until])
        parts.rows += [ScheduleRow("", told)] if told else []
        _add_pairs(parts, [*keyed[start:at], *keyed[at + 1 : end]])
        if len(starts) == 1:
            _add_rest(parts, section, row.line)
        measure = measure_of(outline, section, clean_name(without_number(name)), parts, row)
        yield replace(measure, group=subject_of(outline, section))


def _starts(keyed: Sequence[Pair], names: Sequence[int]) -> list[int]:
    """Where each measure of a table of keys begins: with its name, or with the keys that stand above each name."""
    above = names[0] if names else 0
    if all(at >= above and keyed[at - above][0] == keyed[0][0] for at in names):
        return [at - above for at in names]
    return list(names)


def _add_pairs(parts: Parts, keyed: Iterable[Pair]) -> None:
    for facet, value, _ in keyed:
        parts.add(facet, value)
        if facet == "schedule":
            parts.rows += rows_in_words(value)


def _add_rest(parts: Parts, section: Section, line: int) -> None:
    """Charts and further keys that follow a table of keys in the same section, up to the next measure's table."""
    for table in tables_of(section.blocks):
        if table.rows[0].line <= line:
            continue
        keyed = [] if table.years else pairs(table)
        if any(facet == "name" for facet, _, _ in keyed):
            return
        _add_pairs(parts, keyed)
        parts.rows += chart_rows(table)
        parts.last = max(parts.last, table.rows[-1].last)
