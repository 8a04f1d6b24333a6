"""Entries that get into each other's way: the same or nearly the same title or phrasing in two of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.entries import EntryContent
from knowledge.library import Library
from knowledge.names import fold

LIKE = 90  # RapidFuzz ratio of two folded texts from which a resident could mean either
MOST = 50  # shown


@dataclass(frozen=True)
class Collision:
    """Two entries with a text of each that is the same (`likeness` 100) or too like the other."""

    entry: str
    text: str
    other: str
    other_text: str
    likeness: int


def collisions(before: Library, after: Library, changed: Iterable[str]) -> tuple[Collision, ...]:
    """What collides once the entries of these ids change, and did not before; the likest first."""
    ids = [key for key in changed if key in after.entries]
    mine = [(key, text) for key in ids for text in texts_of(after.entries[key].content)]
    theirs = [(key, text) for key, entry in after.entries.items() for text in texts_of(entry.content)]
    if not mine:
        return ()
    old = {key: set(texts_of(entry.content)) for key, entry in before.entries.items()}
    likenesses = process.cdist(
        [fold(text) for _, text in mine], [fold(text) for _, text in theirs], scorer=fuzz.ratio, score_cutoff=LIKE
    )
    found: dict[tuple[frozenset[str], frozenset[str]], Collision] = {}
    for row, column in zip(*likenesses.nonzero(), strict=True):
        (key, text), (other, other_text) = mine[row], theirs[column]
        stood = text in old.get(key, ()) and other_text in old.get(other, ())
        if key != other and not stood:
            collision = Collision(key, text, other, other_text, int(likenesses[row, column]))
            found.setdefault((frozenset((key, other)), frozenset((text, other_text))), collision)
    return tuple(sorted(found.values(), key=lambda one: -one.likeness)[:MOST])


def texts_of(content: EntryContent) -> tuple[str, ...]:
    """All by which an entry is asked for: title, other names, phrasings of the whole and of its facets."""
    own = (content.title, *content.aliases, *content.phrasings)
    return tuple(dict.fromkeys((*own, *(phrasing for facet in content.facets for phrasing in facet.phrasings))))
