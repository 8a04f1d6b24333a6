"""Which of the town's names stand in a question: as written, as it sounds, or with a slip."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from knowledge.text import AT_HAND, hiragana, normalise, tokens

BEGINNING = 2  # letters by which names are looked up; each has as many
LOOKED_AT = 300  # characters of a question
SHORTEST_HEARD = 5  # folded kana; shorter ones sound like too many things
SHORTEST_SLIPPED = 6
LONGEST_SLIPPED = 60  # folded kana of a question; in a longer one something is always near
SHORT_KANA = 4
OWN_TOKENS = 3
OWN_SLIP = 85.0  # RapidFuzz ratio from which words sound like the town's name
SLIP = 86.0  # RapidFuzz partial ratio from which a slip is believed
MOST_SLIPS = 3
SHARED_PAIRS = 0.5  # of a name's neighbouring letters that the question must hold to be compared at all
SENTENCE = 4  # Latin words that make an English sentence
_BETWEEN_LATIN = re.compile(r"(?<=[a-z0-9])['.]*[\s\"?!,;:()“”、。][\s\"'?!,;:()“”.、。]*(?=[a-z0-9])")
_LATIN_WORD = re.compile("[a-z]{2,}")
ENGLISH = frozenset({"it"})  # English words that are also abbreviations
_KANA = re.compile("[ぁ-ん]+")
_QUOTED = re.compile("[「『]([^「」『』]{2,30})[」』]")
_BEGINS = re.compile("[、。「」『』?!？！](?=[ぁ-ヿ])|[ぁ-ん](?=[ァ-ヺ])")
_TWO_KANJI = re.compile("[一-鿿]{2}")
_PARTICLES = frozenset("のはがをにでともやへ")
_SMALL = str.maketrans(
    "ぁぃぅぇぉゃゅょゎゕゖぢづを",
    "あいうえおやゆよわかけじずお",
    "ーっ・･-‐ 　「」『』()（）【】[]〔〕、。,.?!？！~〜'\"：:／/",
)


@dataclass(frozen=True)
class NameHit:
    """A name found in a question: whose it is, how it was meant, where (in the folded text), and how surely (0–1)."""

    owner: str
    name: str
    start: int
    end: int
    sureness: float


def fold(text: str) -> str:
    """The text with what slips most taken out: kana kind, small kana, long vowels, っ, marks and spaces."""
    kept = _BETWEEN_LATIN.sub("\x1f", hiragana(normalise(text, LOOKED_AT)))
    return kept.translate(_SMALL).replace("\x1f", " ")


def fold_whole(text: str) -> str:
    """A text of any length folded, for comparing texts and for looking names up in them."""
    step = LOOKED_AT // 2  # a character may become several
    return "".join(fold(text[start : start + step]) for start in range(0, len(text), step))


def fold_kana(kana: str) -> str:
    """`fold` of text that is normalised already and holds kana alone; a letter may vanish."""
    return hiragana(kana).translate(_SMALL)


def stands_in(name: str, text: str) -> bool:
    """Whether a folded name stands in a folded text; one of two kanji not as the end of a longer word (運用部会)."""
    return any_stands_in((name,))(text)


def any_stands_in(names: Iterable[str]) -> Callable[[str], bool]:
    """`stands_in` of any of the folded names, made ready to look through many texts."""
    known = list(names)
    plain = [name for name in known if not _TWO_KANJI.fullmatch(name)]
    short = [name for name in known if _TWO_KANJI.fullmatch(name)]
    meant = re.compile("(?<![一-鿿])(?:" + "|".join(short) + ")") if short else None
    return lambda text: any(name in text for name in plain) or (meant is not None and meant.search(text) is not None)


@lru_cache(maxsize=AT_HAND)
def heard(text: str) -> str:
    """How the text sounds, folded: Sudachi's readings in a row."""
    surface = normalise(text, LOOKED_AT)
    return fold("".join(_sound(token.surface, token.reading) for token in tokens(surface)))


def _sound(surface: str, reading: str) -> str:
    return surface if reading in ("", "キゴウ") or surface.isascii() else reading


def _beginnings(question: str) -> frozenset[int]:
    """Where in the folded text a word begins that folding hides: after a mark, and where katakana follow hiragana."""
    text = normalise(question, LOOKED_AT)
    return frozenset(len(fold(text[: found.end()])) for found in _BEGINS.finditer(text))


def _free_standing(text: str, start: int, end: int, begins: Collection[int] = ()) -> bool:
    """A Latin name must not be a part of a longer Latin word, nor a short one in kana of a longer run of kana."""
    if end - start <= SHORT_KANA and _KANA.fullmatch(text, start, end):
        alone = start == 0 or not _KANA.match(text, start - 1) or text[start - 1] in _PARTICLES
        return alone or start in begins
    if not (text[start].isascii() and text[start].isalpha()) and not text[end - 1].isascii():
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    letter = [c.isascii() and c.isalnum() for c in (before, after)]
    return not (letter[0] and text[start].isascii()) and not (letter[1] and text[end - 1].isascii())


def _goes_on(name: str, text: str) -> bool:
    """Whether all of the name but its last letter is written, and grammar goes on: 町民も is no 町民課."""
    begun = re.escape(fold(name)[:-1])
    return _TWO_KANJI.match(name) is not None and re.search(f"{begun}[ぁ-ん]", text) is not None


