"""Measures in lists: 「■ 電子契約の導入（財政課）」, each with what stands under it up to the next one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Measure
from knowledge.plans.names import clean_name, without_number
from knowledge.plans.offices import named_with_departments
from knowledge.plans.outline import Outline
from knowledge.plans.parts import Parts, measure_of, subject_of
from knowledge.plans.section import Section

FEWEST = 2  # items of a section that end with a department
LONGEST_NAME = 40  # characters
_EXPLAINED = re.compile(r"^(?P<name>[^:：。]{3,40})[:：]\s*(?P<text>\S.*)$")


def items_are_measures(section: Section) -> bool:
    """Whether the items of a section are measures: two or more end with the department that does them."""
    return sum(_starts(block) for block in section.blocks) >= FEWEST


def measures_in_items(outline: Outline, section: Section) -> Iterator[Measure]:
    """The measures that the items of a section name, each with its department."""
    if section.facet or not items_are_measures(section):
        return
    starts = [at for at, block in enumerate(section.blocks) if _starts(block)]
    for at, end in zip(starts, [*starts[1:], len(section.blocks)], strict=True):
        yield _measure(outline, section, section.blocks[at], section.blocks[at + 1 : end])


def _starts(block: Block) -> bool:
    return block.kind is Kind.ITEM and bool(named_with_departments(block.text)[1])


def _measure(outline: Outline, section: Section, first: Block, rest: list[Block]) -> Measure:
    text, departments = named_with_departments(first.text)
    explained = _EXPLAINED.match(text)
    name = clean_name(without_number(explained["name"] if explained else text))
    parts = Parts(last=rest[-1].last if rest else first.last)
    parts.add("text", explained["text"] if explained else "")
    for block in rest:
        if block.kind in {Kind.TEXT, Kind.ITEM}:
            parts.add("text", block.text)
    measure = measure_of(outline, section, name, parts, first)
    return replace(measure, departments=departments, group=subject_of(outline, section))
