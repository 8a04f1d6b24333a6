"""One chart for all measures, at the end of a plan: its rows belong to the measures that they name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.plans.blocks import Kind
from knowledge.plans.findings import Measure, ScheduleRow
from knowledge.plans.outline import Outline
from knowledge.plans.plain import folded
from knowledge.plans.schedules import chart_rows
from knowledge.plans.section import Section
from knowledge.plans.tables import tables_of

FEWEST = 2  # rows that name measures; and half of all rows


def with_roadmaps(outline: Outline, measures: Sequence[Measure]) -> list[Measure]:
    """Measures without a chart of their own filled up from the chart that names them; a heading over it is none."""
    found = list(measures)
    names = {folded(measure.name): at for at, measure in enumerate(found)}
    charts = set()
    for section, rows in _charts(outline):
        named = [row for row in rows if folded(row.item) in names]
        if len(named) < max(FEWEST, len(rows) / 2):
            continue
        charts |= {section.line} if _only_charts(section) else set()
        for row in named:
            at = names[folded(row.item)]
            if not found[at].schedule:
                found[at] = replace(found[at], schedule=(row,))
    return [m for m in found if m.place.line not in charts or m.actions or m.departments]


def _charts(outline: Outline) -> Iterator[tuple[Section, tuple[ScheduleRow, ...]]]:
    for section in outline.sections:
        for table in tables_of(section.blocks):
            rows = chart_rows(table, table.column("name"))
            if rows:
                yield section, rows


def _only_charts(section: Section) -> bool:
    return all(block.kind in {Kind.ROW, Kind.CAPTION, Kind.NOTE} for block in section.blocks)
