"""Measures by the shape of their blocks alone, whatever words a plan uses for their parts."""

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.plans import vocabulary
from knowledge.plans.anchors import OFTEN, Item, items_of
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Measure
from knowledge.plans.numbered_leaves import measures_in_leaves
from knowledge.plans.outline import Outline
from knowledge.plans.parts import Parts, measure_of, subject_of
from knowledge.plans.plain import folded
from knowledge.plans.schedules import chart_rows
from knowledge.plans.sheets import FEWEST, Sheet, sheets_by_departments, sheets_by_keys, sheets_by_names
from knowledge.plans.tables import tables_of


def with_recurring(outline: Outline, measures: Sequence[Measure]) -> list[Measure]:
    """The measures with those of recurring blocks that none of them tells of.

    Blocks without departments may be anything: they are read only where most measures are still missing.
    """
    items = items_of(outline)
    often = Counter(folded(measure.name) for measure in measures)
    found = [measure for measure in measures if often[folded(measure.name)] < OFTEN]  # a key of the plan's own is none
    for sheets in (sheets_by_departments(items), sheets_by_names(items)):
        found = _filled(outline, items, found, sheets)
    keyed = sheets_by_keys(items)
    found = _filled(outline, items, found, keyed) if len(found) < len(keyed) / 2 else found
    return found or measures_in_leaves(outline)


def _filled(outline: Outline, items: Sequence[Item], found: list[Measure], sheets: Sequence[Sheet]) -> list[Measure]:
    """The measures and the untold blocks; where most are untold, what was found among them is a group's heading."""
    if len(sheets) < FEWEST:
        return found
    within = [(items[sheet.start].block.line, items[sheet.at].block.line) for sheet in sheets]
    found = [_signed(sheets, _sheet_at(within, measure.place.line), measure) for measure in found]
    places = [_sheet_at(within, measure.place.line) for measure in found]
    names = {folded(measure.name) for measure in found}
    untold = [s for at, s in enumerate(sheets) if at not in places and folded(s.title) not in names]
    if len(untold) > len(sheets) / 2:
        last = items[sheets[-1].end - 1].block.last
        told = zip(found, places, strict=True)
        found = [m for m, at in told if at is not None or not _is_group(within, last, m)]
    return [*found, *(_measure(outline, items, sheet) for sheet in untold)]


def _is_group(within: Sequence[tuple[int, int]], last: int, measure: Measure) -> bool:
    """Whether what was found as a measure stands among the blocks, or holds several of them."""
    held = bisect_right(within, (measure.place.last, sys.maxsize)) - bisect_right(within, (measure.place.line, 0))
    return within[0][0] <= measure.place.line <= last or held > 1


def _signed(sheets: Sequence[Sheet], at: int | None, measure: Measure) -> Measure:
    """A measure with the departments of its block where its own reading found none."""
    return measure if at is None or measure.departments else replace(measure, departments=sheets[at].departments)


def _sheet_at(within: Sequence[tuple[int, int]], line: int) -> int | None:
    """Which block has a line between where it begins and its key."""
    at = bisect_right(within, (line, sys.maxsize)) - 1
    return at if at >= 0 and within[at][0] <= line <= within[at][1] else None


def _measure(outline: Outline, items: Sequence[Item], sheet: Sheet) -> Measure:
    parts = Parts(last=max(item.block.last for item in items[sheet.start : sheet.end]))
    rows: list[Block] = []
    for item in items[sheet.start : sheet.end]:
        if item.block.kind is Kind.ROW and (not rows or rows[-1] is not item.block):
            rows.append(item.block)
        if item is not sheet.name and item is not items[sheet.start]:
            label = item.shape[-1] if item.shape[0] in {"cell", "key"} else ""
            facet = vocabulary.facet_of(label) or item.section.facet or "text"
            parts.add("text" if facet == "name" else facet, item.value)
    for table in tables_of(rows):
        parts.rows += chart_rows(table)
    measure = measure_of(outline, sheet.name.section, sheet.title, parts, sheet.name.block)
    return replace(measure, departments=sheet.departments, group=subject_of(outline, sheet.name.section))
