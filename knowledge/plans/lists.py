"""Enumerations with a name: items under a heading, items after a sentence that leads to them, and items in brackets."""

import re
from collections.abc import Iterator, Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Listed
from knowledge.plans.names import clean_name, without_number
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import half, tidy
from knowledge.plans.scopes import scope_of
from knowledge.plans.section import Section
from knowledge.plans.tables import tables_of

FEWEST = 2  # items of a list with a heading
SHORT_LEAD = 40  # characters of a line that names the list after it
FEWEST_INLINE = 4  # items in brackets
_LEADS = re.compile(r"(?:以下|次|下記|とおり|通り|[:：]$|示し|掲げ)")
_BRACKETED = re.compile(r"(?P<what>[A-Za-z0-9ァ-ヺー・一-龥ぁ-ん]{2,30})[（(](?P<items>[^（）()]{8,400})[）)]")
_CIRCLED = re.compile(r"[①-⑳]")
_DOTS = re.compile(r"\s?[●○◆■・]\s?")


def find_lists(outline: Outline) -> tuple[Listed, ...]:
    """The lists in the order of their lines."""
    found: list[Listed] = []
    for section in outline.sections:
        if any(vocabulary.is_chapter("glossary", above.name) for above in outline.above(section) if above.name):
            continue
        found += _runs(outline, section)
        found += _columns(section)
        for block in section.blocks:
            found += _inline(outline, section, block)
    return tuple(sorted(found, key=lambda listed: listed.place.line))


def items_of(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], Block | None]]:
    """Runs of items that belong together, each with the paragraph before it."""
    run: list[Block] = []
    lead: Block | None = None
    for block in blocks:
        goes_on = block.kind is Kind.ITEM and (not run or _alike(run[0], block) or block.depth > run[0].depth)
        if goes_on:
            run.append(block)
            continue
        if run:
            yield run, lead
        run = [block] if block.kind is Kind.ITEM else []
        lead = block if block.kind is Kind.TEXT else None
    if run:
        yield run, lead


def _alike(first: Block, other: Block) -> bool:
    one, two = first.mark, other.mark
    return (one is None) == (two is None) and (one is None or two is None or one.style == two.style)


def single_items(run: Sequence[Block]) -> list[str]:
    """The items of a run; a line such as 「住民基本台帳 ●選挙人名簿管理 ●固定資産税」 holds several."""
    names = []
    for block in run:
        parts = _DOTS.split(block.text) if re.search(r"\s[●○◆■]", block.text) else [block.text]
        names += [clean_name(part) for part in parts if tidy(part)]
    return names


def _runs(outline: Outline, section: Section) -> Iterator[Listed]:
    for run, lead in items_of(section.blocks):
        items = single_items(run)
        if len(items) < FEWEST or sum("。" in item for item in items) > len(items) // 2:
            continue
        what = clean_name(section.name)
        if lead is not None and len(lead.text) <= SHORT_LEAD and "。" not in lead.text:
            what = lead.text.rstrip(":：")
        elif lead is not None and _LEADS.search(lead.text[-40:]):
            what = lead.text[-80:]
        place = place_of(section, run[0].line, run[-1].last, run[0])
        yield Listed(what, tuple(items), place, scope_of(outline, section, what))


def _columns(section: Section) -> Iterator[Listed]:
    """A table of groups and what belongs to them: one list a group."""
    for table in tables_of(section.blocks):
        group_at, list_at = table.column("group"), table.column("list")
        if group_at is None or list_at is None or group_at == list_at:
            continue
        groups: dict[str, list[str]] = {}
        lines: dict[str, Block] = {}
        name = ""
        for row in table.rows[1:]:
            cells = [*row.cells, *[""] * len(table.heading)]
            name = cells[group_at] or name
            if cells[list_at]:
                groups.setdefault(name, []).append(clean_name(without_number(cells[list_at])))
                lines.setdefault(name, row)
        for name, items in groups.items():
            yield Listed(name, tuple(items), place_of(section, lines[name].line, lines[name].last, lines[name]))


def _inline(outline: Outline, section: Section, block: Block) -> Iterator[Listed]:
    """Items in brackets after their name, 「主要な業務（戸籍、就学、…）」, and ①…②…③ within a sentence."""
    if block.kind is Kind.HEADING:
        return
    for match in _BRACKETED.finditer(half(block.text)):
        items = [tidy(item) for item in re.split("[、,]", match["items"])]
        if len(items) >= FEWEST_INLINE and all(1 < len(item) <= 30 for item in items):  # noqa: PLR2004
            place = place_of(section, block.line, block.last, block)
            yield Listed(match["what"], tuple(items), place, scope_of(outline, section, block.text))
    marks = [match.start() for match in _CIRCLED.finditer(block.text)]
    if len(marks) >= 3 and block.kind is not Kind.ITEM:  # noqa: PLR2004
        parts = [
            tidy(block.text[at + 1 : end]).strip("、。") for at, end in zip(marks, [*marks, None][1:], strict=False)
        ]
        place = place_of(section, block.line, block.last, block)
        what = tidy(block.text[: marks[0]])[-60:] or section.name
        yield Listed(what, tuple(parts), place, scope_of(outline, section, block.text))
