"""Text to searchable words: one pipeline for documents and for residents' questions."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from sudachipy import Dictionary, SplitMode

AT_HAND = 32  # texts analysed last: one question is looked at from several sides
QUESTION_LIMIT = 2_000  # characters; nobody asks longer, and a longer text only costs time
CHUNK = 4_000  # characters; Sudachi refuses more than 49,149 bytes at once
NEGATION = "¬"  # stands in `sequence` for ない, ず, ぬ, へん, so that 書かない窓口 is not 書く窓口

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "接頭辞"})
_NEGATIONS = frozenset({"ない", "無い", "ず", "ぬ", "ん", "へん"})
_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
_KANA = "ァ-ヺー"
_LOOKALIKE = re.compile(f"(?<=[{_KANA}])[力一口二八工夕卜](?=[{_KANA}])")
_REPAIRED = {"力": "カ", "一": "ー", "口": "ロ", "二": "ニ", "八": "ハ", "工": "エ", "夕": "タ", "卜": "ト"}
_LONG_VOWEL = re.compile(f"(?<=[{_KANA}ぁ-ゖ])[-‐‑‒–—―−─━~〜∼]+")
_HYPHEN = re.compile("[‐‑‒–—―−─━]")
_CHARACTER = re.compile("[一-鿿㐀-䶿々ァ-ヺ]")
_LATIN = re.compile("[a-z][a-z'0-9]*")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the search sees it.

    `words` are normalised forms of content words, whole (Sudachi's mode C) and in pieces (mode A);
    `readings` of its nouns are in hiragana; `characters` are its kanji and katakana one by one.
    `synonyms` are numbers of the groups that Sudachi's dictionary puts its words in (転居 and 引っ越し share one).
    `sequence` holds the pieces in order, stop words and negations included, for expressions of several words.
    """

    surface: str
    words: tuple[str, ...]
    readings: tuple[str, ...]
    characters: tuple[str, ...]
    latin: tuple[str, ...]
    sequence: tuple[str, ...]
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Morpheme:
    """What is kept of one dictionary word."""

    words: tuple[str, ...]
    sequence: tuple[str, ...]
    reading: str
    synonyms: tuple[str, ...] = ()


class _Token(Protocol):
    """The part of SudachiPy's untyped morpheme that is used here."""

    def normalized_form(self) -> str: ...
    def part_of_speech(self) -> tuple[str, ...]: ...
    def reading_form(self) -> str: ...
    def synonym_group_ids(self) -> list[int]: ...
    def is_oov(self) -> bool: ...
    def word_id(self) -> int: ...
    def surface(self) -> str: ...
    def split(self, mode: SplitMode, *, add_single: bool) -> list[_Token]: ...


class _Tokenizer(Protocol):
    def tokenize(self, text: str) -> list[_Token]: ...


_local = threading.local()
_known: dict[int, _Morpheme] = {}  # by dictionary id: bounded by the dictionary, never a resident's own words


def normalise(text: str, limit: int | None = QUESTION_LIMIT) -> str:
    """One spelling for what looks or sounds the same; at most `limit` characters are looked at."""
    if limit is not None:
        text = text[:limit]
    text = text.replace("゛", "\u3099").replace("゜", "\u309a")
    text = _ODD.sub(_drop, unicodedata.normalize("NFKC", _ODD.sub(_drop, text))).lower()
    text = _LOOKALIKE.sub(lambda found: _REPAIRED[found[0]], text)
    text = _HYPHEN.sub("-", _LONG_VOWEL.sub("ー", text))
    return _SPACE.sub(" ", text).strip()[:limit]


def analyse(text: str, limit: int | None = QUESTION_LIMIT) -> Words:
    """The searchable words of any text; never raises. Documents are given `limit=None`."""
    return _analyse(text, limit)


