"""The last resort for measures: numbered sections with text, in two groups or more of one chapter."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Kind
from knowledge.plans.findings import Measure
from knowledge.plans.names import clean_name
from knowledge.plans.outline import Outline
from knowledge.plans.parts import gather, measure_of
from knowledge.plans.plain import half
from knowledge.plans.section import Section

FEWEST = 3  # sections of one kind
FEWEST_GROUPS = 2
_CODE = re.compile(r"^[A-Za-zⅠ-Ⅻア-ン]{0,2}-?\d{1,2}(?:[-.]\d{1,2}){0,2}[\s.:、]\s*(?=\S)")  # A1 市役所まるごと…


def measures_in_leaves(outline: Outline) -> list[Measure]:
    """The measures of a plan that has neither departments nor keys: 目標A over A1, A2, 目標B over B1, B2."""
    kinds: dict[tuple[int, int, str], list[Section]] = defaultdict(list)
    for section in outline.sections[1:]:
        if _is_leaf(outline, section):
            style = section.mark.style if section.mark is not None else ""
            kinds[section.depth, section.rank, style].append(section)
    found = max((leaves for leaves in kinds.values() if _in_groups(outline, leaves)), key=len, default=[])
    return [measure_of(outline, section, _name(section), gather(outline, section)) for section in found]


def _name(section: Section) -> str:
    code = _CODE.match(half(section.name))
    return clean_name(section.name[code.end() if code else 0 :])


def _is_leaf(outline: Outline, section: Section) -> bool:
    told = any(block.kind in {Kind.TEXT, Kind.ITEM} for block in section.blocks)
    if section.facet or section.children or not told:
        return False
    if section.mark is None and not _CODE.match(half(section.name)):
        return False
    names = [above.name for above in outline.above(section) if above.name]
    return not any(vocabulary.is_chapter(kind, name) for name in names for kind in ("background", "glossary", "bodies"))


def _in_groups(outline: Outline, leaves: Sequence[Section]) -> bool:
    """Whether sections stand in groups of one rank, and these in one chapter."""
    groups = [outline.sections[at] for at in {section.parent for section in leaves}]
    chapters = Counter(group.parent for group in groups)
    if len(leaves) < FEWEST or len(groups) < FEWEST_GROUPS or len({group.rank for group in groups}) > 1:
        return False
    return max(chapters) > 0 and len(chapters) == 1