def _pairs(text: str) -> set[str]:
    """The text's neighbouring letters."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _lengths(table: Iterable[str]) -> dict[str, list[int]]:
    """For each two first letters the lengths of the names that begin with them, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in table:
        lengths[key[:BEGINNING]].add(len(key))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


@lru_cache(maxsize=AT_HAND)
def without_own_name(question: str, sound: str) -> str:
    """The question without the town's own name, as written or misheard (誤解待ち for 五霞町): it tells no entry apart.

    `sound` is the name's folded reading.
    """
    words = tokens(normalise(question, LOOKED_AT))
    sounds = [fold_kana(_sound(token.surface, token.reading)) for token in words]
    for size in range(1, OWN_TOKENS + 1):
        for at in range(len(words) - size + 1):
            said = "".join(sounds[at : at + size])
            if abs(len(said) - len(sound)) <= 1 and fuzz.ratio(said, sound) >= OWN_SLIP:
                surfaces = [token.surface for token in words]
                return "".join((*surfaces[:at], " ", *surfaces[at + size :]))
    return question


class Names:
    """An immutable table of names; made once per publication, then only read."""

    def __init__(self, owners: Iterable[tuple[str, str, str]], known: Mapping[str, str] = MappingProxyType({})) -> None:
        """`owners`: (owner, name, reading or ""); names whose sound is `known` are not read again."""
        self.sounds: dict[str, str] = {}  # of names without a reading
        self._written: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._heard: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for owner, name, reading in owners:
            written = fold(name)
            if len(written) >= BEGINNING:
                self._add(self._written, written, owner, name)
            if not reading and name not in self.sounds:
                self.sounds[name] = known[name] if name in known else heard(name)
            sound = fold(reading) if reading else self.sounds[name]
            if len(sound) >= SHORTEST_HEARD:
                self._add(self._heard, sound, owner, name)
        self._written_lengths = _lengths(self._written)
        self._heard_lengths = _lengths(self._heard)
        self._in_order = sorted(self._heard)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for key in self._heard:
            if len(key) >= SHORTEST_SLIPPED:
                for pair in _pairs(key):
                    self._pairs[pair].append(key)

    @staticmethod
    def _add(table: dict[str, list[tuple[str, str]]], key: str, owner: str, name: str) -> None:
        if all(known != owner for known, _ in table[key]):
            table[key].append((owner, name))

    def find(self, question: str, *, slips: bool = True) -> list[NameHit]:
        """The names in the question, longest first at each place; heard and slipped ones only where none is written."""
        folded = fold(question)
        written = self._scan(folded, self._written, self._written_lengths, 1.0, _beginnings(question))
        written += [hit for hit in self._quoted(question, folded) if hit not in written]
        if len(_LATIN_WORD.findall(normalise(question, LOOKED_AT))) >= SENTENCE:
            written = [hit for hit in written if fold(hit.name) not in ENGLISH]
        sound = heard(question)
        hits = written + [
            hit
            for hit in self._scan(sound, self._heard, self._heard_lengths, 0.95)
            if all(hit.owner != other.owner and fold(hit.name) not in fold(other.name) for other in written)
        ]
        if not hits and slips and len(sound) <= LONGEST_SLIPPED:
            hits = [hit for hit in self._slipped(sound) if not _goes_on(hit.name, folded)]
        return hits

    def sounding(self, sound: str, sureness: float) -> list[NameHit]:
        """The names that stand in a folded sound."""
        return self._scan(sound, self._heard, self._heard_lengths, sureness)

    def beginning_with(self, sound: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The folded sounds of names that begin like this, each with its owners and names."""
        for at in range(bisect_left(self._in_order, sound), len(self._in_order)):
            if not self._in_order[at].startswith(sound):
                return
            yield self._in_order[at], self._heard[self._in_order[at]]

    def _quoted(self, question: str, folded: str) -> Iterator[NameHit]:
        """The names that stand in quotation marks, which folding drops: they are words of their own."""
        for part in map(fold, _QUOTED.findall(question[:LOOKED_AT])):
            at = folded.find(part)
            for owner, name in self._written.get(part, ()):
                yield NameHit(owner, name, at, at + len(part), 1.0)

    def _scan(
        self,
        text: str,
        table: dict[str, list[tuple[str, str]]],
        lengths: dict[str, list[int]],
        sureness: float,
        begins: Collection[int] = (),
    ) -> list[NameHit]:
        hits: list[NameHit] = []
        at = 0
        while at < len(text):
            step = 1
            for length in lengths.get(text[at : at + BEGINNING], ()):
                key = text[at : at + length]
                if len(key) == length and key in table and _free_standing(text, at, at + length, begins):
                    hits += [NameHit(owner, name, at, at + length, sureness) for owner, name in table[key]]
                    step = length
                    break
            at += step
        return hits

    def _slipped(self, sound: str) -> list[NameHit]:
        shared = Counter(key for pair in _pairs(sound) for key in self._pairs.get(pair, ()))
        near = [key for key, count in shared.items() if count >= SHARED_PAIRS * (len(key) - 1)]
        found = process.extract(sound, near, scorer=fuzz.partial_ratio, score_cutoff=SLIP, limit=MOST_SLIPS)
        hits = []
        for key, ratio, _ in found:
            if len(sound) < len(key) - 1:
                continue
            place = fuzz.partial_ratio_alignment(key, sound)
            start, end = (place.dest_start, place.dest_end) if place else (0, len(sound))
            hits += [NameHit(owner, name, start, end, ratio / 100 * 0.9) for owner, name in self._heard[key]]
        return hits
