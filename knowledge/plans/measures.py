"""The measures of a plan: sections with the parts of a measure, tables of measures, names in overview lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.plans import vocabulary
from knowledge.plans.findings import Measure
from knowledge.plans.item_measures import items_are_measures, measures_in_items
from knowledge.plans.joining import joined
from knowledge.plans.measure_tables import measures_in_tables, over_rows, rows_are_measures
from knowledge.plans.names import clean_name, without_number
from knowledge.plans.offices import named_with_departments
from knowledge.plans.outline import Outline
from knowledge.plans.parts import GROUPING, gather, measure_of, seconds
from knowledge.plans.recurring import with_recurring
from knowledge.plans.roadmaps import with_roadmaps
from knowledge.plans.schedules import is_plan_of_years
from knowledge.plans.section import Section
from knowledge.plans.tables import pairs, tables_of

MEASURES = frozenset(
    {"プロジェクト", "アクション", "事業", "事業番号", "取組", "取り組み", "取組事項", "施策", "個別施策"}
)
TELLING = frozenset({"actions", "goal", "departments", "schedule", "overview", "indicator"})


def find_measures(outline: Outline) -> tuple[list[Measure], dict[int, Section]]:
    """The measures in the order of their lines, without those that only background chapters speak of.

    With them the parts that a measure has twice (line of the measure → section): another one has lost its heading.
    """
    found: list[Measure] = []
    tabled: list[Measure] = []
    orphans: dict[int, Section] = {}
    for section in outline.sections[1:]:
        if _is_background(outline, section):
            continue
        tabled += measures_in_tables(outline, section)
        tabled += measures_in_items(outline, section)
        if section.facet:
            continue
        measure = _in_section(outline, section)
        if measure is not None:
            found.append(measure)
            repeated = seconds(outline, section)
            if repeated:
                orphans[measure.place.line] = repeated[0]
    measures = with_recurring(outline, joined(found, tabled))
    return sorted(with_roadmaps(outline, measures), key=lambda measure: measure.place.line), orphans


def _is_background(outline: Outline, section: Section) -> bool:
    """Whether a section stands in a chapter of background, glossary or annex."""
    labelled = False
    for above in outline.above(section):
        if above is not section and _speaks_of_measures(above):
            return False
        labelled = labelled or (above.mark is not None and above.mark.style == "label")
        if vocabulary.is_chapter("glossary", above.name) and above.name:
            return True
        if above is not section and vocabulary.is_chapter("background", above.name):
            bare = above.mark is None and not above.depth
            return not (bare and labelled)  # nothing closes はじめに before 施策1
    return False


def _speaks_of_measures(section: Section) -> bool:
    name = section.name
    if not name or vocabulary.is_plan_title(name):
        return False
    return vocabulary.is_chapter("measures", name) and not _only_background(name)


def _only_background(title: str) -> bool:
    return bool(re.search("国の動向|背景|現状|位置づ?付?け|国が", title)) and not re.search(
        "取組|施策", vocabulary.key(title)
    )


def _in_section(outline: Outline, section: Section) -> Measure | None:
    """The measure that a section describes, None where it describes none."""
    nearest = [outline.sections[child] for child in section.children]
    facets = _facets(section, nearest)
    if "name" in facets:
        return None
    if any(rows_are_measures(table) for child in nearest for table in tables_of(child.blocks)):
        return over_rows(outline, section) if section.mark is not None and "施策" in section.mark.label else None
    charted = any(is_plan_of_years(table) and not rows_are_measures(table) for table in tables_of(section.blocks))
    charted = charted or any(table.years for child in nearest if child.facet for table in tables_of(child.blocks))
    told = facets & TELLING
    full = bool(told) and (len(facets) > 1 or charted)
    if any(not child.facet and _described(outline, child) for child in nearest):
        return None
    if items_are_measures(section) and not full:
        return None
    signed = section.mark is not None and section.mark.style == "sign"  # ◇１ 窓口の改善
    name, departments = named_with_departments(without_number(section.name) if signed else section.name)
    timed = any(vocabulary.is_chapter("period", above.name) for above in outline.above(section))
    chartered = charted and not timed and section.mark is not None
    listed = (_leaf(outline, section, nearest) and bool(section.blocks)) or _is_named_measure(outline, section)
    told_of = full or ((chartered or listed) and not vocabulary.is_chapter("background", section.name))
    if not (told_of or departments):
        return None
    measure = measure_of(outline, section, clean_name(name), gather(outline, section))
    return replace(measure, departments=departments or measure.departments)


def _facets(section: Section, nearest: Sequence[Section]) -> set[str]:
    """The parts of a measure that a section has: under headings of their own, or in its tables of keys."""
    facets = {child.facet for child in nearest if child.facet}
    tables = (t for t in tables_of(section.blocks) if not t.years and not rows_are_measures(t))
    return facets | {facet for table in tables for facet, _, _ in pairs(table)}


def _described(outline: Outline, section: Section) -> bool:
    """Whether a section has parts of a measure of its own."""
    return any(outline.sections[child].facet in TELLING for child in section.children)


def _is_named_measure(outline: Outline, section: Section) -> bool:
    """Whether a heading says itself that it is a measure, プロジェクト01, アクション2, and holds no others."""
    mark = section.mark
    if mark is None or mark.label not in MEASURES or section.rank <= GROUPING:
        return False
    below = list(outline.under(section))
    apart = any(other is not section and other.mark is not None and other.mark.style == "label" for other in below)
    held = any(
        rows_are_measures(t) or any(f == "name" for f, *_ in pairs(t)) for s in below for t in tables_of(s.blocks)
    )
    return not apart and not held and sum(bool(other.blocks) for other in below) > 1


def _leaf(outline: Outline, section: Section, nearest: Sequence[Section]) -> bool:
    """Whether a section is a numbered one without others below, in a chapter that lists measures."""
    if section.mark is None or not section.mark.numbers or any(not child.facet and child.mark for child in nearest):
        return False
    if section.mark.style == "label" and section.rank == GROUPING:
        return False
    if section.rank >= 60 and section.mark.style != "paren":  # noqa: PLR2004
        return False
    above = list(outline.above(section))[1:]
    return any(_speaks_of_measures(other) for other in above) and not any(
        other.mark is not None and _chartless_measure(outline, other) for other in above
    )


def _chartless_measure(outline: Outline, section: Section) -> bool:
    return bool({outline.sections[child].facet for child in section.children} & TELLING)
