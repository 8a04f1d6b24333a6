"""Personal data in a message: found, replaced, and what is left to answer. Linear in the message's length."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.digits import Number, is_card, is_my_number, is_telephone, numbers
from bot.leftover import PLACEHOLDER, any_of, question_left
from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data" / "personal.yaml"
NEAR = 14  # characters before a number in which its name is looked for
LONG_NUMBER = 9  # digits from which a number without a name is kept out of the log
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─━﹣－"), "-")
_LONG_VOWEL = re.compile("([0-9〇零一二三四五六七八九] ?)ー(?= ?[0-9〇零一二三四五六七八九])")


@dataclass(frozen=True)
class Masked:
    """A message without its personal pieces.

    `text` may be kept; `kinds` name what the resident is warned of (health details and reception numbers are
    masked without a word); `rest` is the question that remains, empty if nothing else was asked.
    """

    text: str
    kinds: tuple[str, ...]
    rest: str


@dataclass(frozen=True, order=True)
class _Piece:
    start: int
    end: int
    kind: str


def mask(text: str) -> Masked:
    """The message with each personal piece replaced, e.g. by ［電話番号］; never raises on any text."""
    folded = _fold(text)
    pieces = _apart(sorted({*_patterned(folded), *_numbered(folded)}, key=_place))
    if not pieces:
        return Masked(folded, (), folded.strip())
    labels: dict[str, str] = _data()["labels"]
    kept, at = [], 0
    for piece in pieces:
        kept += [folded[at : piece.start], f"［{labels[piece.kind]}］"]
        at = piece.end
    masked = "".join(kept) + folded[at:]
    silent = _data()["silent"]
    kinds = tuple(dict.fromkeys(piece.kind for piece in pieces if piece.kind not in silent))
    return Masked(masked, kinds, question_left(masked))


def notice() -> str:
    """What a resident is told who wrote personal data."""
    return str(_data()["notice"])


def _fold(text: str) -> str:
    """NFKC, one hyphen, nothing invisible; what is masked and kept is this text."""
    folded = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).translate(_DASHES)
    return _data_patterns()["own"].sub(r"［\1］", _LONG_VOWEL.sub(r"\1-", _DROPPED.sub("", folded)))


def _patterned(folded: str) -> Iterator[_Piece]:
    """Pieces that a pattern of the data recognises: its group `it`, or all of it."""
    for kind, pattern in _patterns():
        for found in pattern.finditer(folded):
            start, end = found.span("it") if "it" in pattern.groupindex else found.span()
            if start < end and not PLACEHOLDER.search(folded, start, end) and not _is_office(kind, start, folded):
                yield _Piece(start, end, kind)


def _is_office(kind: str, start: int, folded: str) -> bool:
    """Whether an address is one that the message itself calls an office's."""
    return kind == "address" and bool(_data_patterns()["office_before"].search(folded[max(0, start - NEAR) : start]))


def _numbered(folded: str) -> Iterator[_Piece]:
    """Numbers that their digits or the words before them make personal; the longest that fits, group by group."""
    taken = -1
    for candidates in numbers(folded.lower()):
        for number in candidates:
            public = _is_public(number, folded)
            kind = _kind_of(number, folded) if number.start >= taken and not public else None
            if kind:
                yield _Piece(number.start, number.end, kind)
            if kind or public:
                taken = max(taken, number.end)
                break


def _kind_of(number: Number, folded: str) -> str | None:
    before = folded[max(0, number.start - NEAR) : number.start]
    after = folded[number.end : number.end + NEAR]
    for kind, (words, fewest, most) in _declared().items():
        if fewest <= len(number.digits) <= most and words.search(before):
            return "my_number" if kind == "declared" and is_my_number(number.digits) else _carded(kind, number)
    if is_telephone(number):
        return "telephone"
    if is_my_number(number.digits):
        return "my_number"
    if is_card(number.digits):
        return "card"
    if _data_patterns()["call_after"].match(after) and 6 <= len(number.digits) <= 8:  # noqa: PLR2004 - no area code
        return "telephone"
    is_standard = _data_patterns()["standard_before"].search(before)
    public = is_standard or _data_patterns()["counted"].match(after) or number.is_public_line
    return "number" if len(number.digits) >= LONG_NUMBER and not public else None


def _is_public(number: Number, folded: str) -> bool:
    """Whether it is a landline that the message itself calls an office's."""
    before = folded[max(0, number.start - NEAR) : number.start]
    landline = number.digits.startswith("0") and len(number.digits) == 10  # noqa: PLR2004 - with its area code
    return landline and bool(_data_patterns()["public_before"].search(before))


def _carded(kind: str, number: Number) -> str:
    """The kind that a declared number has, a card's where the digits are a card's."""
    return "card" if kind == "declared" and is_card(number.digits) else kind


def _place(piece: _Piece) -> tuple[int, bool, int, str]:
    """The order of pieces: one of a known kind before a mere number at the same place."""
    return piece.start, piece.kind == "number", piece.end, piece.kind


def _apart(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without overlaps: those that overlap become the first one's, stretched to cover all."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and piece.start < joined[-1].end:
            last = joined.pop()
            piece = _Piece(last.start, max(last.end, piece.end), last.kind)  # noqa: PLW2901
        joined.append(piece)
    return joined


@cache
def _data() -> dict[str, Any]:
    read: dict[str, Any] = packaged(DATA)
    return read


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(_filled(p))) for kind, written in _data()["patterns"].items() for p in written]


@cache
def _declared() -> dict[str, tuple[re.Pattern[str], int, int]]:
    return {
        kind: (re.compile(f"(?i:{any_of(d['words'])})[^0-9。、\\n]{{0,8}}$"), *d["digits"])
        for kind, d in _data()["declared"].items()
    }


@cache
def _data_patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    return {
        "own": re.compile(r"\[(" + "|".join(data["labels"].values()) + r")\]"),
        "call_after": re.compile(any_of(data["call_after"])),
        "public_before": re.compile(any_of(data["public_before"])),
        "standard_before": re.compile(any_of(data["standard_before"])),
        "office_before": re.compile(any_of(data["office_before"])),
        "counted": re.compile(any_of(data["counted"])),
    }


def _filled(pattern: str) -> str:
    """The pattern with {surname} and the like put in."""
    for name, words in _data()["lists"].items():
        pattern = pattern.replace("{" + name + "}", any_of(words))
    return pattern
