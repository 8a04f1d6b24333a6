"""The document as lines of a label and a value, and those whose value is a department: what holds without any words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.offices import is_offices
from knowledge.plans.outline import Outline
from knowledge.plans.plain import folded, half, plain
from knowledge.plans.section import Section

LONGEST_LABEL = 16  # characters
OFTEN = 3  # times that a line stands which is a key
Shape = tuple[str, ...]
_LABELLED = re.compile(
    r"^[■◆▼▲◇□◎★☆▶▽△▷●○・\-\s]*"
    r"(?:[【〔\[［＜<《〈(（](?P<enclosed>[^【】〔〕\[\]［］＜＞<>《》〈〉()（）]{1,16})[】〕\]］＞>》〉)）]\s?[:：]?"
    r"|(?P<label>[^\s:：。、＝=|｜]{1,16}(?: [^\s:：。、＝=|｜]{1,3}){0,3})\s?(?:[:：＝=|｜]|…{1,3}|\s{2,}|\t))"
    r"\s*(?P<value>\S.*)$"
)
_SPACED = re.compile(r"^[^\w\s]?(?P<label>[^\s:：。、]{1,12})\s(?P<value>\S.*)$")  # 担当 総務課
_CODED = re.compile(
    r"^[【〔\[［＜<《〈]?(?P<label>[^\d\s。、:：（）()「」]{1,10})\s?(?P<number>[\dⅠ-Ⅻ]{1,2}(?:\s?[-.]\s?[(]?[\dⅠ-Ⅻ]{1,2}[)]?){0,2})(?:[】〕\]］＞>》〉:：.、]|\s)\s*(?P<name>[^。\s][^。]{2,60})$"
)  # 個別計画01 市税の納付
_WORD = re.compile(rf"[^\s:：。、]{{2,{LONGEST_LABEL}}}")
_LETTER = re.compile("^[ア-ンA-Za-z一二三四五六七八九十]-?$")
_SIGNS = frozenset({"sign", ""})


@dataclass(frozen=True)
class Item:
    """A value with the shape of what stands before it: a key, a heading's style and depth, a line's bullet."""

    shape: Shape
    value: str
    block: Block
    section: Section

    @property
    def is_anchor(self) -> bool:
        """Whether the value is nothing but departments."""
        return is_offices(self.value) and not vocabulary.facet_of_column(self.value)


def items_of(outline: Outline) -> list[Item]:
    """Everything that the document says, in order, as values with their shapes."""
    found: list[Item] = []
    keys = _repeated(outline)
    for section in outline.sections:
        told = [*section.headings[:1], *section.blocks]
        for at, block in enumerate(told):
            following = told[at + 1] if at + 1 < len(told) else None
            alone = block.kind is not Kind.ROW and folded(block.text) in keys
            if alone or (block.kind is Kind.HEADING and following is not None and following.line == block.line):
                continue  # 担当課：総務課, divided into a heading and its text
            led = told[at - 1] if at else None
            keyed = led is not None and (_leads(led, block, section) or folded(led.text) in keys)
            if led is not None and keyed and block.kind is not Kind.ROW:
                found.append(Item(("key", _label(led.text)), block.text, block, section))
            else:
                found += (Item(shape, value, block, section) for shape, value in _shaped(block))
    return found


def _leads(led: Block, block: Block, section: Section) -> bool:
    """Whether a block is what a heading such as 担当課 announces."""
    return led.kind is Kind.HEADING and (led.line == block.line or bool(section.facet))


def _repeated(outline: Outline) -> frozenset[str]:
    """The short lines that stand three times or more in a document: keys of its own, ■ いまのすがた."""
    blocks = (b for section in outline.sections for b in (*section.headings[:1], *section.blocks))
    lines = (
        folded(b.text) for b in blocks if b.kind is not Kind.ROW and _WORD.fullmatch(b.text) and not is_offices(b.text)
    )
    return frozenset(text for text, count in Counter(lines).items() if text and count >= OFTEN)


def _label(text: str) -> str:
    return re.sub(r"\d+", "0", folded(text))


def _shaped(block: Block) -> Iterator[tuple[Shape, str]]:
    if block.kind is Kind.ROW:
        yield from _of_row(block)
        return
    signed = next(filter(None, (p.match(block.text) for p in (_LABELLED, _SPACED))), None)
    if signed and is_offices(signed["value"]):  # （3）うけもち 市民課
        yield ("key", _label(signed.groupdict().get("enclosed") or signed["label"])), signed["value"]
        return
    mark = block.mark
    coded = _CODED.match(half(block.text)) if mark is None or mark.style in _SIGNS else None
    if coded:
        yield (
            ("heading", "coded", _LETTER.sub("", coded["label"]), str(coded["number"].count("-")), ""),
            block.text[coded.start("name") :],
        )
        return
    if block.kind is Kind.HEADING or mark is not None:
        style = (mark.style, mark.label, str(len(mark.numbers))) if mark else ("", "", "")
        yield ("heading", *style, str(block.depth), block.bullet), block.text
        return
    raw = "".join(plain(line.text).strip("\n") for line in block.lines).strip()
    labelled = _LABELLED.match(raw)
    if labelled:
        yield ("key", _label(labelled["enclosed"] or labelled["label"])), labelled["value"]
    else:
        yield (block.kind, str(block.depth), block.bullet, str(block.bold), str(block.gap)), block.text


def _of_row(row: Block) -> Iterator[tuple[Shape, str]]:
    """The cells of a row in pairs: 番号 ｜ 1 ｜ 事業名 ｜ 窓口の改善; a row of one cell says itself."""
    filled = list(dict.fromkeys(filter(None, row.cells)))
    if len(filled) == 1:
        yield ("alone", str(len(row.cells))), filled[0]
    if row.cells and row.cells[0] and len(half(row.cells[0])) <= LONGEST_LABEL:
        for at in range(0, len(row.cells) - 1, 2):
            if row.cells[at] and row.cells[at + 1]:
                yield ("cell", str(at), _label(row.cells[at])), row.cells[at + 1]
