"""Brackets as they open and close, one inside another: the sentences around them, and what they say of a word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plans.explaining import explains, is_borrowed

LONGEST = 240  # characters inside a bracket
SHORTEST = 6
SHORTEST_CLAUSE = 10  # characters of a clause that explains a borrowed word without naming a thing
_CLOSES = {"（": "）", "(": ")", "〔": "〕", "［": "］", "＜": "＞", "<": ">", "〈": "〉"}
_TOLD = re.compile(r"(?:を|のことを)(?:い[いう]|指[しす])(?:ます)?$|のこと(?:です)?$")
_LISTED = re.compile(r"^[①⑴](?=.*[②⑵])|^1[.)](?=.*2[.)])", re.S)
_OTHER = re.compile(
    r"「?[^、。「」]{2,25}」?、?(?:すなわち|つまり)|(?:以下|出典|参照|うち|注)"
)  # explains a word of its own
_COUNTED = re.compile("[0-9０-９A-ZＡ-Ｚァ-ヺ]|[二三四五六七八九十]つ")
_SPELLED = re.compile(r"[ァ-ヺー・]{4,30}[:：。、]\s?\S{5,}")  # UI（ユーザーインターフェース：画面の見た目）
_COUNTED_LAST = re.compile(r"、[^、。]{0,12}\d[\d,.]*[^、。\d]{0,8}$")  # …を届けるアプリ、登録1,930人
_VERB_END = re.compile("(?:[るくすつむぶうぐ]|ない)$")
_READING = re.compile("[ァ-ヺー・]{3,20}|[一-龥]{4,16}")


@dataclass(frozen=True)
class Bracket:
    """A bracket in a text: where it opens, what it holds, where it ends."""

    start: int
    inside: str
    end: int


def brackets_in(text: str) -> Iterator[Bracket]:
    """Every bracket that closes, those inside others too, in the order in which they close."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in _CLOSES:
            opened.append(at)
        elif opened and sign == _CLOSES[text[opened[-1]]]:
            start = opened.pop()
            if at - start <= LONGEST:
                yield Bracket(start, text[start + 1 : at], at + 1)


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text; a full stop inside a bracket ends none."""
    ends = {bracket.start: bracket.end for bracket in brackets_in(text) if text[bracket.start] in "（("}
    start = at = 0
    while at < len(text):
        at = ends.get(at, at + 1)
        if text[at - 1] == "。":
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def explains_word(inside: str, word: str) -> bool:
    """Whether a bracket says what the word before it is: a thing, a clause beside a borrowed word, a list of parts."""
    outer = _without_inner(inside)
    if len(inside) < SHORTEST or _OTHER.match(inside):
        return False
    if _LISTED.match(inside):
        return bool(_COUNTED.search(word))
    if word.isascii() and _SPELLED.match(outer):
        return True
    if outer.endswith("順"):  # （五十音順）
        return False
    outer = _COUNTED_LAST.sub("", outer)
    for told in filter(None, outer.split("。")):
        if explains(told) or _TOLD.search(told):
            return True
    clause = outer.rstrip("。")
    return is_borrowed(word) and len(clause) >= SHORTEST_CLAUSE and bool(_VERB_END.search(clause))


def readings_in(inside: str) -> tuple[str, ...]:
    """The other names that a bracket begins with before it explains: （シーサート。情報事故に…）."""
    first, stop, _ = re.sub("[:：]", "。", inside, count=1).partition("。")
    return (first,) if stop and _READING.fullmatch(first) else ()


def _without_inner(inside: str) -> str:
    within = {at for bracket in brackets_in(inside) for at in range(bracket.start, bracket.end)}
    return "".join(sign for at, sign in enumerate(inside) if at not in within)
