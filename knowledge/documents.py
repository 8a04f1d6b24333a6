"""What is searched: documents of a town or of any collection."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGEST = 16  # bytes: two texts of one town that share one are not to be met with

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: a title (or question), a text (or answer), and ways in which residents ask for it."""

    key: str
    title: str
    text: str
    phrasings: tuple[str, ...] = ()

    def field(self, name: str) -> str:
        """The text of a field by name."""
        return {"title": self.title, "text": self.text, "phrasings": "。".join(self.phrasings)}[name]

    def parts(self, name: str) -> tuple[str, ...]:
        """A field's texts one by one."""
        return self.phrasings if name == "phrasings" else (self.field(name),)

    @property
    def digest(self) -> bytes:
        """What tells its texts from others, whatever its key is: documents that say the same are read once."""
        texts = repr((self.title, self.text, self.phrasings))
        return hashlib.blake2b(texts.encode(), digest_size=DIGEST).digest()


def rows_of(wanted: Sequence[bytes], known: Sequence[bytes]) -> tuple[list[int], Rows]:
    """The row of each wanted digest where the known ones stand first and the others, each once, after them.

    Before it which of the wanted ones those others are, by their places.
    """
    rows = {digest: row for row, digest in enumerate(known)}
    new: list[int] = []
    for place, digest in enumerate(wanted):
        if digest not in rows:
            rows[digest] = len(known) + len(new)
            new.append(place)
    return new, np.array([rows[digest] for digest in wanted], dtype=np.int64)
