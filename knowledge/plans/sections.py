"""Blocks put under their headings: a stack of open sections, lost chapters named by the table of contents."""

import re

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.contents import Contents
from knowledge.plans.headings import BRACKET, BRACKET_INSIDE, FACET, named, rank_of
from knowledge.plans.marks import Mark
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section

DEMOTED = 30  # added to the rank of a chapter's number that is out of order


class SectionBuilder:
    """Puts blocks under their headings, with a stack of the sections that are open."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.sections = [Section("", (), 0, 0)]
        self.stack = [0]
        self.reached = 0
        self.counted: dict[str, int] = {}

    @property
    def current(self) -> Section:
        return self.sections[self.stack[-1]]

    def add(self, block: Block, following: Block | None) -> None:
        """The next block of the document."""
        if block.kind is not Kind.HEADING:
            self.current.blocks.append(block)
        elif not block.text or re.fullmatch(r"0\d", half(block.text)):
            self.current.headings.append(block)
        else:
            self._open(block, following)

    def _open(self, block: Block, following: Block | None) -> None:
        again = self._continued(block)
        if again is not None:
            section = self.sections[self.stack[again]]
            del self.stack[again + 1 :]
            section.headings.append(block)
            if block.mark is not None and section.mark is not None and section.mark.style == "roman":
                section.rank, section.mark = block.mark.rank, block.mark
                self._count(block.mark)
            return
        rank = self._rank(block, following)
        self._imply(block)
        while len(self.stack) > 1 and self._closes(self.current, rank, block):
            self.stack.pop()
        self._push(tidy(named(block)), rank, block)

    def _closes(self, section: Section, rank: int, block: Block) -> bool:
        if section.depth and block.depth and _style(section.mark) != _style(block.mark):
            if section.depth < block.depth:
                return False  # the document's own levels say that it stands below
            if section.depth > block.depth and rank != FACET:
                return True
        if section.rank > rank or _beside(section, block):
            return True
        if rank == FACET and block.depth and section.depth == block.depth and section.mark is None:
            return True
        if section.rank < rank:
            return _other_label(section.mark, block.mark)
        subtitle = not section.blocks and not section.children and section.mark is None and block.mark is None
        subtitle = subtitle and self.sections[section.parent].rank != section.rank  # a title has no row of them
        return not (subtitle and rank < BRACKET and section.headings and section.headings[-1].last < block.line)

    def _push(self, title: str, rank: int, block: Block) -> None:
        parent = self.stack[-1]
        path = (*self.sections[parent].path, title)
        section = Section(title, path, rank, block.line, block.mark, parent, name=block.text)
        section.facet = vocabulary.facet_of(block.text) if rank == FACET else ""
        section.headings.append(block)
        section.depth = block.depth
        self._append(section, parent)

    def _append(self, section: Section, parent: int) -> None:
        self.sections.append(section)
        self.sections[parent].children.append(len(self.sections) - 1)
        self.stack.append(len(self.sections) - 1)

    def _continued(self, block: Block) -> int | None:
        """The place in the stack of the section that this heading repeats on the next page, None if it is new."""
        wanted = folded(block.text)
        for place in range(len(self.stack) - 1, 0, -1):
            section = self.sections[self.stack[place]]
            if section.facet or (section.depth and section.depth < block.depth):
                continue  # a part named as its chapter is no second page of it
            known = folded(section.name)
            same_style = section.mark is None or block.mark is None or section.mark.numbers == block.mark.numbers
            if known == wanted and len(wanted) > 1 and same_style:
                return place
        return None

    def _rank(self, block: Block, following: Block | None) -> int:
        rank = rank_of(block)
        mark = block.mark
        if vocabulary.is_row_of_kana(block.text) and self._in_glossary():
            return BRACKET  # 【カ行】 on the level of the glossary's own heading closes nothing
        if rank == FACET and block.depth and following is not None and following.kind is Kind.HEADING:
            rank = rank if following.depth <= block.depth else 1 + 10 * block.depth  # 「## 取組」 as a chapter
        if rank == BRACKET and any(self.sections[at].rank == FACET for at in self.stack):
            siblings = any(self.sections[at].rank == BRACKET for at in self.stack)
            leads = following is not None and following.kind is Kind.HEADING and rank_of(following) == FACET
            return BRACKET if siblings or leads else BRACKET_INSIDE
        if mark is not None and mark.style in {"bare", "point"} and self._is_part(block):
            return FACET
        if mark is not None and mark.style in {"bare", "zero"} and mark.numbers:
            if (
                mark.numbers[0] not in {self.counted.get("chapter", 0), self.counted.get("chapter", 0) + 1}
                and self.counted
            ):
                return rank + DEMOTED
            self._count(mark)
        if mark is not None and mark.style in {"chapter", "part"}:
            self.counted.pop("chapter", None)
        return rank

    def _in_glossary(self) -> bool:
        return any(vocabulary.is_chapter("glossary", self.sections[at].name) for at in self.stack[1:])

    def _is_part(self, block: Block) -> bool:
        """Whether 「4 担当」 stands under 第1節 or 施策1 and is a part of that measure."""
        if vocabulary.facet_of(block.text) in {"", "name", "group"} or block.depth:
            return False
        return any(_style(self.sections[at].mark) in {"section", "label"} for at in self.stack)

    def _count(self, mark: Mark) -> None:
        if mark.style in {"bare", "zero"} and mark.numbers:
            self.counted["chapter"] = mark.numbers[0]

    def _imply(self, block: Block) -> None:
        """Opens the chapters that the table of contents puts above this heading and the text has lost."""
        entries = self.contents.entries
        wanted = folded(block.text)
        found = next((n for n in range(self.reached, len(entries)) if folded(entries[n].title) == wanted), None)
        if found is None or not wanted:
            return
        entry = entries[found]
        if entry.mark is not None and block.mark is not None and entry.mark.numbers != block.mark.numbers:
            return
        self.reached = found + 1
        open_titles = {folded(self.sections[at].name) for at in self.stack}
        for parent in entry.parents:
            title, mark = entries[parent].title, entries[parent].mark
            if folded(title) in open_titles or mark is None or mark.style not in {"chapter", "part", "section"}:
                continue
            while len(self.stack) > 1 and self.current.rank >= mark.rank:
                self.stack.pop()
            label = f"第{mark.numbers[0]}{ {'chapter': '章', 'part': '部'}.get(mark.style, '節') } {title}".replace(
                "  ", " "
            )
            top = self.stack[-1]
            path = (*self.sections[top].path, label)
            chapter = Section(label, path, mark.rank, block.line, mark, top, implied=True, name=title)
            self._append(chapter, top)


def _beside(section: Section, block: Block) -> bool:
    """Whether a numbered heading, no deeper by the document's own levels, ends an unnumbered preface: はじめに."""
    if section.mark is not None or block.mark is None or block.depth > section.depth:
        return False
    if vocabulary.is_chapter("preface", section.name):
        return True
    told = section.depth == block.depth > 0 and any(told.kind is Kind.TEXT for told in section.blocks)
    return told and vocabulary.is_chapter("background", section.name)


def _style(mark: Mark | None) -> str:
    return mark.style if mark is not None else ""


def _other_label(one: Mark | None, other: Mark | None) -> bool:
    """Whether 方針 1-(1) would stand under 方針4."""
    if one is None or other is None or one.style != "label" or other.style != "label" or one.label != other.label:
        return False
    return one.numbers != other.numbers[: len(one.numbers)]
