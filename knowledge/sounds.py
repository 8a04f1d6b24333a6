"""Sounds: the words of a town's texts that kana or Latin letters may stand for, kept as numbers as readings are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from sudachipy import Morpheme

from knowledge.columns import Column, condensed
from knowledge.documents import Document, rows_of
from knowledge.misheard import NOUN
from knowledge.names import fold
from knowledge.romaji import LATIN_WORD
from knowledge.text import normalise, searched, tokenizer

LOOKED_AT = 2_000  # characters of a text
SHORTEST = 3  # folded kana of a word that may be meant at all
LONGEST = 16
SHORTEST_VERB = 4  # kana of a verb or quality that may be written for a run
_KANA_ONLY = re.compile("[ぁ-ゖ]+")
_KANA = re.compile("[ぁ-ゖァ-ヺー]+")

Word = tuple[str, str]  # its sound in folded kana, and how it is written; a Latin word has no sound


@dataclass(frozen=True, slots=True)
class Sounds:
    """What was met in documents, told by their digests: a row of word numbers a document, as often as they stand."""

    digests: tuple[bytes, ...]
    words: tuple[Word, ...]  # by number
    met: Column

    def counted(self) -> Counter[Word]:
        """How often each word was met."""
        counts: list[int] = np.bincount(self.met.flat, minlength=len(self.words)).tolist()
        return Counter(dict(zip(self.words, counts, strict=True)))


NOTHING = Sounds((), (), Column.of(()))


def read(documents: Sequence[Document], before: Sounds = NOTHING) -> Sounds:
    """The sounds of these documents; what `before` has read is taken over from there."""
    digests = [document.digest for document in documents]
    new, rows = rows_of(digests, before.digests)
    numbers = {word: number for number, word in enumerate(before.words)}
    sound_of = cache(_sound_of)  # most words stand in many texts, and a title in each of its facets' documents
    words_of = cache(lambda text: [numbers.setdefault(word, len(numbers)) for word in _met(text, sound_of)])
    found = [[number for text in _texts(documents[place]) for number in words_of(text)] for place in new]
    used, (met,) = condensed([before.met.beside(Column.of(found)).take(rows)], len(numbers))
    words = tuple(numbers)
    return Sounds(tuple(digests), tuple(words[number] for number in used), met)


def _texts(document: Document) -> tuple[str, ...]:
    return (document.title, document.text, *document.phrasings)


def _met(text: str, sound_of: Callable[[str, str], str]) -> Iterator[Word]:
    """The words of a text that a run of kana may stand for, and its Latin words."""
    said = normalise(text, LOOKED_AT)
    for latin in LATIN_WORD.findall(said.replace("-", "")):
        yield "", latin
    for token in tokenizer().tokenize(said):
        if _may_be_meant(token) and searched(token):
            sound = sound_of(token.surface(), token.reading_form())
            if sound:
                yield sound, token.surface()


def _sound_of(surface: str, reading: str) -> str:
    """How a word sounds that may be written for a run of kana; empty for one that may not."""
    if _KANA_ONLY.fullmatch(surface) or not surface[0].isalpha():
        return ""
    sound = fold(reading)
    return sound if SHORTEST <= len(sound) <= LONGEST else ""


def _may_be_meant(token: Morpheme) -> bool:
    """Whether a run of kana may stand for the word: no slip that a phrasing shows on purpose, no short verb.

    「ほったらかしにならん」 is not 並ん, 「手直しする」 not 資する.
    """
    if token.is_oov() and _KANA.fullmatch(token.surface()):
        return False
    return token.part_of_speech()[0] == NOUN or len(token.reading_form()) >= SHORTEST_VERB
