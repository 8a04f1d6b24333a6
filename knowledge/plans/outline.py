"""A plan's outline: a tree of sections with heading paths; every line is in a section or left out with a reason."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind, read_blocks, rule_line
from knowledge.plans.contents import Contents, find_contents
from knowledge.plans.document import Document, Line
from knowledge.plans.findings import Place
from knowledge.plans.headings import BRACKET, BRACKET_INSIDE, FACET, named, promote, rank_of
from knowledge.plans.marks import Mark
from knowledge.plans.plain import folded, half, tidy

DEMOTED = 30  # added to the rank of a chapter's number that is out of order
OFTEN = 3  # pages on which a line must recur to be a running head
LONGEST_HEAD = 50  # characters of a running head
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*\d{1,3}\s*-|[Pp]\.?\s?\d{1,3}|[1-9]\d{0,2}(?:\s?/\s?\d{1,3})?)\s*$")
_LONE_NUMBER = re.compile(r"^\s*(?:#{1,6}\s+)?0\d\s*$")


@dataclass
class Section:
    """A heading with what stands under it; `name` is the title without its mark.

    `implied` where only the table of contents names it; `facet` where it is a part of a measure.
    """

    title: str
    path: tuple[str, ...]
    rank: int
    line: int
    mark: Mark | None = None
    parent: int = -1
    depth: int = 0
    implied: bool = False
    facet: str = ""
    name: str = ""
    blocks: list[Block] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    headings: list[Block] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The last line of what stands directly under the heading."""
        return self.blocks[-1].last if self.blocks else self.line


