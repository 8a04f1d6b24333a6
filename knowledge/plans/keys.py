"""A part's name and its content on one line: 担当課：総務課, （担当課）総務課, 担当課　　総務課, - 担当課：総務課."""

import re
from dataclasses import replace

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.marks import Mark

_BRACKETED = re.compile(
    r"^[【《〈＜<〔\[［(（](?P<inner>[^【】《》〈〉＜＞<>〔〕\[\]［］()（）]{1,50})[】》〉＞>〕\]］)）]\s*[:：]?\s*(?P<rest>.*)$"
)
_LABELLED = re.compile(r"^(?P<name>[^:：■]{2,20}?)\s*(?:[:：]\s*|\s*■\s*|(?<=[課属管署者局名当])\s+)(?P<rest>\S.*)$")
_SIGNS = "■◆▼▲◇□◎★☆▶▽△▷●○ "


def divided(block: Block, before: Block | None, following: Block | None) -> list[Block]:
    """A facet's name with its content on the same line → heading and text; else nothing."""
    signed = block.mark is not None and block.mark.style != "sign"
    name, rest = _key(block)
    facet = vocabulary.facet_of(name)
    if not facet or (block.kind is Kind.HEADING and not rest):
        return []
    short = facet in {"departments", "schedule"} and bool(rest)
    if signed and not (short or (rest and block.kind is Kind.HEADING and not _BRACKETED.match(block.text))):
        return []
    if block.bullet and not (short or (rest and (_alike(block, before) or _alike(block, following)))):
        return []
    if facet == "name" and rest:
        return [replace(block, kind=Kind.HEADING, text=rest, mark=Mark("label", 36, (), 0, "施策"))]
    heading = replace(block, kind=Kind.HEADING, text=name, mark=None, bold=True)
    return [heading, replace(block, kind=Kind.TEXT, text=rest, mark=None, bullet="")] if rest else [heading]


def _key(block: Block) -> tuple[str, str]:
    """The facet's name that a line begins with and what follows it; ("", "") where it begins with none."""
    text = block.text.lstrip(_SIGNS)
    bracketed = _BRACKETED.match(text)
    if bracketed and vocabulary.facet_of(bracketed["inner"]):
        return bracketed["inner"], bracketed["rest"]
    if vocabulary.facet_of(text):
        return text, ""
    labelled = _LABELLED.match(text)
    if labelled and vocabulary.facet_of(labelled["name"].rstrip("】》")):
        return labelled["name"].rstrip("】》"), labelled["rest"]
    apart = vocabulary.key_apart(block.lines[0].text)
    return (apart, text[len(apart) :].strip()) if apart and text.startswith(apart) else ("", "")


def _alike(block: Block, other: Block | None) -> bool:
    """Whether the neighbour of a bullet is one of the same shape that begins with a facet's name too."""
    return other is not None and other.bullet == block.bullet and all(_key(other))
