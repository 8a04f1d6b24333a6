"""What was read of a town's texts, as bytes and back: words and numbers, and nothing that could be run.

A line of JSON with the words, then the numbers as little-endian int32, array after array; all of it compressed.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge import readings, sounds
from knowledge.columns import Column, Ids
from knowledge.documents import DIGEST
from knowledge.lexicon import Lexicon
from knowledge.readings import Readings, consecutive
from knowledge.sounds import Sounds
from knowledge.weights import FIELDS, KINDS

MOST_BYTES = 2**28  # unpacked: a town of 1,000 entries takes 10 MB
NUMBER = np.dtype("<i4")
LEVEL = 3  # of zlib: half the time of its usual 6


class Unusable(ValueError):
    """Bytes that are no whole preparation: the texts are read again."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a town's next library takes over.

    Readings and sounds of the same documents, and how names sound that have no reading.
    """

    readings: Readings
    sounds: Sounds
    names: Mapping[str, str]


NOTHING = Prepared(readings.NOTHING, sounds.NOTHING, {})


def to_bytes(prepared: Prepared) -> bytes:
    """All but the lexicon, which `from_bytes` is given again."""
    read, met = prepared.readings, prepared.sounds
    columns = [*(column for kind in KINDS for column in (*read.written[kind], read.spoken[kind])), met.met]
    arrays = [read.said.lengths, read.in_kana, read.wordless]
    arrays += [array for column in columns for array in (column.lengths, column.flat)]
    head = {
        "digests": b"".join(read.digests).hex(),
        "is_spoken": read.is_spoken,
        "vocabulary": [read.vocabulary[kind] for kind in KINDS],
        "words": met.words,
        "names": dict(prepared.names),
        "sizes": [len(array) for array in arrays],
    }
    numbers = b"".join(array.astype(NUMBER).tobytes() for array in arrays)
    return zlib.compress(json.dumps(head, separators=(",", ":")).encode() + b"\n" + numbers, LEVEL)


def from_bytes(content: bytes, lexicon: Lexicon) -> Prepared:
    """What `to_bytes` was given, of which the lexicon must be this one. Raises Unusable."""
    try:
        line, numbers = _unpacked(content).split(b"\n", 1)
        head = json.loads(line)
        return _prepared(head, iter(_arrays(numbers, head["sizes"])), lexicon)
    except (ValueError, LookupError, TypeError, AttributeError, StopIteration, RecursionError, zlib.error) as error:
        raise Unusable(type(error).__name__) from error


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(content, MOST_BYTES)
    _must(unpacking.eof)
    return unpacked


def _arrays(numbers: bytes, sizes: Sequence[int]) -> list[Ids]:
    flat = np.frombuffer(numbers, NUMBER).astype(np.int32, copy=False)
    _must(min(sizes) >= 0 and sum(sizes) == len(flat))
    return np.split(flat, np.cumsum(sizes)[:-1])


def _prepared(head: Mapping[str, Any], arrays: Iterator[Ids], lexicon: Lexicon) -> Prepared:
    """The arrays in the order of `to_bytes`, each held to what it must be."""
    digests = _digests(bytes.fromhex(head["digests"]))
    vocabulary = {kind: tuple(map(sys.intern, head["vocabulary"][place])) for place, kind in enumerate(KINDS)}
    words = tuple((sys.intern(sound), sys.intern(word)) for sound, word in head["words"])
    said, in_kana, wordless = next(arrays), next(arrays) != 0, next(arrays) != 0
    _must(len(said) == len(digests) and bool((said >= 0).all()) and len(in_kana) == len(wordless) == said.sum())
    written, spoken = {}, {}
    for kind, known in vocabulary.items():
        written[kind] = tuple(_column(arrays, len(digests), len(known)) for _ in FIELDS)
        spoken[kind] = _column(arrays, len(in_kana), len(known))
    met = Sounds(digests, words, _column(arrays, len(digests), len(words)))
    read = Readings(
        digests=digests,
        lexicon=lexicon,
        is_spoken=bool(head["is_spoken"]),
        vocabulary=vocabulary,
        written=written,
        spoken=spoken,
        said=consecutive(said.tolist()),
        in_kana=in_kana,
        wordless=wordless,
    )
    return Prepared(read, met, {str(name): str(sound) for name, sound in head["names"].items()})


def _digests(joined: bytes) -> tuple[bytes, ...]:
    _must(len(joined) % DIGEST == 0)
    return tuple(joined[start : start + DIGEST] for start in range(0, len(joined), DIGEST))


def _column(arrays: Iterator[Ids], rows: int, most: int) -> Column:
    """The next column: so many rows of numbers below `most`."""
    lengths, flat = next(arrays), next(arrays)
    _must(len(lengths) == rows and bool((lengths >= 0).all()) and lengths.sum() == len(flat))
    _must(bool(((flat >= 0) & (flat < most)).all()))
    return Column(flat, lengths)


def _must(holds: bool) -> None:
    if not holds:
        raise Unusable("not whole")
