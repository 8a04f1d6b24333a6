"""A reply's text as blocks to set: paragraphs, lists, and where it comes from."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

BlockKind = Literal["text", "items", "source"]
_OFFERED = re.compile(r"\d\. ")
_SOURCE = re.compile("出典：|計画期間は|[0-9]{4}年[0-9]{1,2}月に町が確認")
_ITEM = "・"


@dataclass(frozen=True)
class Block:
    """Lines of one kind that follow each other."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks(text: str, *, offers: bool = False) -> list[Block]:
    """The text's blocks in order; the numbered lines of what it `offers` are left out: they are buttons."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if offers:
        lines = [line for line in lines if not _OFFERED.match(line)]
    return [
        Block(kind, tuple(line.removeprefix(_ITEM) if kind == "items" else line for line in group))
        for kind, group in groupby(lines, _kind)
    ]


def _kind(line: str) -> BlockKind:
    if line.startswith(_ITEM):
        return "items"
    return "source" if _SOURCE.match(line) else "text"
