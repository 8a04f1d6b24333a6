"""The lines of a plan as blocks: headings, paragraphs, items, notes, captions and rows of tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.plans.document import Line
from knowledge.plans.marks import Mark, mark_of
from knowledge.plans.offices import is_offices
from knowledge.plans.plain import half, plain, tidy
from knowledge.plans.vocabulary import facet_of, key_apart

LONG_LINE = 24  # characters: a shorter line that breaks off is more likely a title or a word of a drawing
LONGEST_PARAGRAPH = 4_000  # characters joined into one paragraph


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    NOTE = "note"
    ROW = "row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines that belong together; `text` stands without its mark, `cells` are a row's."""

    kind: Kind
    text: str
    lines: tuple[Line, ...]
    mark: Mark | None = None
    depth: int = 0
    cells: tuple[str, ...] = ()
    bold: bool = False
    bullet: str = ""
    gap: bool = False

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.lines[-1].number


_HASHES = re.compile(r"^\s*(#{1,6})\s+(.*)$")
_PIPES = re.compile(r"^\s*\|.*\|?\s*$")
_RULE = re.compile(r"^[\s|:\t_=*+.ー─━―┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝═│┃║-]*$")
_DRAWN = {ord(line): "|" for line in "│┃║"}
_BULLET = re.compile(r"^(\s*)([-*+•・●○◯〇✓✔▪▫➢►⇒→➡◎☑□])(?:\s+|(?=[^\s\d-]))")
_BULLETS_ONLY = re.compile(r"^[-*+•・●○◯〇✓✔▪▫➢►⇒→➡◎☑□](?:\s+|(?=[^\s\d-]))")
_NOTE = re.compile(
    r"^\s*(?:[-・]\s*)?(?:※|＊|\*(?=\s?[^\s*])|注\s?\d{0,2}\s?[)）:：]|注\s?\d{1,2}\s|[（(]\s?注\s?[\d０-９]{0,2}\s?[）)]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\w{1,4}\]:?\s)"
)
_COLUMNS = re.compile(r"^\s*\S{2,20}(?:\u3000{2,}| {3,}|\t)\s*\S")
_ENCLOSED = re.compile(r"^\s*(?:【[^】]{1,20}】|＜[^＞]{1,20}＞|〈[^〉]{1,20}〉|《[^》]{1,20}》|〔[^〕]{1,20}〕)")
_LABELLED = re.compile(r"^\s*([^\s:：]{1,16})[:：]\s*\S")  # 担当課：総務課
_CODED = re.compile(  # 個別計画01 市税の納付, but not 平成 30 年度
    r"^\s*(?!令和|平成|昭和|第|約|計|全|図|表|延べ)[^\d\s。、:（）()「」%A-Za-z]{2,10}\s?\d{1,2}(?:-\d{1,2}){0,2}[\s:]\s*[^\s\d年月日人件。、][^。]{2,40}$"
)
_SIGNED = re.compile(r"^\s*\S{2,10}(?:\u3000+| {2,}|\t)\s*(\S.*)$")  # 担当　　総務課
_TAGGED = re.compile(r"^\s*<(?:dt|dd|li|p)\b", re.I)
_REFERRED = re.compile(r"。\s*[（(]?図表?\s?[\w-]{1,8}[）)]?$")  # a paragraph that ends with the number of its figure
_CAPTION = re.compile(
    r"^(?:図表?|表|写真|グラフ)\s?[\dA-Za-z①-⑳]{1,3}(?:\s?[-.]\s?\d{1,2}){0,3}(?:\s|$|[:：])|^[(【]?(?:出典|出所|資料|注記)[)】:：]"
)


def rule_line(text: str) -> bool:
    """Whether a line only draws a rule: ----, |---|---|, ＝＝＝."""
    return bool(_RULE.match(half(text))) and bool(text.strip())


def _cells(text: str, inside: bool) -> tuple[str, ...] | None:
    """The cells of a table's row, None where the line is none; `inside` a table one tab is enough."""
    raw = text.rstrip("\r\n").translate(_DRAWN)
    if _PIPES.match(raw) and raw.count("|") >= 2:  # noqa: PLR2004
        inner = raw.strip().removeprefix("|").removesuffix("|")
        return tuple(tidy(plain(cell.replace("\\|", "|"))) for cell in re.split(r"(?<!\\)\|", inner))
    if "\t" in raw.strip(" \u3000\n"):
        cells = tuple(tidy(plain(cell)) for cell in raw.split("\t"))
        return cells if inside or sum(map(bool, cells)) > 1 or raw.count("\t") > 1 else None
    return None


