"""Names of measures found again under other spellings, without comparing each with each."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge.plans.names import keys_of
from knowledge.plans.plain import folded

ALIKE = 0.85  # share of equal characters in two names of one measure
SHORTEST = 6  # characters of a name that may be found by likeness
MOST = 5  # names that are alike


class Names:
    """Names by number, found by their keys (see `keys_of`), else by likeness."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._folded: list[str] = []
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """A further name; its number is the count of those before it."""
        for key in keys_of(name):
            self._by_key[key].append(len(self._folded))
        self._folded.append(folded(name))

    def same(self, name: str) -> list[int]:
        """The numbers of the names that are the same up to marks, spaces and a gloss in brackets."""
        return sorted({at for key in keys_of(name) for at in self._by_key.get(key, ())})

    def alike(self, name: str) -> list[int]:
        """The numbers of the names that differ in few characters, the nearest first."""
        wanted = folded(name)
        if len(wanted) < SHORTEST:
            return []
        hits = process.extract(
            wanted, self._folded, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE, limit=MOST
        )
        return [at for other, _, at in hits if len(other) >= SHORTEST]
