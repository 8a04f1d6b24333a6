"""The index: an immutable search structure over a town's entries or any collection; rank(question) → matches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge import inverted, reasons
from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.phrasings import Phrasings
from knowledge.readings import NOTHING, Readings, read
from knowledge.reasons import Reason
from knowledge.text import Words, analyse
from knowledge.weights import FIELDS, SIGNALS, Weights

Scores = NDArray[np.float64]


@dataclass(eq=False)
class Searched:
    """A question's words, and what its matches share: worked out once, when the first of them is asked for it."""

    words: Words
    _lexicon: Lexicon = field(repr=False)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.words.words)

    @cached_property
    def groups(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The lexicon groups that the question stands in, by number, each with those of its words that are in it."""
        found = self._lexicon.found(self.words)
        return tuple((str(one.group), self.asked.intersection(_member_words(one.member))) for one in found)


@dataclass(eq=False)  # not frozen: ten are made for every question, and a frozen one takes three times as long
class Match:
    """A document that fits, with its score; only to be read. All else is worked out when asked for."""

    key: str
    score: float
    _index: Index = field(repr=False)
    _number: int = field(repr=False)
    _searched: Searched = field(repr=False)

    @cached_property
    def likeness(self) -> float:
        """Likeness to the document's nearest phrasing, 0 to 1."""
        return self._index.likeness(self._searched.words, self._number)

    @cached_property
    def nearest(self) -> tuple[str, float]:
        """The document's title or phrasing that the question is nearest to, and its likeness, 0 to 1."""
        return self._index.nearest(self._searched.words, self._number)

    @cached_property
    def coverage(self) -> float:
        """The share of the question's idf that the document holds, 0 to 1."""
        return self._index.coverage(self._searched, self._number)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Which word met which."""
        return self._index.reasons(self._searched.words, self._number)


class Index:
    """Built once from documents, then only read; safe to share between threads."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        lexicon: Lexicon,
        weights: Weights,
        before: Index | None = None,
        known: Readings = NOTHING,
    ) -> None:
        self.documents = documents
        self._numbers = {document.key: number for number, document in enumerate(documents)}
        self.lexicon = lexicon
        self.weights = weights
        self.readings: Readings = read(documents, lexicon, before.readings if before else known)
        self._inverted = inverted.build(self.readings, weights)
        self._terms, self._rarity = self._inverted.terms, self._inverted.rarity
        self._rows = self._inverted.rows
        self._phrasings = self._pool()

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        lexicon: Lexicon,
        weights: Weights,
        before: Index | None = None,
        known: Readings = NOTHING,
    ) -> Index:
        """An index over the documents; their keys must differ.

        What `before` has read already, or without it stands in the readings `known`, is not read again.
        """
        return cls(tuple(documents), lexicon, weights, before, known)

    def rank(self, question: str | Words, depth: int = 10) -> list[Match]:
        """The best `depth` documents that have anything in common with the question, best first."""
        words = analyse(question) if isinstance(question, str) else question
        best = best_of(self.scores(words), depth)
        searched = Searched(words, self.lexicon)
        return [Match(self.documents[number].key, score, self, number, searched) for number, score in best]

    def among(self, question: str, keys: Iterable[str]) -> dict[str, Match]:
        """Of these documents those that have anything in common with the question, by key."""
        words = analyse(question)
        scores = self.scores(words)
        numbers = {key: self._numbers[key] for key in keys}
        searched = Searched(words, self.lexicon)
        return {
            key: Match(key, float(scores[number]), self, number, searched)
            for key, number in numbers.items()
            if scores[number] > 0
        }

    def scores(self, words: Words) -> Scores:
        """Every document's score, in the documents' order; 0 where nothing is in common."""
        return self._score(self._terms.of(words))

    def scores_without(self, words: Words, group: int) -> Scores:
        """Every document's score if the question's words were not in this lexicon group."""
        known = self._terms.numbers["groups"]
        dropped = {known.get(str(group)), known.get(f">{group}")}
        return self._score([term for term in self._terms.of(words) if term not in dropped])

    def _score(self, terms: list[int]) -> Scores:
        if not terms:
            return np.zeros(len(self.documents))
        found, impacts = zip(*map(self._rows.__getitem__, terms), strict=True)
        scores = np.bincount(np.concatenate(found), np.concatenate(impacts), len(self.documents)).astype(
            float, copy=False
        )
        weight = self.weights.of("phrasing")
        return scores + weight * self._nearest_phrasing(terms) if weight and self._phrasings else scores

    @property
    def rarest(self) -> float:
        """The idf of a word that stands nowhere here."""
        return self._inverted.rarest

    def idf(self, word: str) -> float:
        """How rare a normalised word is here; an unknown word is as rare as one that stands nowhere."""
        term = self._terms.numbers["words"].get(word)
        return float(self._inverted.idf[term]) if term is not None else self.rarest

    def knows(self, word: str) -> bool:
        """Whether the normalised word stands in any document."""
        return word in self._terms.numbers["words"]

    def knows_group(self, group: int) -> bool:
        """Whether a member of the lexicon group of that number stands in any document."""
        return str(group) in self._terms.numbers["groups"]

    def signals(self, words: Words) -> NDArray[np.float64]:
        """The raw signals of all documents, one row a document, columns in the order of `weights.SIGNALS`."""
        columns = {name: np.zeros(len(self.documents)) for name in SIGNALS}
        terms, table, titles = self._terms.of(words), self._inverted.postings, self._inverted.title_rarity
        for term in terms:
            place = slice(self._inverted.starts[term], self._inverted.starts[term + 1])
            found, impacts = table.documents[place], table.impacts[place]
            for column, name in enumerate(FIELDS):
                columns[f"{name}.{self._inverted.kind(term)}"][found] += impacts[:, column]
            columns["anywhere"][found] += self._rarity[term]
            columns["share"][found] += (impacts[:, 0] > 0) * self._rarity[term] / titles[found]
        columns["phrasing"] += self._nearest_phrasing(terms)
        return np.column_stack([columns[name] for name in SIGNALS])

    def likeness(self, words: Words, number: int) -> float:
        """Likeness of a question to one document's nearest phrasing, 0 to 1."""
        return float(self._phrasings.likeness(self._terms.of(words))[number]) if self._phrasings else 0.0

    def nearest(self, words: Words, number: int) -> tuple[str, float]:
        """A document's title or phrasing nearest to a question, and the cosine of their terms, 0 to 1."""
        asked = set(self._terms.of(words))
        document = self.documents[number]
        likenesses = {text: self._cosine(asked, analyse(text)) for text in (document.title, *document.phrasings)}
        best = max(likenesses, key=lambda text: likenesses[text])
        return best, likenesses[best]

    def _cosine(self, asked: set[int], words: Words) -> float:
        other = set(self._terms.of(words))
        dot, one, two = (float((self._rarity[list(terms)] ** 2).sum()) for terms in (asked & other, asked, other))
        return dot / (one * two) ** 0.5 if dot else 0.0

    def reasons(self, words: Words, number: int) -> tuple[Reason, ...]:
        """Which words of the question met which words of the document."""
        return reasons.reasons(words, self.documents[number], self.lexicon, self.idf)

    def _pool(self) -> Phrasings | None:
        """Titles and phrasings one by one, each read as a question; a collection without phrasings does without."""
        if not self.readings.is_spoken:
            return None
        said = self.readings.said.lengths
        return Phrasings.build(self.readings.spoken_as(self._terms, self.documents), said, self._rarity)

    def _nearest_phrasing(self, terms: list[int]) -> Scores:
        """Likeness to each document's nearest phrasing times the question's rarity."""
        if self._phrasings is None or not terms:
            return np.zeros(len(self.documents))
        return self._phrasings.likeness(terms) * float(self._rarity[terms].sum())

    def coverage(self, searched: Searched, number: int) -> float:
        """The share of the question's idf that the document holds, a lexicon group counting as its word."""
        met = {word for word in searched.asked if self._inverted.holds("words", word, number)}
        for group, words in searched.groups:
            if not words <= met and self._inverted.holds("groups", group, number):
                met |= words
        mass = sum(map(self.idf, searched.asked))
        return sum(map(self.idf, met)) / mass if mass else 0.0


@cache
def _member_words(member: str) -> tuple[str, ...]:
    """A lexicon member's words; bounded by the lexicon."""
    return analyse(member).words


def best_of(scores: Scores, depth: int) -> list[tuple[int, float]]:
    """Numbers and scores of the best `depth` above 0; of equal ones the earlier number first."""
    depth = min(depth, len(scores))
    if depth < 1:
        return []
    least = np.partition(scores, -depth)[-depth]
    candidates = (scores >= least if least > 0 else scores > 0).nonzero()[0]
    found = zip(candidates.tolist(), scores[candidates].tolist(), strict=True)
    return sorted(found, key=lambda pair: -pair[1])[:depth]  # quicker than NumPy for so few
