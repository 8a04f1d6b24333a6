"""One town's published entries, ready to be asked: the index over their facets, their names, their spellings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge import misheard, sounds
from knowledge.called import Called, fold_all, names_in
from knowledge.documents import Document
from knowledge.entries import EntryContent, Facet, SourceContent, TownContent
from knowledge.foreign import in_own_words
from knowledge.index import Index, Match
from knowledge.lexicon import Lexicon
from knowledge.names import NameHit, Names, fold, without_own_name
from knowledge.prepared import NOTHING, Prepared
from knowledge.spelling import Speller
from knowledge.text import analyse
from knowledge.weights import Weights

DEPTH = 40  # facets looked at for one question
LEAST_MASS = 3.0  # idf; of a question with hardly a word a share would say too much


@dataclass(frozen=True)
class KnownEntry:
    """A published entry with where it comes from; the days, as YYYY-MM-DD or "": when staff last confirmed it, when
    its text was last changed, from when and until when it holds.
    """

    content: EntryContent
    source: SourceContent
    confirmed_on: str = ""
    source_address: str = ""
    changed_on: str = ""
    valid_from: str = ""
    valid_until: str = ""


@dataclass(slots=True)  # not frozen: eighty are made for every question, and a frozen one takes three times as long
class Candidate:
    """A facet that may answer, with its score and the parts that the score was made of; only to be read."""

    entry: KnownEntry
    facet: Facet
    score: float
    match: Match | None

    @property
    def likeness(self) -> float:
        """Likeness of the question to the facet's nearest phrasing, 0 to 1."""
        return self.match.likeness if self.match else 0.0

    @property
    def coverage(self) -> float:
        """The share of the question's mass that the facet holds, 0 to 1."""
        return self.match.coverage if self.match else 0.0


@dataclass(frozen=True)
class Asked:
    """A question made ready for the index: the text with what was heard in it, and the names found.

    `mass` is the sum of its words' idf; `unknown` the share of it in words that neither town nor lexicon knows, 0 to 1;
    `rarest` the idf of a word that stands nowhere, by which masses of small and large towns compare.
    `read` is the text with romaji in kana, in which the names stand.
    """

    text: str
    searched: str
    names: tuple[NameHit, ...]
    mass: float = 0.0
    unknown: float = 1.0
    rarest: float = 1.0
    read: str = ""


