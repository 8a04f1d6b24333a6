"""What stands before a heading or an item: 第1章, 2-3, (1), ①, 方針 1-(1), 取組事項①, ■, ・."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.plans import vocabulary
from knowledge.plans.plain import half

DEEPER = 2  # ranks for each further number: 方針1 → 方針 1-(1)
LONGEST = 40  # characters that a mark may take
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {**dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", range(1, 11), strict=True)), "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_ROMAN |= {"VII": 7, "VIII": 8, "IX": 9, "X": 10}
_KANJI = {c: i for i, c in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading's or item's mark: its style, how deep such a heading stands, its numbers, where the text begins."""

    style: str
    rank: int
    numbers: tuple[int, ...]
    end: int
    label: str = ""


@cache
def _styles() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    labels = "|".join(sorted(vocabulary.words("headings")["labels"], key=len, reverse=True))
    part = rf"(?:\d{{1,2}}|[{_CIRCLED}]|[Ⅰ-Ⅹ]|[IVX]{{1,4}})"
    return (
        ("part", 5, re.compile(rf"第\s?({_NUMBER})\s?[部編]\s*")),
        ("chapter", 10, re.compile(rf"第\s?({_NUMBER})(?:\s?章\s*|[\s.、]+(?![期次回号条版位]))")),
        ("chapter", 10, re.compile(rf"({_NUMBER})\s?章[\s:.、]+(?=\S)")),
        ("section", 20, re.compile(rf"第\s?({_NUMBER})\s?[節項]\s*")),
        (
            "label",
            22,
            re.compile(
                rf"(?:[【〔\[《(](?=[^】〕\]》)]{{1,16}}[】〕\]》)]))?((?:{labels}){{1,2}})\s?(?:No\.?\s?)?"
                rf"({part}(?:\s?[-.]\s?\(?{part}\)?){{0,3}})(?:[】〕\]》)][\s:.|]*|[\s:.|]+|(?=[^\s:.0-9】〕\]》)にの]))"
            ),
        ),
        (
            "dotted",
            30,
            re.compile(
                r"((?:[Ⅰ-Ⅹ]|[IVX]{1,4}|[A-H])\s?[-.]\s?\(?\d{1,2}\)?(?:\s?[-.]\s?\(?\d{1,2}\)?)?)(?![\d-])[.、\s]+"
            ),
        ),
        ("roman", 12, re.compile(r"([Ⅰ-Ⅹ]|[IVX]{1,4}(?=[\s.、]))[\s.、]*")),
        ("zero", 14, re.compile(r"(0\d)[.\s]*(?!\d)")),
        (
            "dotted",
            30,
            re.compile(
                r"(\d{1,2}(?:\s?[-.]\s?\(?\d{1,2}\)?){1,3})(?![\d%年月日,])[.、\s]+|(\d{1,2}\s?-\s?\(\d{1,2}\))\s*"
            ),
        ),
        ("point", 25, re.compile(r"(\d{1,2})[.、)](?!\d)\s*")),
        ("bare", 15, re.compile(r"(\d{1,2})\s+(?=\D|\d{1,2}(?:つ|本の|の))|([一二三四五六七八九十]{1,3})\s+(?=\S)")),
        ("paren", 40, re.compile(r"\((\d{1,2})\)\s*")),
        ("circled", 50, re.compile(rf"([{_CIRCLED}])(?:-\d{1, 3})?\s*")),
        ("kana", 55, re.compile(r"\(([ア-ンあ-ん])\)\s*|([ア-ン])[.、\s]\s*")),
        ("letter", 57, re.compile(r"\(([a-zA-Z])\)\s*|([a-z])[.)]\s*")),
        ("sign", 80, re.compile(r"([■◆▼▲◇□◎★☆▶▽△▷])\s*")),
    )


def _value(number: str) -> int:
    if number.isdigit() and number.isascii():
        return int(number)
    if number in _ROMAN:
        return _ROMAN[number]
    if number in _CIRCLED:
        return _CIRCLED.index(number) + 1
    if number[0] in "十" or number[0] in _KANJI:
        tens, _, ones = number.partition("十") if "十" in number else ("", "", number)
        return (10 * _KANJI.get(tens, 1) if "十" in number else 0) + _KANJI.get(ones, 0)
    return ord(number[0])


def _numbers(text: str) -> tuple[int, ...]:
    found = re.findall(rf"\d+|[{_CIRCLED}]|[Ⅰ-Ⅹ]|[IVX]+|[一二三四五六七八九十]+|[ア-ンあ-んa-zA-Z]", text)
    return tuple(_value(number) for number in found)


def mark_of(text: str) -> Mark | None:
    """The mark at the beginning of a text, None where it begins with none."""
    start = half(text[: LONGEST + 20])
    for style, rank, pattern in _styles():
        match = pattern.match(start)
        if match is None:
            continue
        if style == "label":
            numbers = _numbers(match[2])
            depth = vocabulary.words("headings")["labels"].get(match[1], None)
            label = match[1] if depth is not None else match[1][: len(match[1]) // 2]
            depth = vocabulary.words("headings")["labels"].get(label, rank)
            return Mark(style, depth + DEEPER * (len(numbers) - 1), numbers, match.end(), label)
        number = next((group for group in match.groups() if group), "")
        numbers = () if style == "sign" else _numbers(number)
        deeper = DEEPER * max(0, len(numbers) - 2) if style == "dotted" else 0
        return Mark(style, rank + deeper, numbers, match.end(), number if style == "sign" else "")
    return None
