"""Which blocks are headings: what a numbered, signed or bare line is, judged by what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.keys import divided
from knowledge.plans.marks import Mark, mark_of
from knowledge.plans.plain import folded, half

LONGEST = 60  # characters of a heading
LONGEST_BARE = 30  # … of one without a mark
SHORT = 2  # characters of a word that stands with a number in a drawing
CHAPTER = 13
BARE_MEASURES = 18  # 「重点的な取組」 on a line of its own
BARE = 65
CODED = 38
FACET = 90
BRACKET = 70
BRACKET_INSIDE = 95  # 【…】 within a part of a measure
_BRACKETED = re.compile(
    r"^[【《〈＜<〔\[［](?P<inner>[^【】《》〈〉＜＞<>〔〕\[\]［］]{1,50})[】》〉＞>〕\]］]\s*(?P<rest>.*)$"
)
_SENTENCE = re.compile(r"[。]|(?:です|ます|である|こと)$|[、，,]$")
_CODED = re.compile(
    r"^(?P<label>[一-龥ァ-ヺー]{2,8})\s?(?P<number>\d{1,2}(?:-\d{1,2})?)[:.、\s]\s*(?P<name>[^。]{2,40})$"
)
_ALWAYS = frozenset({"part", "chapter", "section"})


def promote(blocks: Sequence[Block], titles: frozenset[str] = frozenset()) -> list[Block]:
    """The blocks with headings found; `titles` are the folded titles that the table of contents lists.

    A line such as 「■成果目標 ■ 電子決裁の導入」 or 「担当課：総務課」 becomes a heading and a text, both of that line.
    """
    found: list[Block] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        before = blocks[place - 1] if place else None
        found += _promoted(block, before, following, titles)
    return found


def _promoted(block: Block, before: Block | None, following: Block | None, titles: frozenset[str]) -> list[Block]:
    if block.kind is Kind.HEADING:
        return divided(block, before, following) or [block]
    if block.kind not in {Kind.ITEM, Kind.TEXT}:
        return [block]
    parts = divided(block, before, following) or _coded(block, following)
    if parts:
        return parts
    labelled = block.mark is not None and block.mark.style == "label"
    if block.bullet and not (block.bullet in "●○◎□" and (labelled or vocabulary.facet_of(block.text))):
        return [block]
    if block.mark is not None:
        return [replace(block, kind=Kind.HEADING)] if _is_numbered_heading(block, before, following) else [block]
    return [replace(block, kind=Kind.HEADING)] if _is_bare_heading(block, before, following, titles) else [block]


def _coded(block: Block, following: Block | None) -> list[Block]:
    """A line with a word and a number of the plan's own before keys of a measure, 個別計画01 市税の納付 → heading."""
    match = _CODED.match(half(block.text)) if block.kind is Kind.TEXT and block.mark is None else None
    if match is None or following is None or not divided(following, block, None):
        return []
    mark = Mark("label", CODED, tuple(map(int, match["number"].split("-"))), 0, match["label"])
    return [replace(block, kind=Kind.HEADING, text=block.text[match.start("name") :], mark=mark)]


def _is_numbered_heading(block: Block, before: Block | None, following: Block | None) -> bool:  # noqa: PLR0911
    mark = block.mark
    if mark is None or len(block.text) > LONGEST or not block.text or _SENTENCE.search(block.text):
        return False
    if mark.style in _ALWAYS:
        return True
    if block.bold and following is not None:
        return True
    if following is None or _is_sibling(block, following, 1) or (before is not None and _is_sibling(before, block, 1)):
        return False
    said = vocabulary.facet_of(block.text) or block.text in vocabulary.words("headings")["plain"]
    if vocabulary.facet_of(block.text) and following.kind is not Kind.CAPTION:
        return True  # オ 実施主体
    if mark.style == "sign" and following.mark is not None and following.mark.style == "sign":
        return following.gap and following.mark.label != mark.label
    if following.kind is Kind.HEADING:
        return following.mark is None or following.mark.rank > mark.rank
    drawn = len(block.text) <= SHORT and following.mark is None and "。" not in following.text
    if mark.style == "bare" and drawn and not said:
        return False
    if mark.style in {"kana", "letter"} or (mark.style == "circled" and not following.gap):
        return following.kind is Kind.TEXT and (following.gap or _is_told(block, following))
    return not (following.kind is Kind.ITEM and following.mark is not None and following.mark.rank < mark.rank)


def _is_told(block: Block, following: Block) -> bool:
    """Whether the line after a short numbered one is a sentence set further in: （ア）公共施設予約の電子化."""
    one, other = block.lines[0].text, following.lines[0].text
    return "。" in following.text and _indent(other) > _indent(one)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \u3000"))


def _is_sibling(first: Block, second: Block, step: int) -> bool:
    """Whether two blocks are neighbours in one numbered list."""
    one, other = first.mark, second.mark
    if one is None or other is None or one.style != other.style or one.label != other.label:
        return False
    if second.kind not in {Kind.ITEM, Kind.HEADING} or not one.numbers or not other.numbers:
        return False
    return one.numbers[:-1] == other.numbers[:-1] and other.numbers[-1] - one.numbers[-1] == step


def _is_bare_heading(block: Block, before: Block | None, following: Block | None, titles: frozenset[str]) -> bool:  # noqa: PLR0911
    text = block.text
    if len(text) > LONGEST or following is None or len(block.lines) > 1 or _SENTENCE.search(text):
        return False
    bracketed = _BRACKETED.match(text)
    if text.startswith(("(", "（")):
        return text.endswith((")", "）")) and vocabulary.is_chapter("glossary", text)
    if bracketed and not bracketed["rest"]:
        return not re.match(r"出典|注|資料", bracketed["inner"])
    if folded(text) in titles and len(folded(text)) > 1:
        return True
    if len(text) > LONGEST_BARE or re.search(r"[、，,:：→⇒=～~]|\d年|令和|平成", half(text)):
        return False
    alone = (block.gap or before is None or before.kind is not Kind.TEXT) and following.kind is not Kind.CAPTION
    if alone and vocabulary.is_chapter("glossary", text):
        return True
    speaks = any(word in text for word in vocabulary.words("headings")["plain"]) or block.bold
    leads = following.kind in {Kind.TEXT, Kind.ROW} and (following.text.endswith("。") or following.kind is Kind.ROW)
    leads = leads or (following.kind is Kind.HEADING) or following.kind is Kind.ITEM
    return alone and speaks and leads


def rank_of(block: Block) -> int:  # noqa: PLR0911  a return for each kind of heading
    """How deep a heading stands; see `marks` for the numbered ones."""
    facet = vocabulary.facet_of(block.text)
    marked = block.mark is not None and block.mark.style not in {"sign", "paren", "circled", "kana"}
    if facet and facet not in {"name", "group"} and not marked and block.depth != 1:
        return FACET
    if block.mark is not None:
        return block.mark.rank
    if block.depth:
        return 1 + 10 * block.depth
    if vocabulary.is_chapter("glossary", block.text):
        return CHAPTER
    if _BRACKETED.match(block.text):
        return BRACKET
    if vocabulary.is_chapter("background", block.text):
        return CHAPTER
    return BARE_MEASURES if vocabulary.is_chapter("measures", block.text) else BARE


def named(block: Block) -> str:
    """The heading as it is printed, with its mark."""
    mark = block.mark
    raw = block.lines[0].text.strip().lstrip("#").strip().replace("**", "")
    if mark is None or not mark.numbers:
        return block.text
    printed = mark_of(raw)
    return f"{raw[: printed.end].strip()} {block.text}".strip() if printed else block.text
