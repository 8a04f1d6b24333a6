"""Known words heard in what residents write in kana or Latin letters: じゅうみんひょう → 住民票, keikaku → 計画."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from knowledge.misheard import MOST_SPELLINGS, UNVOICED, corrected
from knowledge.mistyped import completed
from knowledge.names import fold, fold_kana
from knowledge.romaji import romaji_to_kana
from knowledge.sounds import LONGEST, Word
from knowledge.sounds import SHORTEST as SHORTEST_AT_START
from knowledge.text import normalise

LOOKED_AT = 300  # characters of a question
SHORTEST = 4  # folded kana of a word that may stand anywhere in a run; at its start or after a particle one less
SHORTEST_NAME = 5  # … of a name in kana: 「あいている」 is not アイティー
_RUN = re.compile("[ぁ-ゖァ-ヺー]{3,}")
_POLITE = re.compile("(でし[ょよ]う)")  # the ending of half of all polite questions, not で 仕様
_KATAKANA = re.compile("[ァ-ヺー]+")
_PARTICLES = frozenset("のはがをにでともやへ")


def _spellings(met: Mapping[Word, int], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each sound, in order, its commonest words; of equally common ones the first by code point."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (sound, word), times in met.items():
        if sound:
            counts[sound][word] += times
    for name in map(normalise, names):
        if _KATAKANA.fullmatch(name) and SHORTEST_NAME <= len(fold(name)) <= LONGEST:
            counts[fold(name)][name] += 1
    return {
        sound: tuple(sorted(words, key=lambda word: (-words[word], word))[:MOST_SPELLINGS])
        for sound, words in sorted(counts.items())
    }


class Speller:
    """An immutable table from sound to spelling over the words that a town's knowledge and the lexicon use."""

    def __init__(self, met: Mapping[Word, int], names: Iterable[str] = ()) -> None:
        """`met`: how often each word stands in the texts.

        `names` in kana are words of their own, so that マイナポータル is not heard as マイナポ and タル.
        """
        self.latin = frozenset(word for sound, word in met if not sound)
        self._spellings = _spellings(met, names)
        lengths: dict[str, set[int]] = defaultdict(set)
        for sound in self._spellings:
            lengths[sound[:SHORTEST_AT_START]].add(len(sound))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}
        self._unvoiced: dict[str, tuple[str, ...]] = {}
        for sound, words in self._spellings.items():
            plain = sound.translate(UNVOICED)
            self._unvoiced[plain] = (*self._unvoiced.get(plain, ()), *words)

    def read(self, question: str) -> str:
        """The question with its romaji in kana."""
        return romaji_to_kana(normalise(question, LOOKED_AT), self.latin, self._spellings)

    def respell(self, question: str) -> str:
        """The question with what its kana runs sound like written as known words; kanji stay as they are."""
        return _RUN.sub(lambda run: self._written(run[0]), self.read(question))

    def completed(self, question: str) -> str:
        """The question with half-typed kana made whole: 「おーぷんでーt」 is おーぷんでーた."""
        return completed(question, self._spellings)

    def corrected(self, question: str, is_known: Callable[[str], bool]) -> str:
        """The question with unknown words with kanji written as the known words that they sound like."""
        return corrected(question, self._spellings, self._unvoiced, is_known)

    def _written(self, run: str) -> str:
        return "".join(part if _POLITE.fullmatch(part) else self._heard(part) for part in _POLITE.split(run))

    def _heard(self, run: str) -> str:
        folded = [fold_kana(letter) for letter in run]
        places = [place for place, letter in enumerate(folded) if letter]
        sound = "".join(folded)
        parts, at, copied = [], 0, 0
        while at < len(sound):
            length, spellings = self._longest(sound, at)
            if spellings:
                parts += [run[copied : places[at]], *(f" {word} " for word in spellings)]
                at += length
                copied = places[at] if at < len(places) else len(run)
            else:
                at += 1
        return "".join([*parts, run[copied:]])

    def _longest(self, sound: str, at: int) -> tuple[int, tuple[str, ...]]:
        """The longest known word that sounds from here on, with its spellings."""
        shortest = SHORTEST_AT_START if at == 0 or sound[at - 1] in _PARTICLES else SHORTEST
        for length in self._lengths.get(sound[at : at + SHORTEST_AT_START], ()):
            spellings = self._spellings.get(sound[at : at + length]) if length >= shortest else None
            if spellings and at + length <= len(sound):
                return length, spellings
        return 1, ()