class Library:
    """An immutable search structure over one town's published entries; made once a publication."""

    def __init__(
        self,
        town: TownContent,
        entries: Iterable[KnownEntry],
        lexicon: Lexicon,
        weights: Weights,
        before: "Library | None" = None,
        kind: type[Index] = Index,
        known: Prepared = NOTHING,
    ) -> None:
        """What `before`, the same town's library until now, has read already is not read again, nor what is `known`.

        `kind` is the search structure: by words, or by words and meaning (semantic.py).
        """
        self.town = town
        self.entries = {entry.content.id: entry for entry in entries}
        self._facets: dict[str, tuple[KnownEntry, Facet]] = {}
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._called = Called({key: entry.content for key, entry in self.entries.items()})
        documents = []
        for entry in self.entries.values():
            for number, facet in enumerate(entry.content.facets):
                key = f"{entry.content.id}#{number}"
                self._facets[key] = (entry, facet)
                self._keys[entry.content.id].append(key)
                documents.append(_document(key, entry.content, facet))
        known = before.prepared if before else known
        self.index: Index = kind.build(documents, lexicon, weights, before.index if before else None, known.readings)
        self.names: Names = Names(_names(self.entries.values()), known.names)
        self._sounds = sounds.read(documents, known.sounds)
        names = (name for entry in self.entries.values() for name, _ in names_in(entry.content))
        self.speller: Speller = Speller(self._sounds.counted(), names)

    @property
    def prepared(self) -> Prepared:
        """What was read of the town's texts, from which the next library goes on."""
        return Prepared(self.index.readings, self._sounds, self.names.sounds)

    def names_of(self, entry: str) -> tuple[str, ...]:
        """What an entry is called, folded."""
        return self._called.names_of(entry)

    def kin(self, entry: str) -> tuple[str, ...]:
        """The ids of the entries that speak of the same thing by name, nearest first."""
        return self._called.kin(entry)

    def speaks_of(self, candidate: Candidate, entry: str) -> bool:
        """Whether a facet, or its entry by its title, speaks of another entry by name."""
        return self._called.is_spoken_of(entry, candidate.entry.content, candidate.facet)

    def suggest(self, typed: str, most: int) -> list[str]:
        """Titles of entries whose names hold what was typed, as it is written or read."""
        return self._called.suggest(typed, most)

    def ready(self, question: str) -> Asked:
        """The question with known words added where it was written in kana or Latin letters."""
        question = self.speller.completed(question)
        spoken = self.speller.corrected(without_own_name(question, fold(self.town.reading)), self.is_known)
        text = self.speller.respell(spoken)
        read = self.speller.read(question)
        names = tuple(self.names.find(read) or misheard.names_in(read, self.names, self._says))
        kept = in_own_words(text, self.index)
        lost = kept != text  # with the words around it a name in English went too
        added = [hit.name for hit in names if (hit.sureness < 1 or lost) and fold(hit.name) not in fold(kept)]
        searched = " ".join([kept, *dict.fromkeys(added)])
        words = dict.fromkeys(analyse(searched).words)
        mass = sum(map(self.index.idf, words))
        unknown = sum(self.index.idf(word) for word in words if not self.index.knows(word) and not self.is_known(word))
        return Asked(question, searched, names, mass, unknown / mass if mass else 1.0, self.index.rarest, read)

    def _says(self, words: str) -> bool:
        return fold(words) in self.vocabulary

    def is_known(self, word: str) -> bool:
        """Whether the town's knowledge uses the word, or another word for it by the lexicon."""
        if self.index.knows(word):
            return True
        words = analyse(word)
        if any(self.index.knows(form) for form in words.words):
            return True
        return any(self.index.knows_group(found.group) for found in self.index.lexicon.found(words))

    def rank(self, asked: Asked, depth: int = DEPTH) -> list[Candidate]:
        """The facets nearest to the question, best first; scores are shares of the question's mass."""
        return self._candidates(asked, self.index.rank(asked.searched, depth))

    def _candidates(self, asked: Asked, matches: Iterable[Match]) -> list[Candidate]:
        mass = max(asked.mass, LEAST_MASS)
        return [Candidate(*self._facets[match.key], score=match.score / mass, match=match) for match in matches]

    def family_of(self, entry: str, asked: Asked) -> tuple[list[Candidate], list[Candidate]]:
        """The facets of an entry, and of its kin, by how well they fit the question; at 0 those that share nothing."""
        own, kin = self._keys_of([entry]), self._keys_of(self.kin(entry))
        matches = self.index.among(asked.searched, (*own, *kin))
        return self._within(own, matches, asked), self._within(kin, matches, asked)

    def own_of(self, entry: str, asked: Asked) -> list[Candidate]:
        """The facets of an entry alone, as `family_of` has them."""
        own = self._keys_of([entry])
        return self._within(own, self.index.among(asked.searched, own), asked)

    def _keys_of(self, entries: Iterable[str]) -> list[str]:
        return [key for entry in entries for key in self._keys.get(entry, ())]

    def _within(self, keys: list[str], matches: Mapping[str, Match], asked: Asked) -> list[Candidate]:
        fitting = self._candidates(asked, (matches[key] for key in keys if key in matches))
        rest = [Candidate(*self._facets[key], score=0.0, match=None) for key in keys if key not in matches]
        return [*sorted(fitting, key=lambda c: -c.score), *rest]

    @cached_property
    def _wordings(self) -> dict[str, dict[str, Facet]]:
        """Each entry's phrasings, folded, with their facets."""
        found: dict[str, dict[str, Facet]] = {}
        for entry in self.entries.values():
            wordings = found[entry.content.id] = {}
            for facet in entry.content.facets:
                own = entry.content.phrasings if facet is entry.content.default_facet else ()
                wordings |= {fold(phrasing): facet for phrasing in (*own, *facet.phrasings)}
        return found

    @cached_property
    def _phrased(self) -> dict[str, Facet]:
        """The facet of each phrasing, folded; of two that share one the later, as `annai knowledge check` reports."""
        return {wording: facet for own in self._wordings.values() for wording, facet in own.items()}

    def wordings(self, entry: str) -> Mapping[str, Facet]:
        """An entry's phrasings, folded, with the facets that they ask for."""
        return self._wordings.get(entry, {})

    def phrased(self, question: str) -> Facet | None:
        """The facet of which the town says that just this question asks for it."""
        return self._phrased.get(fold(question))

    @cached_property
    def vocabulary(self) -> str:
        """All that the published texts say, folded: whether a word stands anywhere in them."""
        return fold_all(
            text
            for entry in self.entries.values()
            for text in (entry.content.title, *entry.content.aliases, *(f.text for f in entry.content.facets))
        )


def _names(entries: Iterable[KnownEntry]) -> Iterable[tuple[str, str, str]]:
    for entry in entries:
        for name, reading in names_in(entry.content):
            yield entry.content.id, name, reading


def _document(key: str, content: EntryContent, facet: Facet) -> Document:
    own = content.phrasings if facet is content.default_facet else ()
    about = (facet.about,) if facet.about else ()
    return Document(
        key=key,
        title=" ".join((content.title, *content.aliases, *about)),
        text="\n".join((facet.text, *facet.items)),
        phrasings=(*own, *facet.phrasings),
    )
