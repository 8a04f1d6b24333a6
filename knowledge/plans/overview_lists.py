"""The lists of a plan that may name its measures: items under a heading, columns of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Measure
from knowledge.plans.lists import items_of
from knowledge.plans.names import clean_name, names_in
from knowledge.plans.outline import Outline
from knowledge.plans.section import Section
from knowledge.plans.tables import Table, tables_of

LONGEST_NAME = 60  # characters
_SPEAKS = re.compile("取組(?!む)|施策|事業(?!者)|アクション")


@dataclass(frozen=True)
class Overview:
    """A list of names under one heading."""

    group: str
    names: tuple[str, ...]
    lines: tuple[int, ...]
    section: Section
    speaks: bool


def overviews(outline: Outline, measures: Sequence[Measure]) -> list[Overview]:
    """The lists that may name measures: not those within a measure, a background chapter or a glossary."""
    inside = {line for m in measures for line in range(m.place.line, m.place.last + 1)}
    found: list[Overview] = []
    for section in outline.sections:
        if section.facet or section.line in inside or not _may_list(outline, section):
            continue
        found += _from_items(section)
        found += _from_tables(section)
    return found


def _may_list(outline: Outline, section: Section) -> bool:
    for above in outline.above(section):
        if vocabulary.is_chapter("glossary", above.name) and above.name:
            return False
        if _speaks(above):
            return True
    return not any(vocabulary.is_chapter("background", above.name) for above in outline.above(section) if above.name)


def _speaks(section: Section) -> bool:
    return bool(_SPEAKS.search(vocabulary.key(section.name)))


def _from_items(section: Section) -> Iterator[Overview]:
    for run, _ in items_of(section.blocks):
        named = [block for block in run if _is_name(block)]
        if named and len(named) == len(run):
            names = tuple(clean_name(block.text) for block in named)
            yield Overview(clean_name(section.title), names, tuple(b.line for b in named), section, _speaks(section))
    texts = [block for block in section.blocks if block.kind is Kind.TEXT]
    if len(texts) == 1 == len([b for b in section.blocks if b.kind is not Kind.NOTE]) and _is_name(texts[0]):
        yield Overview(clean_name(section.title), (clean_name(texts[0].text),), (texts[0].line,), section, False)


def _is_name(block: Block) -> bool:
    text = clean_name(block.text)
    return 3 < len(text) <= LONGEST_NAME and not re.search(r"[。]|ます$|です$", text)  # noqa: PLR2004


def _from_tables(section: Section) -> Iterator[Overview]:
    for table in tables_of(section.blocks):
        list_at, group_at = table.column("list"), table.column("group")
        if list_at is None or table.years or table.is_chronology or _keys(table, list_at) or len(table.rows) < 2:  # noqa: PLR2004
            continue
        groups: dict[str, list[tuple[str, int]]] = {}
        group = clean_name(section.title)
        for row in table.rows[1:]:
            cells = [*row.cells, *[""] * len(table.heading)]
            if group_at is not None and cells[group_at]:
                group = clean_name(cells[group_at])
            for name in names_in(cells[list_at]):
                groups.setdefault(group, []).append((clean_name(name), row.line))
        for name, listed in groups.items():
            names, lines = zip(*listed, strict=True)
            yield Overview(name, tuple(names), tuple(lines), section, True)


def _keys(table: Table, list_at: int) -> bool:
    """Whether a column holds the names of parts (概要, 所管課 …) and not of measures."""
    return any(vocabulary.facet_of(row.cells[list_at]) for row in table.rows[1:] if list_at < len(row.cells))
