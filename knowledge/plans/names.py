"""Names as plans print them: a word with its other names in brackets, without marks of footnotes and of priority."""

import re

from knowledge.plans.plain import folded, half, tidy

LONGEST = 40  # characters of a term
_INNER = re.compile(r"[（(]([^（）()]{1,60})[）)]")
_CALLS = re.compile(
    r"\s?(?:[（(]\s?(?:[※*＊]|注(?=\s?[\d０-９]))\s?\d{0,2}\s?[）)]|[※＊]\s?\d{0,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^\w{1,4}\])|\*\d{0,2}(?=$|[^*])"
)
_PRIORITY = re.compile(
    r"\s*[【〔\[［(（](?:[◆●★◎○☆※*＊■]{1,3}|[^【】〔〕]{0,12}(?:重点|新規|継続|拡充|再掲)[^【】〔〕]{0,8})[】〕\]］)）]\s*$"
)
_AUTHOR = re.compile(r"^(?:総務|財務|文部科学|厚生労働|経済産業|国土交通|内閣)[省府]$|庁$|^(?:仮称|案|抜粋|以下.*)$")
_WHOLE = re.compile(r"^[【《〈＜<〔\[［]([^【】《》〈〉＜＞<>〔〕\[\]［］]{2,60})[】》〉＞>〕\]］]$")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:-\d{1,2}){1,2}[.、\s]\s*|\(?\d{1,2}(?:[.)、]|\s|$)\s*|[①-⑳]\s*|[・•○●◆◎★☆✓-]\s*)+"
)
_MEANS = re.compile(
    r"^[「『\"“]?([A-Za-z0-9][A-Za-z0-9 .,'’&/+-]{2,80}?)[」』\"”]?\s*"
    r"((?:[（(][^（）()]{1,60}[）)]\s*){0,3})[ァ-ヺー一-龥]{0,10}の(?:略称|略語|略|頭文字)"
)


def split_name(text: str) -> tuple[str, tuple[str, ...]]:
    """A term and its other names: 「RPA(Robotic Process Automation)」 → RPA, (Robotic Process Automation,)."""
    text = tidy(without_calls(text)).strip("「」『』【】〔〕《》:：・■◆●○ ")
    middle = re.search(r"[）)][^\s（(]", text)
    if middle:
        short = tidy(re.sub(r"[ァ-ヺー・]+\s?[（(]([A-Za-z]{2,8})[）)]", r"\1", half(text)))
        whole = tidy(_INNER.sub("", text))
        return whole, tuple(dict.fromkeys(n for n in (short, text) if n != whole))
    inner = [tidy(half(i)) if i.isascii() else tidy(i) for i in _INNER.findall(text)]
    outer = tidy(_INNER.sub("", text))
    others = [part for name in inner for part in re.split(r"[、,，/／:：]|\s-\s", name)]
    names = [tidy(name) for name in others if 1 < len(tidy(name)) <= 60 and not _AUTHOR.search(tidy(name))]  # noqa: PLR2004
    if not outer:
        return (names[0], tuple(names[1:])) if names else (text, ())
    return outer, tuple(dict.fromkeys(names))


def without_calls(text: str) -> str:
    """The text without the marks that call a footnote: 「オープンデータ(※7)」, 「AI¹」."""
    return _CALLS.sub("", text)


def clean_name(text: str) -> str:
    """The name of a measure or an item without footnote call and mark of priority (【国の重点取組事項】, 〔◆〕)."""
    text = without_calls(tidy(text))
    whole = _WHOLE.match(text)
    text = (whole[1] if whole else text).lstrip("★☆◎●◆■ ")
    previous = None
    while previous != text:
        previous, text = text, _PRIORITY.sub("", text)
    return tidy(text.rstrip("*＊ "))


def without_number(text: str) -> str:
    """An item without its number or bullet: 「1.広報活動」 → 広報活動."""
    return tidy(_NUMBERED.sub("", half(text), count=1)) if _NUMBERED.match(half(text)) else tidy(text)


def names_in(cell: str) -> list[str]:
    """The names in a cell, without their numbers: 「① オンライン申請 ② 電子納付」 holds two."""
    return [without_number(part) for part in re.split(r"\s*[①-⑳]\s*", cell) if part.strip()]


def spelled_out(definition: str) -> tuple[str, tuple[str, ...]]:
    """What an abbreviation stands for, with its translations: 「Internet of Things（…）の略」; "" where not said."""
    match = _MEANS.match(definition.strip())
    if match is None:
        return "", ()
    return tidy(match[1]), tuple(tidy(i) for i in _INNER.findall(match[2]))


def tidy_definition(text: str) -> str:
    """An explanation with one space for many, and none between an English name and の略."""
    return re.sub(r"(?<=[A-Za-z]) (?=の略)", "", tidy(text))


def keys_of(name: str) -> frozenset[str]:
    """The spellings under which a name is the same: as printed, and without its glosses in brackets."""
    return frozenset({folded(name), folded(_INNER.sub("", name))} - {""})


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in marks, spaces, long-vowel signs or a gloss in brackets only."""
    return bool(keys_of(one) & keys_of(other))