@dataclass(frozen=True)
class Outline:
    """Sections in order (the first one stands for the cover), contents, and lines left out with their reason."""

    sections: tuple[Section, ...]
    contents: Contents
    left_out: tuple[tuple[Line, str], ...]

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Every block that is no heading, with its section, in order."""
        for section in self.sections:
            for block in section.blocks:
                yield section, block

    def under(self, section: Section) -> Iterator[Section]:
        """The section and all below it, in order."""
        waiting = [section]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(self.sections[child] for child in reversed(current.children))

    def above(self, section: Section) -> Iterator[Section]:
        """The section, then the one it stands under, up to the top."""
        current: Section | None = section
        while current is not None:
            yield current
            current = self.sections[current.parent] if current.parent >= 0 else None


def place_of(section: Section, first: int, last: int = 0, block: Block | None = None) -> Place:
    """Where something stands."""
    page = block.lines[0].page if block else None
    return Place(section.path, first, max(first, last), page)


def outline_of(document: Document) -> Outline:
    """The outline of a document; no line of it is lost."""
    contents = find_contents(document.lines)
    heads = _running_heads(document.lines)
    kept: list[Line] = []
    left: list[tuple[Line, str]] = []
    shown: set[str] = set()
    for place, line in enumerate(document.lines):
        reason = _reason(line, place, contents, heads)
        if reason == "running_head" and line.text.strip() not in shown:
            shown.add(line.text.strip())  # the first one may be the title on the cover
            reason = ""
        if reason and line.text.strip():
            left.append((line, vocabulary.reason(reason)))
        elif not reason:
            kept.append(line)
    kept = _numbers_joined(kept)
    blocks = promote(read_blocks(kept), frozenset(folded(entry.title) for entry in contents.entries))
    builder = _Builder(contents)
    for place, block in enumerate(blocks):
        builder.add(block, blocks[place + 1] if place + 1 < len(blocks) else None)
    return Outline(tuple(builder.sections), contents, (*document.left_out, *left))


def _reason(line: Line, place: int, contents: Contents, heads: frozenset[str]) -> str:
    if place in contents.places:
        return "contents"
    text = line.text.strip()
    if text and rule_line(text):
        return "rule"
    if text in heads:
        return "running_head"
    return "page_number" if _PAGE_NUMBER.match(half(text)) else ""


def _running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """Lines that stand first or last on many pages with the same text."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        if line.page is not None and line.text.strip():
            pages.setdefault(line.page, []).append(line.text.strip())
    if len(pages) < OFTEN:
        return _beside_numbers(lines)
    counts = Counter(text for texts in pages.values() for text in {*texts[:2], *texts[-2:]})
    least = max(OFTEN, len(pages) // 3)
    return frozenset(
        text for text, count in counts.items() if count >= least and len(text) <= LONGEST_HEAD and "\t" not in text
    )


def _beside_numbers(lines: Sequence[Line]) -> frozenset[str]:
    """Running heads of a text without pages: lines that stand again and again right beside a page number."""
    filled = [line.text.strip() for line in lines if line.text.strip()]
    counts: Counter[str] = Counter()
    for before, text, after in zip([""] + filled, filled, filled[1:] + [""], strict=False):
        if _PAGE_NUMBER.match(half(text)):
            counts.update({before, after} - {""})
    heads = (text for text, count in counts.items() if count >= OFTEN - 1 and len(text) <= LONGEST_HEAD)
    return frozenset(text for text in heads if not text.startswith(("#", "|", "-")) and "\t" not in text)


def _numbers_joined(lines: list[Line]) -> list[Line]:
    """Lines in which a lone 07 stands before the heading that it numbers: both stay, the heading learns its number.

    The lone number is kept as a line of its own with the mark of a heading, so that nothing of the text is lost.
    """
    filled = [line for line in lines if line.text.strip()]
    numbered: dict[int, str] = {}
    for line, following in zip(filled, filled[1:], strict=False):
        if _LONE_NUMBER.match(half(line.text)) and len(following.text.strip()) <= LONGEST_HEAD:
            numbered[id(following)] = half(line.text).strip("# \t")
    if not numbered:
        return lines
    numbers = {id(a) for a, b in zip(filled, filled[1:], strict=False) if id(b) in numbered}
    found: list[Line] = []
    for line in lines:
        if id(line) in numbers:
            found.append(replace(line, text=f"## {line.text.strip('# ')}"))
        elif id(line) in numbered:
            title = line.text.strip().lstrip("#").strip()
            found.append(replace(line, text=f"# {numbered[id(line)]} {title}"))
        else:
            found.append(line)
    return found


class _Builder:
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
        if section.rank > rank:
            return True
        if rank == FACET and block.depth and section.depth == block.depth and section.mark is None:
            return True
        if section.rank < rank:
            return _other_label(section.mark, block.mark)
        subtitle = not section.blocks and not section.children and section.mark is None and block.mark is None
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
        """The place in the stack of the section that this heading only repeats (on the next page), None if it is new."""
        wanted = folded(block.text)
        for place in range(len(self.stack) - 1, 0, -1):
            section = self.sections[self.stack[place]]
            if section.facet:
                continue
            known = folded(section.name)
            same_style = section.mark is None or block.mark is None or section.mark.numbers == block.mark.numbers
            if known == wanted and len(wanted) > 1 and same_style:
                return place
        return None

    def _rank(self, block: Block, following: Block | None) -> int:
        rank = rank_of(block)
        mark = block.mark
        if rank == FACET and block.depth and following is not None and following.kind is Kind.HEADING:
            rank = rank if following.depth <= block.depth else 1 + 10 * block.depth  # 「## 取組」 as a chapter
        if rank == BRACKET and any(self.sections[at].rank == FACET for at in self.stack):
            siblings = any(self.sections[at].rank == BRACKET for at in self.stack)
            leads = following is not None and following.kind is Kind.HEADING and rank_of(following) == FACET
            return BRACKET if siblings or leads else BRACKET_INSIDE
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


def _other_label(one: Mark | None, other: Mark | None) -> bool:
    """Whether 方針 1-(1) would stand under 方針4."""
    if one is None or other is None or one.style != "label" or other.style != "label" or one.label != other.label:
        return False
    return one.numbers != other.numbers[: len(one.numbers)]
