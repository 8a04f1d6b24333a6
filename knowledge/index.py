"""The index: an immutable search structure over a town's entries or any collection; rank(question) → matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge import postings, readings
from knowledge.columns import Ids
from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.phrasings import Phrasings
from knowledge.text import Words, analyse
from knowledge.weights import FIELDS, KINDS, SHARES, SIGNALS, Weights

SATURATIONS = {  # k1 and b: measured on localgovFAQ
    "words": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "groups": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "synonyms": {"title": (2.0, 0.9), "text": (1.2, 0.9), "phrasings": (1.2, 0.6)},
    "readings": {"title": (0.8, 0.6), "text": (0.8, 0.6), "phrasings": (0.8, 0.6)},
    "characters": {"title": (1.2, 0.75), "text": (1.2, 0.75), "phrasings": (1.2, 0.75)},
}

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One content word of a question: how rare it is (idf), whether the index knows it, what it is widened to."""

    word: str
    idf: float
    known: bool
    expansions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as one index sees it; `mass` is the sum of its words' idf."""

    words: Words
    asked: tuple[Asked, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document matched: a word of the question met a word of a field, directly or through a lexicon group."""

    question: str
    document: str
    field: str
    group: str | None


@dataclass(eq=False)  # not frozen: ten are made for every question, and a frozen one takes three times as long
class Match:
    """A document that fits, with its score; only to be read. Signals and reasons are worked out when asked for."""

    key: str
    score: float
    _index: Index = field(repr=False)
    _number: int = field(repr=False)
    _words: Words = field(repr=False)

    @cached_property
    def features(self) -> Mapping[str, float]:
        """The raw signals by name, and "coverage", the share of the question's idf that the document holds."""
        return self._index.features(self._words, self._number)

    @cached_property
    def likeness(self) -> float:
        """Likeness to the document's nearest phrasing, 0 to 1; the feature "phrasing" alone."""
        return self._index.likeness(self._words, self._number)

    @cached_property
    def nearest(self) -> tuple[str, float]:
        """The document's title or phrasing that the question is nearest to, and its likeness, 0 to 1."""
        return self._index.nearest(self._words, self._number)

    @cached_property
    def coverage(self) -> float:
        """The share of the question's idf that the document holds; the feature "coverage" alone."""
        return self._index.coverage(self._words, self._number)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Which word met which."""
        return self._index.reasons(self._words, self._number)


class Index:
    """Built once from documents, then only read; safe to share between threads."""

    def __init__(
        self, documents: tuple[Document, ...], lexicon: Lexicon, weights: Weights, before: Index | None = None
    ) -> None:
        self.documents = documents
        self._numbers = {document.key: number for number, document in enumerate(documents)}
        self.lexicon = lexicon
        self.weights = weights
        self._readings: readings.Readings = readings.read(documents, lexicon, before._readings if before else None)
        self._terms = self._readings.terms()
        self._postings = self._collect()
        self._starts: list[int] = self._postings.starts.tolist()
        containing = np.diff(self._postings.starts)
        self._idf = postings.inverse_frequency(containing, len(documents))
        self.rarest = float(postings.inverse_frequency(np.zeros(1, dtype=np.int64), len(documents))[0])
        self._rarity = self._idf * np.repeat(SHARES, np.diff([0, *self._terms.bounds()]))
        self._title_rarity = self._rarity_of_titles()
        self._rows = self._cut(self._fuse())
        self._phrasings = self._pool()

    @classmethod
    def build(
        cls, documents: Iterable[Document], lexicon: Lexicon, weights: Weights, before: Index | None = None
    ) -> Index:
        """An index over the documents; their keys must differ. What `before` has read already is not read again."""
        return cls(tuple(documents), lexicon, weights, before)

    def rank(self, question: str | Words, depth: int = 10) -> list[Match]:
        """The best `depth` documents that have anything in common with the question, best first."""
        words = analyse(question) if isinstance(question, str) else question
        best = best_of(self.scores(words), depth)
        return [Match(self.documents[number].key, score, self, number, words) for number, score in best]

    def among(self, question: str, keys: Iterable[str]) -> dict[str, Match]:
        """Of these documents those that have anything in common with the question, by key."""
        words = analyse(question)
        scores = self.scores(words)
        numbers = {key: self._numbers[key] for key in keys}
        return {
            key: Match(key, float(scores[number]), self, number, words)
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

    def idf(self, word: str) -> float:
        """How rare a normalised word is here; an unknown word is as rare as one that stands nowhere."""
        term = self._terms.numbers["words"].get(word)
        return float(self._idf[term]) if term is not None else self.rarest

    def knows(self, word: str) -> bool:
        """Whether the normalised word stands in any document."""
        return word in self._terms.numbers["words"]

    def knows_group(self, group: int) -> bool:
        """Whether a member of the lexicon group of that number stands in any document."""
        return str(group) in self._terms.numbers["groups"]

    def question(self, text: str | Words) -> Question:
        """The question's content words as this index sees them."""
        words = analyse(text) if isinstance(text, str) else text
        widened = self._widened(words)
        asked = tuple(
            Asked(word, self.idf(word), self.knows(word), widened.get(word, ())) for word in dict.fromkeys(words.words)
        )
        return Question(words, asked, sum(one.idf for one in asked))

    def signals(self, words: Words) -> NDArray[np.float64]:
        """The raw signals of all documents, one row a document, columns in the order of `weights.SIGNALS`."""
        columns = {name: np.zeros(len(self.documents)) for name in SIGNALS}
        terms = self._terms.of(words)
        for term in terms:
            place = slice(self._starts[term], self._starts[term + 1])
            found, impacts = self._postings.documents[place], self._postings.impacts[place]
            for column, name in enumerate(FIELDS):
                columns[f"{name}.{self._kind(term)}"][found] += impacts[:, column]
            columns["anywhere"][found] += self._rarity[term]
            columns["share"][found] += (impacts[:, 0] > 0) * self._rarity[term] / self._title_rarity[found]
        columns["phrasing"] += self._nearest_phrasing(terms)
        return np.column_stack([columns[name] for name in SIGNALS])

    def features(self, words: Words, number: int) -> dict[str, float]:
        """The raw signals of one document by name, "phrasing" as a likeness from 0 to 1, and "coverage"."""
        terms = self._terms.of(words)
        features = dict.fromkeys(SIGNALS, 0.0)
        for term in terms:
            row = self._row(term, number)
            if row is None:
                continue
            impacts, rarity = self._postings.impacts[row].tolist(), float(self._rarity[term])
            for name, impact in zip(FIELDS, impacts, strict=True):
                features[f"{name}.{self._kind(term)}"] += impact
            features["anywhere"] += rarity
            features["share"] += rarity / float(self._title_rarity[number]) if impacts[0] else 0.0
        features["phrasing"] = self.likeness(words, number)
        return features | {"coverage": self.coverage(words, number)}

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
        """Which words of the question met which words of the document, rare words first, fields in order."""
        asked = sorted(dict.fromkeys(words.words), key=lambda word: -self.idf(word))
        members = {found.group: found.member for found in self.lexicon.found(words)}
        reasons: dict[Reason, None] = {}
        for name in FIELDS:
            there = analyse(self.documents[number].field(name), None)
            reasons |= {Reason(word, word, name, None): None for word in asked if word in there.words}
            for found in self.lexicon.found(there):
                member = members.get(found.group, found.member)
                if member != found.member:
                    reasons[Reason(member, found.member, name, self.lexicon.groups[found.group].place)] = None
        return tuple(reasons)

    def _collect(self) -> postings.Postings:
        """Every term's documents, kind after kind."""
        parts = []
        for kind in KINDS:
            shapes = [postings.Saturation(*SATURATIONS[kind][name]) for name in FIELDS]
            parts.append(postings.build(self._readings.written_as(kind), shapes, len(self._terms.numbers[kind])))
        return postings.join(parts)

    def _rarity_of_titles(self) -> NDArray[np.float64]:
        """The sum of the rarity of each title's terms, each once; never 0, so that it can divide."""
        held = self._postings.impacts[:, 0] > 0
        rarity = self._rarity_of_postings()[held]
        return np.maximum(np.bincount(self._postings.documents[held], rarity, minlength=len(self.documents)), 1e-9)

    def _rarity_of_postings(self) -> NDArray[np.float64]:
        return np.repeat(self._rarity, np.diff(self._postings.starts))

    def _fuse(self) -> NDArray[np.float64]:
        """One impact for each posting, all signals weighed: so a question costs one addition a posting."""
        rarity, impacts = self._rarity_of_postings(), self._postings.impacts
        share = (impacts[:, 0] > 0) * rarity / self._title_rarity[self._postings.documents]
        fused = self.weights.of("anywhere") * rarity + self.weights.of("share") * share
        ends = [self._starts[bound] for bound in self._terms.bounds()]
        for kind, start, end in zip(KINDS, [0, *ends], ends, strict=False):
            fused[start:end] += impacts[start:end] @ np.array([self.weights.of(f"{name}.{kind}") for name in FIELDS])
        return fused

    def _cut(self, fused: NDArray[np.float64]) -> list[tuple[Ids, NDArray[np.float64]]]:
        """Every term's documents and fused impacts, cut once: cutting costs a question more than adding."""
        places = [slice(start, end) for start, end in pairwise(self._starts)]
        return [(self._postings.documents[place], fused[place]) for place in places]

    def _pool(self) -> Phrasings | None:
        """Titles and phrasings one by one, each read as a question; a collection without phrasings does without."""
        if not self._readings.is_spoken:
            return None
        said = self._readings.said.lengths
        return Phrasings.build(self._readings.spoken_as(self._terms), said, self._rarity)

    def _nearest_phrasing(self, terms: list[int]) -> Scores:
        """Likeness to each document's nearest phrasing times the question's rarity."""
        if self._phrasings is None or not terms:
            return np.zeros(len(self.documents))
        return self._phrasings.likeness(terms) * float(self._rarity[terms].sum())

    def _widened(self, words: Words) -> dict[str, tuple[str, ...]]:
        """For each word of the question the other members of its lexicon groups."""
        widened: dict[str, tuple[str, ...]] = {}
        for found in self.lexicon.found(words):
            others = tuple(word for word in self.lexicon.groups[found.group].words if word != found.member)
            for word in _member_words(found.member):
                widened[word] = (*widened.get(word, ()), *others)
        return widened

    def coverage(self, words: Words, number: int) -> float:
        """The share of the question's idf that the document holds, a lexicon group counting as its word."""
        asked = set(words.words)
        met = {word for word in asked if self._holds("words", word, number)}
        for found in self.lexicon.found(words):
            if self._holds("groups", str(found.group), number):
                met |= asked.intersection(_member_words(found.member))
        mass = sum(map(self.idf, asked))
        return sum(map(self.idf, met)) / mass if mass else 0.0

    def _holds(self, kind: str, token: str, number: int) -> bool:
        term = self._terms.numbers[kind].get(token)
        return term is not None and self._row(term, number) is not None

    def _row(self, term: int, number: int) -> int | None:
        """Where the term's posting for the document stands."""
        start, end = self._starts[term], self._starts[term + 1]
        row = start + int(np.searchsorted(self._postings.documents[start:end], number))
        return row if row < end and self._postings.documents[row] == number else None

    def _kind(self, term: int) -> str:
        return next(kind for kind, bound in zip(KINDS, self._terms.bounds(), strict=True) if term < bound)


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
