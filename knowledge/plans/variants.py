"""Other spellings of a name in the same document: one character apart, or with the town's name spelled otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.plans.findings import Doubt, Term
from knowledge.plans.outline import Outline

SHORTEST = 12  # characters of a name that is no other one where a single character differs
MOST = 50  # places at which half of a name is looked at


def with_spellings(outline: Outline, terms: Sequence[Term], doubts: Sequence[Doubt]) -> tuple[Term, ...]:
    """The terms with their other spellings as aliases, so that they are found whichever one is right.

    A word that is doubted stands with its proposal; the town's name in a term is spelled both ways where the document
    prints it two ways (銚田市, 鉾田市).
    """
    text = "\n".join(block.text for section in outline.sections for block in (*section.headings, *section.blocks))
    pairs = {(doubt.printed, doubt.proposal) for doubt in doubts if doubt.proposal and doubt.printed}
    pairs |= {(other, one) for one, other in pairs if one[-1] in "市町村区"}
    return tuple(_with(term, [*_proposed(term.term, pairs), *_near(term.term, text)]) for term in terms)


def _proposed(name: str, pairs: set[tuple[str, str]]) -> Iterator[str]:
    for printed, proposal in sorted(pairs):
        if name == printed or (printed[-1] in "市町村区" and printed in name):
            yield name.replace(printed, proposal)


def _near(name: str, text: str) -> Iterator[str]:
    """What the document prints with exactly one other character, found by either half of the name."""
    if len(name) < SHORTEST:
        return
    middle = len(name) // 2
    for half, offset in ((name[:middle], 0), (name[middle:], middle)):
        at = -1
        for _ in range(MOST):
            at = text.find(half, at + 1)
            if at < 0:
                break
            other = text[max(0, at - offset) : at - offset + len(name)]
            if len(other) == len(name) and sum(a != b for a, b in zip(name, other, strict=True)) == 1:
                yield other


def _with(term: Term, spellings: Sequence[str]) -> Term:
    new = tuple(dict.fromkeys(s for s in spellings if s != term.term and s not in term.aliases))
    return replace(term, aliases=(*term.aliases, *new)) if new else term