@lru_cache(maxsize=AT_HAND)
def _analyse(text: str, limit: int | None) -> Words:
    surface = normalise(text, limit)
    words: list[str] = []
    readings: list[str] = []
    sequence: list[str] = []
    synonyms: list[str] = []
    for chunk in _chunks(surface):
        for token in tokenizer().tokenize(chunk):
            morpheme = _morpheme(token)
            words += morpheme.words
            sequence += morpheme.sequence
            synonyms += morpheme.synonyms
            if morpheme.reading:
                readings.append(morpheme.reading)
    return Words(
        surface=surface,
        words=tuple(words),
        readings=tuple(readings),
        characters=tuple(_CHARACTER.findall(surface)),
        latin=tuple(_LATIN.findall(surface)),
        sequence=tuple(sequence),
        synonyms=tuple(synonyms),
    )


class Token(NamedTuple):
    """A dictionary word of a text: as written, how it sounds (katakana), and its part of speech."""

    surface: str
    reading: str
    part: tuple[str, ...]


@lru_cache(maxsize=AT_HAND)
def tokens(surface: str) -> tuple[Token, ...]:
    """The dictionary words of a normalised text, in order."""
    return tuple(
        Token(token.surface(), token.reading_form(), tuple(token.part_of_speech()))
        for token in tokenizer().tokenize(surface)
    )


@lru_cache(maxsize=AT_HAND)
def readings_of(word: str) -> tuple[str, ...]:
    """All readings that the dictionary has of a word as written, in katakana; none of an unknown one."""
    return tuple(dict.fromkeys(found.reading_form() for found in _dictionary().lookup(word)))


def hiragana(text: str) -> str:
    """The text with its katakana written in hiragana."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def tokenizer() -> _Tokenizer:
    """This thread's tokenizer; Sudachi's are not to be shared between threads."""
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer(SplitMode.C)
    return cast("_Tokenizer", _local.tokenizer)


@cache
def stopwords() -> frozenset[str]:
    """Words of politeness and asking, in normalised form."""
    lines = (Path(__file__).parent / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


def _drop(found: re.Match[str]) -> str:
    return " " if found[0] in "\t\n\x0b\x0c\r\x85\u2028\u2029" else ""


def _chunks(surface: str) -> Iterator[str]:
    """The text in parts short enough for Sudachi, cut after a sentence where there is one."""
    start = 0
    while len(surface) - start > CHUNK:
        cut = surface.rfind("。", start, start + CHUNK) + 1
        end = cut if cut > start else start + CHUNK
        yield surface[start:end]
        start = end
    if start < len(surface):
        yield surface[start:]


def searched(token: _Token) -> tuple[str, ...]:
    """The words by which a dictionary word is searched; none of a particle or a stop word."""
    return _morpheme(token).words


def _morpheme(token: _Token) -> _Morpheme:
    number = token.word_id()
    known = _known.get(number)
    if known is None:
        known = _read(token)
        if not token.is_oov():  # unknown words share their numbers
            _known[number] = known
    return known


def _read(token: _Token) -> _Morpheme:
    part = token.part_of_speech()[0]
    form = token.normalized_form()
    if part == "助動詞" and form in _NEGATIONS:
        return _Morpheme((), (NEGATION,), "")
    if part not in _CONTENT:
        return _Morpheme((), (), "")
    pieces = [piece for piece in token.split(SplitMode.A, add_single=True) if piece.part_of_speech()[0] in _CONTENT]
    forms = tuple(piece.normalized_form().lower() for piece in pieces)
    words = dict.fromkeys((form.lower(), *forms))
    reading = hiragana(token.reading_form()) if part == "名詞" and form not in stopwords() else ""
    kept = tuple(word for word in words if word not in stopwords())
    return _Morpheme(kept, forms, reading, _synonyms(token, pieces) if kept else ())


def _synonyms(token: _Token, pieces: list[_Token]) -> tuple[str, ...]:
    numbers = dict.fromkeys(number for one in (token, *pieces) for number in one.synonym_group_ids())
    return tuple(map(str, numbers))
