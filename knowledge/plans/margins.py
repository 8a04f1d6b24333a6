"""What stands around the text of a page: running heads, page numbers, lone chapter numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.plans.document import Line
from knowledge.plans.plain import half

OFTEN = 3  # pages on which a line must recur to be a running head
LONGEST_HEAD = 50  # characters of a running head
PAGE_NUMBER = re.compile(r"^\s*(?:-\s*\d{1,3}\s*-|[Pp]\.?\s?\d{1,3}|[1-9]\d{0,2}(?:\s?/\s?\d{1,3})?)\s*$")
_LONE_NUMBER = re.compile(r"^\s*(?:#{1,6}\s+)?0\d\s*$")


def running_heads(lines: Sequence[Line]) -> frozenset[str]:
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
    for before, text, after in zip(["", *filled], filled, [*filled[1:], ""], strict=False):
        if PAGE_NUMBER.match(half(text)):
            counts.update({before, after} - {""})
    heads = (text for text, count in counts.items() if count >= OFTEN - 1 and len(text) <= LONGEST_HEAD)
    return frozenset(text for text in heads if not text.startswith(("#", "|", "-")) and "\t" not in text)


def numbers_joined(lines: list[Line]) -> list[Line]:
    """Lines in which a lone 07 stands before the heading that it numbers: both stay, the heading learns its number.

    The lone number is kept as a line of its own with the mark of a heading, so that nothing of the text is lost.
    """
    filled = [line for line in lines if line.text.strip()]
    numbered: dict[int, str] = {}
    for line, following in pairwise(filled):
        if _LONE_NUMBER.match(half(line.text)) and len(following.text.strip()) <= LONGEST_HEAD:
            numbered[id(following)] = half(line.text).strip("# \t")
    if not numbered:
        return lines
    numbers = {id(a) for a, b in pairwise(filled) if id(b) in numbered}
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
