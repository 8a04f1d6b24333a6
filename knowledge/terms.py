"""Terms: the numbers by which an index knows words, lexicon groups, synonyms, readings and characters."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.lexicon import Lexicon
from knowledge.text import Words, hiragana

SHORTEST_READING = 3  # kana; shorter ones stand by chance inside any hiragana sentence
LONGEST_READING = 14
KANJI_SHARE = 0.2  # of a question's characters: below it, readings are looked for inside the sentence


def tokens(kind: str, words: Words, lexicon: Lexicon) -> Sequence[str]:
    """A document's tokens of one kind; what is found under a broader word is marked with >."""
    if kind != "groups":
        return _own(kind, words)
    narrow = [str(found.group) for found in lexicon.found(words)]
    return narrow + [f">{found.group}" for found in lexicon.found_broader(words)]


def asked_tokens(kind: str, words: Words, lexicon: Lexicon) -> list[str]:
    """A question's tokens of one kind, each once; a group is also looked for under its broader word."""
    if kind != "groups":
        return list(dict.fromkeys(_own(kind, words)))
    groups = dict.fromkeys(found.group for found in lexicon.found(words))
    return [*map(str, groups), *(f">{group}" for group in groups if lexicon.groups[group].broader)]


def said_tokens(kind: str, words: Words, lexicon: Lexicon) -> list[str]:
    """A title's or phrasing's tokens: a question's, and what residents say for the broader words that stand in it."""
    asked = asked_tokens(kind, words, lexicon)
    if kind != "groups":
        return asked
    return list(dict.fromkeys([*asked, *(f">{found.group}" for found in lexicon.found_broader(words))]))


def _own(kind: str, words: Words) -> Sequence[str]:
    match kind:
        case "words":
            return words.words
        case "synonyms":
            return words.synonyms
        case "readings":
            return words.readings
        case _:
            return words.characters


def is_in_kana(words: Words) -> bool:
    """Whether the text is written in hiragana, where the tokenizer finds no word borders."""
    return len(words.characters) <= KANJI_SHARE * len(words.surface)


def heard(surface: str, known: Container[str]) -> list[str]:
    """The known readings inside a normalised text: from left to right the longest, none overlapping."""
    return list(_longest(hiragana(surface), known))


@dataclass(frozen=True)
class Terms:
    """An index's vocabulary: the number of each token by kind; the numbers of the kinds follow each other."""

    lexicon: Lexicon
    numbers: Mapping[str, Mapping[str, int]]
    all_readings: bool = True  # or only for questions with a word that the index does not know

    def bounds(self) -> list[int]:
        """Where each kind's numbers end."""
        return list(accumulate(len(known) for known in self.numbers.values()))

    def of(self, words: Words) -> list[int]:
        """The numbers of the question's known tokens, each once; none for politeness alone."""
        sounds = heard(words.surface, self.numbers["readings"]) if is_in_kana(words) else []
        if not words.words and not sounds:
            return []  # its characters must not find anything
        known = self.numbers
        needed = self.all_readings or not known["words"].keys() >= set(words.words)
        readings = words.readings if needed else ()
        found = [
            *map(known["words"].get, dict.fromkeys(words.words)),
            *map(known["groups"].get, asked_tokens("groups", words, self.lexicon)),
            *map(known["synonyms"].get, dict.fromkeys(words.synonyms)),
            *map(known["readings"].get, dict.fromkeys((*readings, *sounds))),
            *map(known["characters"].get, dict.fromkeys(words.characters)),
        ]
        return [number for number in found if number is not None]


def _longest(text: str, known: Container[str]) -> Iterator[str]:
    start = 0
    while start <= len(text) - SHORTEST_READING:
        ends = range(min(start + LONGEST_READING, len(text)), start + SHORTEST_READING - 1, -1)
        longest = next((text[start:end] for end in ends if text[start:end] in known), "")
        if longest:
            yield longest
        start += len(longest) or 1
