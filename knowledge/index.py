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
    """A question's words, and what its matches share: worked out once, when it is first asked for."""

    words: Words
    _index: Index = field(repr=False)

    @cached_property
    def terms(self) -> list[int]:
        """The numbers of the question's terms that the index knows."""
        return self._index.terms_of(self.words)

    @cached_property
    def likenesses(self) -> Scores:
        """Likeness to each document's nearest phrasing, 0 to 1."""
        return self._index.likenesses(self.terms)

    @cached_property
    def asked(self) -> dict[str, float]:
        """The different words with their idf."""
        return {word: self._index.idf(word) for word in self.words.words}

    @cached_property
    def mass(self) -> float:
        """The sum of the words' idf."""
        return sum(self.asked.values())

    @cached_property
    def holders(self) -> list[tuple[frozenset[str], frozenset[int]]]:
        """Each word alone, and the words that lead to a lexicon group: with the documents that hold it."""
        alone = [(frozenset((word,)), self._index.holders("words", word)) for word in self.asked]
        found = self._index.lexicon.found(self.words)
        groups = [(self._of(one.member), self._index.holders("groups", str(one.group))) for one in found]
        return [(words, documents) for words, documents in (*alone, *groups) if documents]

    def _of(self, member: str) -> frozenset[str]:
        return frozenset(word for word in _member_words(member) if word in self.asked)


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
        return float(self._searched.likenesses[self._number])

    @cached_property
    def nearest(self) -> tuple[str, float]:
        """The document's title or phrasing that the question is nearest to, and its likeness, 0 to 1."""
        return self._index.nearest(self._searched.words, self._number)

    @cached_property
    def coverage(self) -> float:
        """The share of the question's idf that the document holds, a lexicon group counting as its word; 0 to 1."""
        searched = self._searched
        met = {word for words, documents in searched.holders if self._number in documents for word in words}
        return sum(searched.asked[word] for word in met) / searched.mass if searched.mass else 0.0

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
        searched = self.searched(question)
        best = best_of(self.scores(searched), depth)
        return [Match(self.documents[number].key, score, self, number, searched) for number, score in best]

    def among(self, question: str, keys: Iterable[str]) -> dict[str, Match]:
        """Of these documents those that have anything in common with the question, by key."""
        searched = self.searched(question)
        scores = self.scores(searched)
        numbers = {key: self._numbers[key] for key in keys}
        return {
            key: Match(key, float(scores[number]), self, number, searched)
            for key, number in numbers.items()
            if scores[number] > 0
        }

    def searched(self, question: str | Words) -> Searched:
        """The question, to be scored against these documents."""
        return Searched(analyse(question) if isinstance(question, str) else question, self)

    def scores(self, searched: Searched) -> Scores:
        """Every document's score, in the documents' order; 0 where nothing is in common."""
        return self._score(searched.terms, searched.likenesses)

    def scores_without(self, words: Words, group: int) -> Scores:
        """Every document's score if the question's words were not in this lexicon group."""
        known = self._terms.numbers["groups"]
        dropped = {known.get(str(group)), known.get(f">{group}")}
        terms = [term for term in self._terms.of(words) if term not in dropped]
        return self._score(terms, self.likenesses(terms))

    def _score(self, terms: list[int], likenesses: Scores) -> Scores:
        if not terms:
            return np.zeros(len(self.documents))
        found, impacts = zip(*map(self._rows.__getitem__, terms), strict=True)
        scores = np.bincount(np.concatenate(found), np.concatenate(impacts), len(self.documents)).astype(
            float, copy=False
        )
        weight = self.weights.of("phrasing")
        return scores + weight * self._rarity[terms].sum() * likenesses if weight and self._phrasings else scores

    def terms_of(self, words: Words) -> list[int]:
        """The numbers of the terms known here, each once."""
        return self._terms.of(words)

    def likenesses(self, terms: list[int]) -> Scores:
        """The likeness, 0 to 1, of a question with these terms to each document's nearest phrasing."""
        return self._phrasings.likeness(terms) if self._phrasings else np.zeros(len(self.documents))

    def holders(self, kind: str, token: str) -> frozenset[int]:
        """The numbers of the documents that have the token of this kind."""
        term = self._terms.numbers[kind].get(token)
        return frozenset(self._rows[term][0].tolist()) if term is not None else frozenset()

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
        columns["phrasing"] += self.likenesses(terms) * float(self._rarity[terms].sum())
        return np.column_stack([columns[name] for name in SIGNALS])

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
