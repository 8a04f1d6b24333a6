"""Like questions put together: said with the same words, other words of the lexicon, or a slip of the finger."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from knowledge.lexicon import Lexicon
from knowledge.names import fold, heard
from knowledge.text import analyse

LIKE = (
    0.78  # cosine of two questions' words: 「スマホの教室はどこ」 and 「携帯の講習ってある」 meet, by hand on our sets
)
SLIP = 88.0  # RapidFuzz ratio of how they sound
SHORTEST_SOUND = 6  # kana below which a slip makes another word
PREFIX = 6  # rarest letter pairs looked at: a slip or two leaves one of them standing
_NUMBER = re.compile("[0-9〇一二三四五六七八九十]+(?=番|つ|年|月|日|歳|回|人|号)")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


@dataclass(frozen=True)
class Asked:
    """A question to be grouped; only those with the same `aspect` (what is asked of a subject) and numbers meet."""

    text: str
    aspect: str = ""


@dataclass(frozen=True)
class _Prepared:
    folded: str
    sound: str
    weights: dict[str, float]
    rare_pairs: tuple[str, ...]
    aspect: str


@dataclass
class _Leaders:
    """The groups found so far, by the words and sounds of their leaders."""

    prepared: list[_Prepared] = field(default_factory=list)
    exact: dict[tuple[str, str], int] = field(default_factory=dict)
    words: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: _Prepared) -> int:
        number = len(self.prepared)
        self.prepared.append(one)
        self.exact[one.folded, one.aspect] = number
        for word, weight in one.weights.items():
            self.words[word].append((number, weight))
        for pair in one.rare_pairs:
            self.pairs[pair].append(number)
        return number

    def nearest(self, one: _Prepared) -> int | None:
        """The group that a question belongs to, if any."""
        same = self.exact.get((one.folded, one.aspect))
        return same if same is not None else self._by_words(one) if one.weights else self._by_sound(one)

    def _by_words(self, one: _Prepared) -> int | None:
        dots: dict[int, float] = defaultdict(float)
        for word, weight in one.weights.items():
            for number, other in self.words.get(word, ()):
                dots[number] += weight * other
        like = [(-dot, n) for n, dot in dots.items() if dot >= LIKE and self.prepared[n].aspect == one.aspect]
        return min(like)[1] if like else self._by_sound(one)

    def _by_sound(self, one: _Prepared) -> int | None:
        if len(one.sound) < SHORTEST_SOUND:
            return None
        for number in dict.fromkeys(n for pair in one.rare_pairs for n in self.pairs.get(pair, ())):
            other = self.prepared[number]
            if other.aspect == one.aspect and fuzz.ratio(one.sound, other.sound, score_cutoff=SLIP):
                return number
        return None


def group(questions: Sequence[Asked], lexicon: Lexicon) -> list[list[int]]:
    """Groups of places in `questions`, each in order; the first of a group is its leader, and earlier leaders attract.

    The order of the questions decides who leads: give rules first, then what is asked most often or first.
    5,000 different questions take about a second.
    """
    leaders = _Leaders()
    groups: list[list[int]] = []
    for place, one in enumerate(_prepare(questions, lexicon)):
        number = leaders.nearest(one)
        if number is None:
            leaders.add(one)
            groups.append([place])
        else:
            groups[number].append(place)
    return groups


def _prepare(questions: Sequence[Asked], lexicon: Lexicon) -> Iterator[_Prepared]:
    concepts = [_concepts(one.text, lexicon) for one in questions]
    sounds = [heard(one.text) for one in questions]
    pairs = [{sound[at : at + 2] for at in range(len(sound) - 1)} for sound in sounds]
    rarity = _rarity(concepts)
    spread = Counter(pair for found in pairs for pair in found)
    for one, words, sound, found in zip(questions, concepts, sounds, pairs, strict=True):
        norm = math.sqrt(sum(rarity[word] ** 2 for word in words)) or 1.0
        rare = sorted(found, key=lambda pair: (spread[pair], pair))[:PREFIX]
        weights = {word: rarity[word] / norm for word in words}
        yield _Prepared(fold(one.text), sound, weights, tuple(rare), _aspect(one))


def _aspect(one: Asked) -> str:
    """What must be the same in two like questions: 「二つ目の方針」 is not 「三つ目の方針」."""
    return "\n".join((one.aspect, *sorted(_NUMBER.findall(one.text.translate(_DIGITS)))))


def _rarity(concepts: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much each word tells, by how few questions hold it; a word of all of them still counts."""
    counted = Counter(word for words in concepts for word in words)
    return {word: 1.0 + math.log((1 + len(concepts)) / (1 + count)) for word, count in counted.items()}


def _concepts(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The question's content words, those of a lexicon group as the group."""
    words = analyse(text)
    found = lexicon.found(words)
    said = {word for one in found for word in analyse(one.member).words}
    return frozenset({word for word in words.words if word not in said} | {f"#{one.group}" for one in found})
