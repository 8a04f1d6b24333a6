"""Readings: a collection's texts as numbers, kept with its index so that the next one reads only what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from knowledge.columns import Column, Ids, condensed, joined
from knowledge.documents import Document, Rows, rows_of
from knowledge.lexicon import Lexicon
from knowledge.terms import Terms, heard, is_in_kana, said_tokens, tokens
from knowledge.text import analyse, normalise
from knowledge.weights import FIELDS, KINDS

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of documents, told by their digests: their tokens by kind, each kind counted on its own.

    `written[kind]` has a column a field with a row a document. `spoken[kind]` has a row for each title and phrasing,
    read as a question and answering besides to what residents say for its words; `said` has those rows' numbers, a row
    a document. Of such a row `in_kana` says that it is heard besides, and `wordless` that it is nothing unless
    something is heard in it.
    """

    digests: tuple[bytes, ...]
    lexicon: Lexicon
    is_spoken: bool  # nobody asks a collection without phrasings aloud
    vocabulary: Mapping[str, tuple[str, ...]]  # kind → tokens by number
    written: Mapping[str, tuple[Column, ...]]
    spoken: Mapping[str, Column]
    said: Column
    in_kana: Flags
    wordless: Flags

    def terms(self) -> Terms:
        """Numbers for the tokens that stand in a document, kind after kind; what is only said of one gets none."""
        numbers: dict[str, dict[str, int]] = {}
        for kind in KINDS:
            offset = sum(map(len, numbers.values()))
            stands = np.flatnonzero(self._stands(kind)).tolist()
            numbers[kind] = {self.vocabulary[kind][place]: offset + number for number, place in enumerate(stands)}
        # Readings of known words gain a collection nothing; phrasings are compared whole, as they are spoken.
        return Terms(self.lexicon, numbers, all_readings=self.is_spoken)

    def written_as(self, kind: str) -> tuple[Column, ...]:
        """A column a field with a row a document, of the kind's terms counted from 0."""
        numbers = self._numbers(kind)
        return tuple(Column(numbers[column.flat], column.lengths) for column in self.written[kind])

    def spoken_as(self, terms: Terms, documents: Iterable[Document]) -> Column:
        """A row of terms for each title and phrasing: what `Terms.of` reads in a question, and `said_tokens` adds.

        `documents` are those that were read, in their order.
        """
        bounds = [0, *terms.bounds()]
        columns = []
        for kind, offset in zip(KINDS, bounds, strict=False):
            column, stands = self.spoken[kind], self._stands(kind)
            known = column.where(stands[column.flat])
            columns.append(Column(self._numbers(kind)[known.flat] + np.int32(offset), known.lengths))
        return self._heard(joined(columns), terms, documents)

    def _heard(self, column: Column, terms: Terms, documents: Iterable[Document]) -> Column:
        """The rows with what is heard in those that are written in kana; it may hang on the other documents."""
        texts = [text for document in documents for text in _said(document, spoken=self.is_spoken)]
        readings = terms.numbers["readings"]
        rows: list[list[int]] = [[] for _ in texts]
        for row in np.flatnonzero(self.in_kana).tolist():
            found = {readings[sound] for sound in heard(normalise(texts[row], None), readings)}
            rows[row] = sorted(found - set(column.row(row)))
        more = Column.of(rows)
        kept = ~self.wordless | (more.lengths > 0)
        return joined([column.where(kept[column.places()]), more])

    def _stands(self, kind: str) -> Flags:
        """Which of the kind's tokens stand in a document."""
        stands = np.zeros(len(self.vocabulary[kind]), dtype=bool)
        for column in self.written[kind]:
            stands[column.flat] = True
        return stands

    def _numbers(self, kind: str) -> Ids:
        """The kind's tokens that stand in a document, counted from 0; meaningless for the others."""
        return np.cumsum(self._stands(kind), dtype=np.int32) - np.int32(1)


