"""Terms: the numbers by which an index knows words, lexicon groups, synonyms, readings and characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from knowledge.lexicon import Lexicon
from knowledge.postings import Ids
from knowledge.text import Words, hiragana
from knowledge.weights import KINDS

SHORTEST_READING = 3  # kana; shorter ones stand by chance inside any hiragana sentence
LONGEST_READING = 14
KANJI_SHARE = 0.2  # of a question's characters: below it, readings are looked for inside the sentence


@dataclass(frozen=True)
class Terms:
    """A vocabulary that grows while an index is built, one kind after another, and is only read from then on."""

    lexicon: Lexicon
    all_readings: bool = True  # or only for questions with a word that the index does not know
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def learn(self, kind: str, texts: Sequence[Words]) -> list[Ids]:
        """Each text's tokens of a kind as numbers, counted from 0 within the kind."""
        known = self.numbers[kind]
        return [
            np.array([known.setdefault(token, len(known)) for token in self.tokens(kind, words)], dtype=np.int32)
            for words in texts
        ]

    def close(self) -> None:
        """Gives the kinds numbers that follow each other, after all has been learnt."""
        offset = 0
        for known in self.numbers.values():
            for token in known:
                known[token] += offset
            offset += len(known)

    def bounds(self) -> list[int]:
        """Where each kind's numbers end."""
        return list(accumulate(len(known) for known in self.numbers.values()))

    def tokens(self, kind: str, words: Words) -> Sequence[str]:
        """A text's tokens of one kind; what is found under a broader word is marked with >."""
        match kind:
            case "words":
                return words.words
            case "synonyms":
                return words.synonyms
            case "readings":
                return words.readings
            case "characters":
                return words.characters
            case _:
                narrow = [str(found.group) for found in self.lexicon.found(words)]
                return narrow + [f">{found.group}" for found in self.lexicon.found_broader(words)]

    def of(self, words: Words) -> list[int]:
        """The numbers of the question's known tokens, each once; none for politeness alone."""
        heard = self.heard(words)
        if not words.words and not heard:
            return []  # its characters must not find anything
        known = self.numbers
        needed = self.all_readings or not known["words"].keys() >= set(words.words)
        readings = words.readings if needed else ()
        found = [
            *map(known["words"].get, dict.fromkeys(words.words)),
            *map(known["groups"].get, self._groups(words)),
            *map(known["synonyms"].get, dict.fromkeys(words.synonyms)),
            *map(known["readings"].get, dict.fromkeys((*readings, *heard))),
            *map(known["characters"].get, dict.fromkeys(words.characters)),
        ]
        return [number for number in found if number is not None]

    def heard(self, words: Words) -> list[str]:
        """Known readings inside a question written in hiragana, where the tokenizer finds no word borders."""
        if len(words.characters) > KANJI_SHARE * len(words.surface):
            return []
        return list(_longest(hiragana(words.surface), self.numbers["readings"]))

    def _groups(self, words: Words) -> list[str]:
        groups = dict.fromkeys(found.group for found in self.lexicon.found(words))
        return [*map(str, groups), *(f">{group}" for group in groups if self.lexicon.groups[group].broader)]


def _longest(text: str, known: dict[str, int]) -> Iterator[str]:
    """From left to right the longest known readings, none overlapping."""
    start = 0
    while start <= len(text) - SHORTEST_READING:
        ends = range(min(start + LONGEST_READING, len(text)), start + SHORTEST_READING - 1, -1)
        longest = next((text[start:end] for end in ends if text[start:end] in known), "")
        if longest:
            yield longest
        start += len(longest) or 1
