"""Known words heard in what residents write in kana or Latin letters: じゅうみんひょう → 住民票, keikaku → 計画."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from sudachipy import Morpheme

from knowledge.misheard import MOST_SPELLINGS, NOUN, UNVOICED, corrected
from knowledge.mistyped import completed
from knowledge.names import fold, fold_kana
from knowledge.romaji import LATIN_WORD, romaji_to_kana
from knowledge.text import normalise, searched, tokenizer

LOOKED_AT = 300  # characters of a question
SHORTEST = 4  # folded kana of a word that may stand anywhere in a run
SHORTEST_AT_START = 3  # … of one that begins a run or follows a particle
SHORTEST_VERB = 4  # kana of a verb or quality that may be written for a run
SHORTEST_NAME = 5  # … of a name in kana: 「あいている」 is not アイティー
LONGEST = 16
_RUN = re.compile("[ぁ-ゖァ-ヺー]{3,}")
_POLITE = re.compile("(でし[ょよ]う)")  # the ending of half of all polite questions, not で 仕様
_KANA_ONLY = re.compile("[ぁ-ゖ]+")
_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
_KATAKANA = re.compile("[ァ-ヺー]+")
_PARTICLES = frozenset("のはがをにでともやへ")


def _sound_of(surface: str, reading: str) -> str:
    """How a word sounds that may be written for a run of kana; empty for one that may not."""
    if _KANA_ONLY.fullmatch(surface) or not surface[0].isalpha():
        return ""
    sound = fold(reading)
    return sound if SHORTEST_AT_START <= len(sound) <= LONGEST else ""


def _may_be_meant(token: Morpheme) -> bool:
    """Whether a run of kana may stand for the word: no slip that a phrasing shows on purpose, no short verb.

    「ほったらかしにならん」 is not 並ん, 「手直しする」 not 資する.
    """
    if token.is_oov() and _KANA.fullmatch(token.surface()):
        return False
    return token.part_of_speech()[0] == NOUN or len(token.reading_form()) >= SHORTEST_VERB


Met = Counter[tuple[str, str]]  # how often a word was met: its sound, and how it is written


def _met(texts: Iterable[str]) -> tuple[Met, Counter[str]]:
    """The words of the texts that a run of kana may stand for, and their Latin words."""
    met: Met = Counter()
    latin: Counter[str] = Counter()
    sound_of = cache(_sound_of)  # of this reading alone: most words stand in many texts
    for text, times in Counter(texts).items():  # a title stands in each of its facets' documents
        said = normalise(text, 2_000)
        for word in LATIN_WORD.findall(said.replace("-", "")):
            latin[word] += times
        for token in tokenizer().tokenize(said):
            if _may_be_meant(token) and searched(token):
                sound = sound_of(token.surface(), token.reading_form())
                if sound:
                    met[sound, token.surface()] += times
    return met, latin


def _spellings(met: Met, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each sound its commonest words; of equally common ones the first by code point."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (sound, word), times in met.items():
        counts[sound][word] += times
    for name in map(normalise, names):
        if _KATAKANA.fullmatch(name) and SHORTEST_NAME <= len(fold(name)) <= LONGEST:
            counts[fold(name)][name] += 1
    return {
        sound: tuple(sorted(words, key=lambda word: (-words[word], word))[:MOST_SPELLINGS])
        for sound, words in counts.items()
    }


class Speller:
    """An immutable table from sound to spelling over the words that a town's knowledge and the lexicon use."""

    def __init__(
        self,
        texts: Iterable[str],
        names: Iterable[str] = (),
        before: "Speller | None" = None,
        gone: Iterable[str] = (),
    ) -> None:
        """Over these texts; with `before` over its texts too, without those that are `gone`, each as often as it stood.

        `names` in kana are words of their own, so that マイナポータル is not heard as マイナポ and タル.
        """
        self._met: Met
        self._latin: Counter[str]
        self._met, self._latin = _met(texts)
        if before is not None:
            met, latin = _met(gone)
            self._met = self._met + before._met - met
            self._latin = self._latin + before._latin - latin
        self.latin = frozenset(self._latin)
        self._spellings = _spellings(self._met, names)
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
