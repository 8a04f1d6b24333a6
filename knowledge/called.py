"""What entries are called: their names, which of them speak of which by name, and what may be typed for them."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from knowledge.entries import EntryContent, Facet
from knowledge.names import any_stands_in, fold

SHORTEST_PART = 3  # folded characters of a name that may stand inside another title
SHORTEST_KIN = 2  # folded characters of a name that makes kin
MOST_KIN = 12
BRACKET = re.compile("[（(][^）)]*[）)]")


class Called:
    """The entries of one town by id, by what they are called; made once a publication, then only read."""

    def __init__(self, entries: Mapping[str, EntryContent]) -> None:
        self._entries = entries
        self._kin: dict[str, tuple[str, ...]] = {}

    def names_of(self, entry: str) -> tuple[str, ...]:
        """What an entry is called, folded."""
        return self._names[entry]

    def kin(self, entry: str) -> tuple[str, ...]:
        """The ids of the entries that speak of the same thing by name, nearest first."""
        if entry not in self._kin:
            self._kin[entry] = self._find_kin(entry)
        return self._kin[entry]

    def is_spoken_of(self, entry: str, content: EntryContent, facet: Facet) -> bool:
        """Whether a facet, or the entry it belongs to by its title, speaks of the entry of this id by name."""
        said = fold_all((content.title, *content.aliases, facet.about, facet.text, *facet.items))
        return any_stands_in(self.names_of(entry))(said)

    def suggest(self, typed: str, most: int) -> list[str]:
        """Titles of entries whose names, as written or as read, hold what was typed; first those that begin with it."""
        wanted = fold(typed)
        if not wanted:
            return []
        places: dict[str, tuple[int, int]] = {}
        for title, names in self._typed_as.items():
            place = names.find(wanted)
            if place >= 0:
                begins = place == 0 or names[place - 1] == "\n"
                places[title] = (0 if begins else 1, len(names))
        return sorted(places, key=lambda title: places[title])[:most]

    def _find_kin(self, entry: str) -> tuple[str, ...]:
        stands = any_stands_in(self.names_of(entry))
        own_title = self._layers[entry][0]
        nearness = {}
        for other, layers in self._layers.items():
            near = next((place for place, layer in enumerate(layers) if stands(layer)), None)
            if near is None and any(name in own_title for name in self.names_of(other) if len(name) >= SHORTEST_PART):
                near = 1
            if near is not None and other != entry:
                nearness[other] = near
        return tuple(sorted(nearness, key=lambda other: (nearness[other], other)))[:MOST_KIN]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {
            key: tuple(n for n in (fold(name) for name, _ in names_in(content)) if len(n) >= SHORTEST_KIN)
            for key, content in self._entries.items()
        }

    @cached_property
    def _layers(self) -> dict[str, tuple[str, str, str]]:
        """Of each entry what it is called, what its facets are about, and what they say; folded."""
        return {
            key: (
                fold_all((content.title, *content.aliases)),
                fold_all(facet.about for facet in content.facets),
                fold_all(facet.text for facet in content.facets),
            )
            for key, content in self._entries.items()
        }

    @cached_property
    def _typed_as(self) -> dict[str, str]:
        """Of each entry, by title, what may be typed for it; an input method shows the reading first."""
        return {c.title: fold_all((c.title, *c.aliases, c.reading)) for c in self._entries.values()}


def names_in(content: EntryContent) -> Iterable[tuple[str, str]]:
    """An entry's names with their readings ("" where unknown): title, title without its bracket, aliases."""
    yield content.title, content.reading
    bare = BRACKET.sub("", content.title).strip()
    if bare and bare != content.title:
        yield bare, ""
    for alias in content.aliases:
        yield alias, ""


def fold_all(texts: Iterable[str]) -> str:
    """Texts folded one by one, a line each."""
    return "\n".join(fold(text) for text in texts)
