"""Words misheard by voice input: 補佐官 in 「歩佐間」, 電子入札 in 「電子入殺」."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

from rapidfuzz import fuzz

from knowledge.names import NameHit, Names, fold, fold_kana
from knowledge.text import Token, normalise, readings_of, tokens

LOOKED_AT = 300  # characters of a question
SHORTEST = 4  # folded kana of a word that was heard otherwise
IN_A_ROW = 3  # words that may sound like one
MOST_SPELLINGS = 3
MOST_SOUNDS = 160  # ways of reading words in a row that are tried
MOST_LETTERS = 4  # of a word that is read letter by letter
OTHERWISE = 0.85  # sureness of a name in a question read otherwise
ALIKE = 0.7  # … in a compound that only begins like it
FURTHER = 6  # words after one that is read otherwise
SHARED = 3  # folded kana that a compound must share with a name
TORN_ALIKE = 40.0  # RapidFuzz ratio from which the torn rest of a compound sounds like a name's
NOUN = "名詞"
_COMPOUND = (NOUN, "接頭辞", "接尾辞")
_KANJI = re.compile("[一-鿿々]")
_QUOTING = re.compile("(?<=[一-鿿々])(?=って)")  # 「入殺って」 is no form of 殺る
UNVOICED = str.maketrans(
    "がぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ", "かきくけこさしすせそたてとはひふへほはひふへほ"
)
Known = Callable[[str], bool]


def corrected(
    question: str, spelled: Mapping[str, tuple[str, ...]], plain: Mapping[str, tuple[str, ...]], is_known: Known
) -> str:
    """The question with unknown words with kanji written as the known words that they sound like.

    Voice input hears 水深計画 for 推進計画 and 美女ん for ビジョン; whether a sound is voiced does not count.
    `spelled` are the known words by their sound, `plain` by their sound unvoiced.
    """
    words = tokens(normalise(question, LOOKED_AT))
    written, at = [], 0
    while at < len(words):
        size, meant = _meant(words[at : at + IN_A_ROW], spelled, plain, is_known)
        written += [f" {word} " for word in meant] or [words[at].surface]
        at += size
    return "".join(written)


def _meant(
    words: Sequence[Token],
    spelled: Mapping[str, tuple[str, ...]],
    plain: Mapping[str, tuple[str, ...]],
    is_known: Known,
) -> tuple[int, tuple[str, ...]]:
    """How many words from the first on sound like a known one, and that one's spellings."""
    first = words[0]
    if first.part[0] != NOUN or not _KANJI.search(first.surface) or is_known(first.surface):
        return 1, ()
    for size in range(len(words), 0, -1):
        sound = fold("".join(word.reading for word in words[:size]))
        if len(sound) >= SHORTEST:
            meant = spelled.get(sound) or plain.get(sound.translate(UNVOICED), ())
            if meant:
                return size, meant[:MOST_SPELLINGS]
    for size in range(len(words), 0, -1):
        if any(len(word.surface) == 1 and _KANJI.match(word.surface) for word in words[:size]):
            for sound in sounds_of(words[:size]):
                if len(sound) >= SHORTEST and sound in spelled:
                    return size, spelled[sound][:MOST_SPELLINGS]
    return 1, ()


def sounds_of(words: Sequence[Token]) -> Iterator[str]:
    """The ways in which words in a row may be read, folded: kanji by kanji too, for torn words are no words."""
    for ways in islice(product(*(_readings(word) for word in words)), MOST_SOUNDS):
        yield "".join(ways)


def _readings(word: Token) -> tuple[str, ...]:
    ways = dict.fromkeys([_sound(word), *map(fold_kana, readings_of(word.surface))])
    if _KANJI.search(word.surface) and 1 < len(word.surface) <= MOST_LETTERS:
        single = product(*(readings_of(letter) if _KANJI.match(letter) else (letter,) for letter in word.surface))
        ways |= dict.fromkeys(fold("".join(way)) for way in islice(single, MOST_SOUNDS))
    return tuple(ways)


def names_in(question: str, names: Names, is_said: Known) -> list[NameHit]:
    """The names that a question without any may mean: one of its words read otherwise, or a compound misheard.

    `is_said` tells whether words stand side by side in the town's knowledge: what does was not misheard.
    """
    words = tokens(_QUOTING.sub(" ", normalise(question, LOOKED_AT)))
    for sound in _read_otherwise(words):
        hits = names.sounding(sound, OTHERWISE)
        if hits:
            return hits
    for compound in _compounds(words):
        hits = _most_alike(compound, names, is_said)
        if hits:
            return hits
    return []


def _read_otherwise(words: Sequence[Token]) -> Iterator[str]:
    """How the text sounds from a short word on that is read in another way: える for うる in 「得る タックス」."""
    for at, word in enumerate(words):
        if len(word.surface) < SHARED and _KANJI.search(word.surface):
            usual = _sound(word)
            after = "".join(map(_sound, words[at + 1 : at + 1 + FURTHER]))
            yield from (way + after for way in map(fold_kana, readings_of(word.surface)) if way != usual)


def _sound(word: Token) -> str:
    return fold(word.surface) if word.reading in ("", "キゴウ") else fold_kana(word.reading)


def _compounds(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The runs of two nouns and more with kanji among them, blanks between them left out."""
    run: list[Token] = []
    for word in (*words, Token("。", "", ("補助記号",))):
        if word.part[0] in _COMPOUND:
            run.append(word)
        elif word.surface != " ":
            if len(run) > 1 and any(_KANJI.search(each.surface) for each in run):
                yield tuple(run)
            run = []


def _most_alike(compound: Sequence[Token], names: Names, is_said: Known) -> list[NameHit]:
    """The name that sounds most like a compound, of which it holds the beginning as words of its own; one alone."""
    ranked: list[tuple[float, str]] = []
    for size in range(1, len(compound)):
        start = "".join(map(_sound, compound[:size]))
        near = names.beginning_with(start) if len(start) >= SHARED else ()
        for sound, owners in near:
            rests = (compound[size:end] for end in range(size + 1, len(compound) + 1))
            alike = (_rest_likeness(rest, sound[len(start) :], owners[0][1]) for rest in rests if rest)
            ranked.append((max(alike, default=0.0), sound))
    ranked = sorted((each for each in ranked if each[0]), reverse=True)
    said = "".join(word.surface for word in compound[:2])
    if not ranked or is_said(said) or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return []
    return names.sounding(ranked[0][1], ALIKE)


def _rest_likeness(rest: Sequence[Token], meant: str, name: str) -> float:
    """How much the rest of a compound sounds like the rest `meant` of a name, 0 to 100.

    A torn rest (入殺) need only sound alike; a real word (結婚 for 決裁) must begin alike and be as long.
    """
    if not meant:
        return 0.0
    if len(rest) > 1 and all(len(word.surface) == 1 and _KANJI.match(word.surface) for word in rest):
        ratios = (fuzz.ratio(said, meant) for said in sounds_of(rest) if abs(len(said) - len(meant)) <= 1)
        best = max(ratios, default=0.0)
        return best if best >= TORN_ALIKE else 0.0
    said = "".join(word.reading for word in rest)
    ending = "".join(word.reading for word in tokens(normalise(name)))[-len(said) :]
    half = (len(said) + 1) // 2
    begins = len(fold_kana(said)) == len(meant) and said[:half] == ending[:half]
    return float(fuzz.ratio(said, ending)) if begins and len(said) >= SHARED else 0.0
