"""What was found in a plan, arranged for a page: by kind, a hundred at a time, beside the lines it was found on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge.entries import EntryContent
from knowledge.labels import labels
from knowledge.plans.coverage import KINDS, Coverage
from knowledge.plans.document import Line
from knowledge.plans.findings import Doubt
from knowledge.plans.importing import Offered
from knowledge.plans.isolation import Examined

AROUND = 2  # lines shown before and after
MOST_LINES = 40
ON_A_PAGE = 100
HEADING = re.compile(r"^#{1,6}\s+")
BREAK = re.compile(r"<br\s*/?>", re.I)
BETWEEN = "　｜　"
DOUBTS, LEFT_OUT = "doubts", "left-out"
EXTRA = {DOUBTS: "確かめるところ", LEFT_OUT: "読まなかったところ"}


@dataclass(frozen=True)
class Offer:
    """An entry that may be drafted, with the plan's lines that it comes from and what is doubted on them."""

    content: EntryContent
    is_known: bool
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Part:
    """One part of what was found, with its name and how much there is."""

    key: str
    label: str
    count: int
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Doubted:
    """A doubt with the lines around it."""

    doubt: Doubt
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """A page of a part: its offers, its number and how many pages there are."""

    offers: tuple[Offer, ...]
    number: int
    pages: int


def offers(offered: Sequence[Offered], found: Examined) -> list[Offer]:
    """Every entry with the text that it comes from."""
    return [_offer(one, found) for one in offered]


def _offer(one: Offered, found: Examined) -> Offer:
    first, last = _span(one.content)
    near = tuple(doubt for doubt in found.findings.doubts if first <= doubt.line <= last)
    return Offer(one.content, one.is_known, _lines(found, first, last), near)


def _span(content: EntryContent) -> tuple[int, int]:
    """The first and the last line of all facets."""
    numbers = [int(part) for facet in content.facets for part in facet.lines.replace(" ", "").split("-") if part]
    return (min(numbers), max(numbers)) if numbers else (1, 1)


def _lines(found: Examined, first: int, last: int) -> tuple[Line, ...]:
    """The lines that hold something, with two more on either side, forty at the most, as people read them."""
    near = (line for line in found.document.lines if first - AROUND <= line.number <= last + AROUND)
    shown = (replace(line, text=words_of(line.text)) for line in near)
    return tuple(islice((line for line in shown if line.text), MOST_LINES))


def words_of(text: str) -> str:
    """A line of a plan without the marks of headings and tables: cells stand with a stroke between them."""
    bare = HEADING.sub("", text.strip())
    if bare.startswith("|"):
        cells = (cell.strip() for cell in bare.strip("|").split("|"))
        bare = BETWEEN.join(cell for cell in cells if cell.strip("-: "))
    return BREAK.sub("\n", bare)


def doubts(found: Examined) -> list[Doubted]:
    """Every doubt beside its lines."""
    return [Doubted(doubt, _lines(found, doubt.line, doubt.line)) for doubt in found.findings.doubts]


def parts(all_offers: Sequence[Offer], found: Examined) -> list[Part]:
    """The kinds that were found, in the order of the labels, then doubts and what was left out."""
    made = []
    for kind, label in labels().kinds.items():
        of_kind = (offer for offer in all_offers if offer.content.kind is kind)
        own = tuple(sorted(of_kind, key=lambda offer: offer.is_known))  # the new ones first, in the plan's order
        if own:
            made.append(Part(kind.value, label, len(own), own))
    made.append(Part(DOUBTS, EXTRA[DOUBTS], len(found.findings.doubts)))
    if found.document.left_out:
        made.append(Part(LEFT_OUT, EXTRA[LEFT_OUT], len(found.document.left_out)))
    return made


def page_of(part: Part, number: int) -> Shown:
    """A page of a part's offers, from 1; beyond the last it is the last."""
    pages = max(1, -(-len(part.offers) // ON_A_PAGE))
    at = min(number, pages)
    return Shown(part.offers[(at - 1) * ON_A_PAGE : at * ON_A_PAGE], at, pages)


def shares(compared: Coverage) -> list[tuple[str, int, int]]:
    """Of each kind: its name, how many the town has, of how many."""
    return [(labels().kinds[kind], *compared.share_of(kind)) for kind in KINDS]
