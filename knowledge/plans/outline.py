"""A plan's outline: a tree of sections with heading paths; every line is in a section or left out with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, read_blocks, rule_line
from knowledge.plans.contents import Contents, find_contents
from knowledge.plans.document import Document, Line
from knowledge.plans.findings import Place
from knowledge.plans.headings import promote
from knowledge.plans.margins import PAGE_NUMBER, numbers_joined, running_heads
from knowledge.plans.plain import folded, half
from knowledge.plans.section import Section
from knowledge.plans.sections import SectionBuilder


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
    heads = running_heads(document.lines)
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
    kept = numbers_joined(kept)
    blocks = promote(read_blocks(kept), frozenset(folded(entry.title) for entry in contents.entries))
    builder = SectionBuilder(contents)
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
    return "page_number" if PAGE_NUMBER.match(half(text)) else ""
