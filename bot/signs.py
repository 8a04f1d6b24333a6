"""Signs of a crisis: classes of words found in a message, and the rules that chain them."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import jaconv

from knowledge.text import hiragana, normalise

REACH = 16  # characters that may stand between two words of a chain
LOOKED_AT = 1_500  # characters at either end of a message: nobody in need writes more, and a flood costs time
Span = tuple[int, int]
_SHORT = 2  # letters of 来た, 見た, いた

_SENTENCE_END = re.compile("[。!?\n]")
_IF = re.compile("[ただ]ら")
_NOISE = re.compile(r"[\s*_~\"「」『』()・…]+")
_NOT_WORD = re.compile("[^a-z0-9]+")
_APOSTROPHE = re.compile("['’`´]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_ROMAJI = re.compile("(?:[kstpcgdbz]?(?:[kgsztdnhbpmyrwfj]|sh|ch|ts|[kgnhbpmr]y)?[aiueo]|n(?![aiueo]))+")


def views(message: str) -> tuple[str, ...]:
    """The message as rules read it: in hiragana without spaces; its Latin words; without Japanese, romaji's kana."""
    text = message if len(message) <= 2 * LOOKED_AT else message[:LOOKED_AT] + "\n" + message[-LOOKED_AT:]
    flat = normalise(text, limit=None)
    spoken = _NOISE.sub("", hiragana(flat))
    words = _latin(flat)
    if len(words.strip("_")) <= 1:
        return (spoken,)
    if _JAPANESE.search(flat):
        return (spoken, words)
    return (spoken, words, _from_romaji(words))


def view_of(message: str) -> str:
    """The one view that tells most of the message."""
    seen = views(message)
    return seen[-1] or seen[1] if len(seen) > 2 else seen[0]  # noqa: PLR2004 - no Japanese: romaji's kana or the words


def _latin(text: str) -> str:
    """The text's Latin words without accents, `_` between and around them."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "_" + _NOT_WORD.sub("_", _APOSTROPHE.sub("", bare)).strip("_") + "_"


def _from_romaji(words: str) -> str:
    parts = words.strip("_").split("_")
    if not all(len(part) < 40 and _ROMAJI.fullmatch(part) for part in parts):  # noqa: PLR2004 - no word is longer
        return ""
    return str(jaconv.alphabet2kana("".join("wo" if part == "o" else part for part in parts)))


def stem(written: str) -> str:
    """A word of the data as it is sought: foreign words bounded by `_` unless a `*` leaves the end open.

    Capitals (ATM, SNS) stand in Japanese text and are sought like it.
    """
    if not written.isascii() or written.isupper() or not written[0].isalpha():
        return hiragana(normalise(written, limit=None)).replace(" ", "")
    bounded = "_" + _APOSTROPHE.sub("", written.lower()).replace(" ", "_")
    return bounded.removesuffix("*") if bounded.endswith("*") else bounded + "_"


@dataclass(frozen=True)
class Vocabulary:
    """Words by class, found in a text by looking up each of its short pieces: linear in the text."""

    classes: Mapping[str, Iterable[str]]

    @cached_property
    def _by_word(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, words in self.classes.items():
            for word in words:
                found[stem(str(word))].append(name)
        return {word: tuple(names) for word, names in found.items()}

    @cached_property
    def _lengths_by_start(self) -> dict[str, tuple[int, ...]]:
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._by_word:
            lengths[word[0]].add(len(word))
        return {start: tuple(sorted(sizes)) for start, sizes in lengths.items()}

    def find(self, text: str) -> dict[str, list[Span]]:
        """Where each class's words stand in the text, in order."""
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        for start, character in enumerate(text):
            for length in self._lengths_by_start.get(character, ()):
                piece = text[start : start + length]
                names = self._by_word.get(piece)
                if names is None or _torn(piece, text, start) or _is_wish(piece, text, start):
                    continue
                for name in names:
                    spans[name].append((start, start + len(piece.rstrip("_"))))  # the next word may share the `_`
        return spans


def _torn(piece: str, text: str, start: int) -> bool:
    """Whether a Latin piece stands inside a longer Latin word: AI is not in waiting."""
    if not piece.isalpha() or not piece.isascii():
        return False
    around = text[max(0, start - 1) : start] + text[start + len(piece) : start + len(piece) + 1]
    return any(c.isascii() and c.isalpha() for c in around)


def _is_wish(piece: str, text: str, start: int) -> bool:
    """Whether a short past tense is the beginning of a wish: 聞きたい is not きた."""
    after = text[start + len(piece) : start + len(piece) + 1]
    return len(piece) <= _SHORT and piece[-1] == "た" and after in ("い", "く")


@dataclass(frozen=True)
class Rule:
    """Chains of classes that must all occur, and classes that must not."""

    chains: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]

    @cached_property
    def _needed(self) -> frozenset[str]:
        return frozenset(name for chain in self.chains for name in chain)

    def met(self, spans: Mapping[str, list[Span]], text: str, tails: re.Pattern[str]) -> bool:
        """Whether every chain occurs, its end not followed by what makes it a case that has not happened."""
        if not self._needed <= spans.keys() or any(spans.get(name) for name in self.unless):
            return False
        return all(any(not _is_case(text, end, tails) for end in _ends(chain, spans, text)) for chain in self.chains)


def rule(written: str) -> Rule:
    """A rule from its notation in crises.yaml: `a > b & c ! d`."""
    positive, *unless = [part.strip() for part in written.split("!")]
    chains = tuple(tuple(name.strip() for name in chain.split(">")) for chain in positive.split("&"))
    return Rule(chains, tuple(unless))


def _is_case(text: str, end: int, tails: re.Pattern[str]) -> bool:
    """Whether what follows a sign makes it a mere case; the た of たら may be the sign's own last letter."""
    return bool(tails.match(text, end) or (_IF.match(text, end - 1) and tails.match(text, end - 1)))


def _ends(chain: tuple[str, ...], spans: Mapping[str, list[Span]], text: str) -> list[int]:
    """Where occurrences of the chain end."""
    ends = sorted({end for _, end in spans.get(chain[0], [])})
    for name in chain[1:]:
        ends = sorted({end for start, end in spans.get(name, []) if _reached(ends, start, text)})
    return ends


def _reached(ends: list[int], start: int, text: str) -> bool:
    """Whether one of the ends lies at most REACH characters before the start, in the same sentence."""
    nearest = bisect_left(ends, start + 1) - 1
    return nearest >= 0 and start - ends[nearest] <= REACH and not _SENTENCE_END.search(text, ends[nearest], start)
