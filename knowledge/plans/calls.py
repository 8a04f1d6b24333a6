"""Where notes are called, ※1, ＊, ¹, (注1), [^1], and the word that calls them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.names import split_name, without_calls
from knowledge.plans.plain import half

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST_WORD = 30  # characters of a word that a note explains
REACH = 60  # characters before a call that are looked at
_CALL = re.compile(
    r"\s?[（(]\s?[※＊*]\s?(\d{0,2})\s?[）)]|\s?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\s?[※＊*](\d{1,2})(?![\d手])|\s?(?:注(\d{1,2})[）)]|[（(]\s?注\s?(\d{0,2})\s?[）)])|(?<![受発外])注(\d{1,2})(?![\d件月日年)）])|\[\^(\w{1,4})\]|(?<=[^\s])[※＊*]"
)
RUN = re.compile(
    r"(?:(?<=[一-龥])[おご](?=[一-龥])|[A-Za-zα-ωΑ-Ω´′0-9Ａ-Ｚａ-ｚ０-９ァ-ヺー・一-龥々〇./&＋+‐-])+[きみりけしいえち]?$"
)
_QUOTED = re.compile(r"[「『“]([^「」『』“”]{1,40})[」』”]$")
_ENCLOSED = re.compile(r"[（(]([^（）()]{1,40})[）)]$")
_KANA_BEFORE = re.compile(
    r"(?:^|[、。，：:「『（(・\s])(?P<kana>(?!また|または|すなわち|つまり|たとえば|および|さらに|この|その|これ|いわゆる|なお|そして|すべての|あらゆる)[ぁ-ん]{3,8})$"
)
_VERB = re.compile("[一-龥]{2}[りみきち]$|(?:引|引っ)越し$")
_LATIN_LIST = re.compile(r"[A-Z][A-Za-z-]{1,9}(?:・[A-Z][A-Za-z-]{1,9})+")


@dataclass(frozen=True, slots=True)
class Call:
    """A word that calls a note, with the names it stands with, where."""

    number: str
    names: tuple[str, ...]
    line: int


def calls_in(block: Block) -> Iterator[Call]:
    """The calls in a block, in order."""
    texts = block.cells if block.kind is Kind.ROW else (block.text,)
    for text in texts:
        for match in _CALL.finditer(text):
            number = next((group for group in match.groups() if group), "").translate(SUPERSCRIPT)
            names = names_before(
                text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + 2]
            )
            if names:
                yield Call(half(number), names, block.line)


def names_before(before: str, after: str = "") -> tuple[str, ...]:  # noqa: PLR0911  a return for each way to write it
    """The word that ends here with its other names: 「情報通信技術(ICT)」 → ICT, 情報通信技術; else nothing."""
    before = without_calls(before).rstrip()
    quoted = _QUOTED.search(before)
    if quoted:
        name, others = split_name(quoted[1])
        return tuple(dict.fromkeys((name, quoted[1], *others)))
    enclosed = _ENCLOSED.search(before)
    if enclosed:
        outer = _run(before[: enclosed.start()])
        inner = enclosed[1].strip()
        if not outer:
            return (inner,) if _run(inner) == inner else ()
        latin = inner.isascii()
        return tuple(n for n in (inner, outer) if n is inner or len(n) > 3) if latin else (outer, inner)  # noqa: PLR2004  見直し(BPR) names nothing
    word = _run(before)
    divided = re.search(r"[A-Za-z0-9ァ-ヺー・一-龥々]+[（(][A-Za-z]{2,8}[）)]$", before[: len(before) - len(word)])
    if word and divided:
        return (divided[0] + word,)
    if not word or (word.isdigit() and len(word) < 3):  # noqa: PLR2004
        return ()
    opened = before[: len(before) - len(word)].rstrip()
    if opened.endswith(("（", "(")) and after.lstrip().startswith(("）", ")")):
        outer = _run(opened[:-1])
        return (word, outer) if outer else (word,)
    return (word,)


def _run(text: str) -> str:
    """The word that a text ends with: no particle in it, but 書かない窓口 and ぴったりサービス are whole."""
    text = text.rstrip()[-LONGEST_WORD:]
    for known in vocabulary.words("headings")["compounds"]:
        if text.endswith(known):
            return str(known)
    match = RUN.search(text)
    if match is None:
        return ""
    word = match[0].strip("・-.")
    if re.fullmatch(r"[\d.]+", word):
        counted = re.search(r"[A-Za-z]{2,20} $", text[: match.start()])
        return counted[0] + word if counted else word  # Society 5.0
    if _LATIN_LIST.fullmatch(word):
        return word.rpartition("・")[2]
    verb = (
        re.search("[一-龥]{2}[りみきち]$|(?:引|引っ)越し$", text[: match.start()])
        if re.match("[ァ-ヺ一-龥]", word)
        else None
    )
    if verb and not re.search("[一-龥]$", text[: verb.start()]):
        return verb[0] + word  # 見守りセンサー
    kana = _KANA_BEFORE.search(text[: match.start()]) if re.match("[ァ-ヺ一-龥]", word) else None
    return kana["kana"] + word if kana else word
