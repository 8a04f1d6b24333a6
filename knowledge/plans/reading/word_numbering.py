"""Numbers that Word makes itself: 1., (1), 第1章, ①, ア and bullets, counted as Word counts them."""

from dataclasses import dataclass, field

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

BULLET = "・"
DEEPEST = 9
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
KANJI = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Level:
    """How one level of a list counts: the number's form, the text around it (%1 is level 1's number), the first one."""

    form: str
    text: str
    start: int


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: WordFile) -> "Numbering":
        """The document's lists; none where it has no numbering part."""
        related = [r for r in file.part.rels.values() if r.reltype.endswith("/numbering") and not r.is_external]
        if not related:
            return cls()
        root = related[0].target_part.element
        abstract = {a.get(qn("w:abstractNumId"), ""): _levels(a) for a in root.iter(qn("w:abstractNum"))}
        levels = {}
        for number in root.iter(qn("w:num")):
            points = number.find(qn("w:abstractNumId"))
            levels[number.get(qn("w:numId"), "")] = abstract.get(_value(points), {})
        styles = {s.styleId: _place(s) for s in file.styles.element.style_lst}
        return cls(levels, {name: place for name, place in styles.items() if place[0]})

    def mark(self, paragraph: Element) -> str:
        """What Word prints before the paragraph, with a space after a number; "" where it is in no list."""
        number, depth = _place(paragraph)
        if not number:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            number, depth = self.styles.get(_value(style), ("", 0))
        levels = self.levels.get(number, {})
        if depth not in levels:
            return ""
        if levels[depth].form == "bullet":
            return BULLET
        counts = self.counts.setdefault(number, [0] * DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        return _printed(levels, depth, counts)


def _printed(levels: dict[int, Level], depth: int, counts: list[int]) -> str:
    text = levels[depth].text
    for place in range(depth + 1):
        if place in levels:
            text = text.replace(f"%{place + 1}", _number(levels[place].form, counts[place] or levels[place].start))
    return f"{text} " if text.strip() else ""


def _number(form: str, count: int) -> str:
    rows = {"decimalEnclosedCircle": CIRCLED, "aiueo": AIUEO, "aiueoFullWidth": AIUEO, "iroha": IROHA}
    rows |= {"lowerLetter": ALPHABET, "upperLetter": ALPHABET.upper()}
    if form in rows:
        return rows[form][count - 1] if 0 < count <= len(rows[form]) else str(count)
    if form == "decimalFullWidth":
        return str(count).translate(WIDE)
    if form.startswith(("japaneseCounting", "ideographDigital", "japaneseDigital", "chineseCounting")):
        return _kanji(count)
    return "" if form == "none" else str(count)


def _kanji(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens or tens >= len(KANJI):
        return KANJI[ones] if not tens else str(count)
    return ("" if tens == 1 else KANJI[tens]) + "十" + (KANJI[ones] if ones else "")


def _levels(abstract: Element) -> dict[int, Level]:
    levels = {}
    for level in abstract.iter(qn("w:lvl")):
        depth, start = level.get(qn("w:ilvl"), ""), _value(level.find(qn("w:start")))
        if depth.isdecimal() and int(depth) < DEEPEST:
            form, text = _value(level.find(qn("w:numFmt"))), _value(level.find(qn("w:lvlText")))
            levels[int(depth)] = Level(form or "decimal", text, int(start) if start.isdecimal() else 1)
    return levels


def _place(element: Element) -> tuple[str, int]:
    """The list and level that a paragraph or a style belongs to; ("", 0) where none."""
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return "", 0
    number, depth = _value(properties.find(qn("w:numId"))), _value(properties.find(qn("w:ilvl")))
    return number, min(int(depth), DEEPEST - 1) if depth.isdecimal() else 0


def _value(element: Element | None) -> str:
    return element.get(qn("w:val"), "") if element is not None else ""