def _after(mark: Mark, text: str) -> str:
    """What follows a mark, without the bracket that closes the one before it: 【柱１：役場のＤＸ】."""
    rest = text[mark.end :].strip()
    closing = {"【": "】", "〔": "〕", "[": "]", "《": "》"}.get(text[:1], "")
    return rest.removesuffix(closing).strip() if closing and closing not in text[: mark.end] else rest


def _classified(line: Line, gap: bool, inside: bool = False) -> Block:  # noqa: PLR0911  a return for each kind
    """One line as a block of its own; what its neighbours say comes later."""
    cells = _cells(line.text, inside)
    if cells is not None:
        return Block(Kind.ROW, " ".join(filter(None, cells)), (line,), cells=cells, gap=gap)
    heading = _HASHES.match(line.text)
    if heading:
        text = tidy(plain(heading[2]).rstrip("#"))
        mark = mark_of(text)
        rest = _after(mark, text) if mark else text
        return Block(Kind.HEADING, rest, (line,), mark, len(heading[1]), gap=gap)
    text = plain(line.text)
    stripped = tidy(text)
    bold = line.text.strip().startswith("**") and line.text.strip().endswith("**")
    if _NOTE.match(text):
        return Block(Kind.NOTE, stripped, (line,), gap=gap)
    if _CAPTION.match(half(stripped)):
        return Block(Kind.CAPTION, stripped, (line,), gap=gap)
    bullet = _BULLET.match(text)
    if bullet:
        rest = stripped
        while (inner := _BULLETS_ONLY.match(rest)) is not None:
            rest = rest[inner.end() :]
        mark = mark_of(rest)
        rest = rest[mark.end :].strip() if mark and mark.style != "sign" else rest
        return Block(Kind.ITEM, rest, (line,), mark, len(bullet[1].expandtabs(4)), (), bold, bullet[2], gap)
    mark = mark_of(stripped)
    if mark:
        return Block(Kind.ITEM, _after(mark, stripped), (line,), mark, bold=bold, gap=gap)
    return Block(Kind.TEXT, stripped, (line,), bold=bold, gap=gap)


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a line goes on with the one before: broken by the width of the page, or by its end."""
    if block.kind is not Kind.TEXT or before.kind not in {Kind.TEXT, Kind.ITEM, Kind.NOTE} or _set_apart(before, block):
        return False
    ended = bool(_REFERRED.search(before.text)) or before.text.endswith(
        ("。", "．", "」", "）", ")", ":", "：", "！", "？", "】", "〉", "》", "～", "~", "〜")
    )
    if len(before.text) > LONGEST_PARAGRAPH:
        return False
    if not block.gap:
        if before.kind is Kind.TEXT and len(before.text) < LONG_LINE:
            return before.text.endswith(("、", "，"))
        if before.kind is Kind.NOTE and len(before.text) < LONG_LINE:
            return not ended and not _named_note(before.text)
        return not ended and (len(before.text) >= LONG_LINE or before.text.endswith("、"))
    return (
        before.kind is Kind.TEXT
        and not ended
        and len(before.text) >= LONG_LINE
        and "。" in block.text
        and "、" in before.text
    )


def _set_apart(before: Block, block: Block) -> bool:
    """Whether a line begins with a word set apart: a part's name, or the next word of a list in two columns."""
    line = block.lines[0].text
    labelled = _LABELLED.match(line)
    if (labelled and _LABELLED.match(before.lines[-1].text)) or _CODED.match(half(line)):
        return True
    signed = _SIGNED.match(line)
    if signed and is_offices(signed[1]):
        return True
    if _TAGGED.match(line) or _ENCLOSED.match(line) or key_apart(line) or (labelled and facet_of(labelled[1])):
        return True
    return bool(_COLUMNS.match(line) and _COLUMNS.match(before.lines[0].text))


def _named_note(text: str) -> bool:
    return bool(re.match(r"^※\s?[①-⑳]?[^\s\d(（「][^\s。、]{1,24}$", text))


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks in order; every line given that is not blank is in exactly one."""
    blocks: list[Block] = []
    gap = False
    for line in lines:
        if not line.text.strip():
            gap = True
            continue
        inside = bool(blocks) and blocks[-1].kind is Kind.ROW and not gap
        block = _classified(line, gap, inside)
        gap = False
        if blocks and _goes_on(blocks[-1], block):
            joined = _joined(blocks[-1].text, block.text)
            blocks[-1] = replace(blocks[-1], text=joined, lines=(*blocks[-1].lines, line))
        else:
            blocks.append(block)
    return blocks


def _joined(first: str, second: str) -> str:
    latin = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum() and second[:1].isalnum()
    return first + (" " if latin else "") + second