def read(documents: Sequence[Document], lexicon: Lexicon, before: Readings | None = None) -> Readings:
    """The readings of these documents; what `before` has read with the same lexicon is taken over from there."""
    spoken = any(document.phrasings for document in documents)
    if before is None or before.is_spoken != spoken or before.lexicon.groups != lexicon.groups:
        before = _read((), lexicon, dict.fromkeys(KINDS, ()), spoken=spoken)
    new, rows = rows_of([document.digest for document in documents], before.digests)
    both = _beside(before, _read([documents[place] for place in new], lexicon, before.vocabulary, spoken=spoken))
    return _take(both, rows)


def _read(
    documents: Sequence[Document], lexicon: Lexicon, known: Mapping[str, Sequence[str]], *, spoken: bool
) -> Readings:
    """The documents read from the start; their tokens are counted on from the known ones."""
    numbers = {kind: {token: number for number, token in enumerate(known[kind])} for kind in KINDS}
    analysed = cache(partial(analyse, limit=None))  # the same text often stands in several documents

    def numbered(kind: str, found: Iterable[str]) -> list[int]:
        table = numbers[kind]
        return [table.setdefault(token, len(table)) for token in found]

    def written(kind: str, texts: Iterable[str]) -> list[int]:
        return numbered(kind, (token for text in texts for token in tokens(kind, analysed(text), lexicon)))

    columns = {
        kind: tuple(Column.of([written(kind, document.parts(name)) for document in documents]) for name in FIELDS)
        for kind in KINDS
    }
    said = [_said(document, spoken=spoken) for document in documents]
    rows = [analysed(text) for texts in said for text in texts]
    spoken_rows = {kind: [numbered(kind, said_tokens(kind, words, lexicon)) for words in rows] for kind in KINDS}
    return Readings(
        digests=tuple(document.digest for document in documents),
        lexicon=lexicon,
        is_spoken=spoken,
        vocabulary={kind: tuple(table) for kind, table in numbers.items()},
        written=columns,
        spoken={kind: Column.of(spoken_rows[kind]) for kind in KINDS},
        said=consecutive([len(texts) for texts in said]),
        in_kana=np.array([is_in_kana(words) for words in rows], dtype=bool),
        wordless=np.array([not words.words for words in rows], dtype=bool),
    )


def _said(document: Document, *, spoken: bool) -> tuple[str, ...]:
    return (document.title, *document.phrasings) if spoken else ()


def consecutive(lengths: Sequence[int]) -> Column:
    """Rows of these lengths that count from 0 on."""
    return Column(np.arange(sum(lengths), dtype=np.int32), np.array(lengths, dtype=np.int32))


def _beside(one: Readings, other: Readings) -> Readings:
    """Both, of which the second one's vocabulary goes on from the first one's."""
    shifted = Column(other.said.flat + np.int32(len(one.in_kana)), other.said.lengths)
    return replace(
        other,
        digests=(*one.digests, *other.digests),
        written={
            kind: tuple(old.beside(new) for old, new in zip(one.written[kind], other.written[kind], strict=True))
            for kind in KINDS
        },
        spoken={kind: one.spoken[kind].beside(other.spoken[kind]) for kind in KINDS},
        said=one.said.beside(shifted),
        in_kana=np.concatenate([one.in_kana, other.in_kana]),
        wordless=np.concatenate([one.wordless, other.wordless]),
    )


def _take(readings: Readings, rows: Rows) -> Readings:
    """The documents of these rows alone, and the tokens that they use."""
    said = readings.said.take(rows)
    vocabulary, written, spoken = {}, {}, {}
    for kind, known in readings.vocabulary.items():
        columns = [column.take(rows) for column in readings.written[kind]]
        columns.append(readings.spoken[kind].take(said.flat))
        used, (*written[kind], spoken[kind]) = condensed(columns, len(known))
        vocabulary[kind] = tuple(known[number] for number in used)
    return replace(
        readings,
        digests=tuple(readings.digests[row] for row in rows.tolist()),
        vocabulary=vocabulary,
        written={kind: tuple(columns) for kind, columns in written.items()},
        spoken=spoken,
        said=consecutive(said.lengths.tolist()),
        in_kana=readings.in_kana[said.flat],
        wordless=readings.wordless[said.flat],
    )


NOTHING = _read((), Lexicon(), dict.fromkeys(KINDS, ()), spoken=False)
