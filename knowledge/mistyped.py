"""Half-typed kana made whole: which letter was meant in 「これkら」 and 「おーぷんでーt」."""

import re
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from knowledge.names import fold_kana

LONGEST = 16  # folded kana of a word that is looked for around the letter
SHORTEST = 2  # … of the shortest
SHORTEST_INSIDE = 3  # … of one inside a run of kana, if the letter is an n: it may be ん alone
SHORTEST_DROPPED = 4  # … of one that shows that the letter was typed too much
_ROWS = {
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "んなにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "y": "やゆよ",
    "r": "らりるれろ",
    "w": "わを",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "j": "じ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "f": "ふ",
    "a": "あ",
    "i": "い",
    "u": "う",
    "e": "え",
    "o": "お",
}
_CONTRACTED = {"sh": "し", "ch": "ち", "ts": "つ", "ky": "き", "ry": "り", "gy": "ぎ", "ny": "に", "hy": "ひ"}
_IN_KANA = "ぁ-ゖァ-ヺー"
_LETTER = re.compile(
    f"(?<=[{_IN_KANA}一-鿿々])(?:[ksctrghn][hysy]|[abdefghijkmnoprstuwyz])(?![a-z0-9])"
    f"|(?<![a-z0-9.,])[kstnhmr](?=[ぁ-ん])"
)
_BEFORE = re.compile(f"[{_IN_KANA}]*$")
_AFTER = re.compile(f"[{_IN_KANA}]*")


@cache
def everyday() -> frozenset[str]:
    """The words in `kana_words.txt`, folded."""
    lines = (Path(__file__).parent / "kana_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold_kana(line) for line in lines if line and not line.startswith("#"))


def completed(text: str, known: Collection[str] = frozenset()) -> str:
    """A normalised text with its half-typed kana completed to everyday words, or `known` ones (folded).

    An n that completes no known word is ん; other letters are kept.
    """
    return _LETTER.sub(lambda found: _completed(found, known), text)


def _completed(found: re.Match[str], known: Collection[str]) -> str:
    before, after = _BEFORE.search(found.string[: found.start()]), _AFTER.match(found.string, found.end())
    sounds = fold_kana(before[0] if before else ""), fold_kana(after[0] if after else "")
    meant = _meant(sounds[0], found[0], sounds[1], lambda word: word in everyday() or word in known)
    if meant is None:
        return "ん" if known and found[0] == "n" else found[0]
    return meant


def _meant(before: str, letter: str, after: str, is_word: Callable[[str], bool]) -> str | None:
    """What makes the longest word with the kana around the letter; None where nothing does."""
    best, longest = None, SHORTEST - 1
    for option in (*_options(letter), ""):
        said = fold_kana(option)
        length = _longest(before, said, after, is_word, may_be_n=letter == "n")
        if length > longest and (option or length >= SHORTEST_DROPPED):
            best, longest = option, length
    return best


def _options(letter: str) -> tuple[str, ...]:
    first = _CONTRACTED.get(letter, "")
    return (first, *(first + small for small in "ゃゅょ")) if first else tuple(_ROWS.get(letter, ""))


def _longest(before: str, said: str, after: str, is_word: Callable[[str], bool], *, may_be_n: bool) -> int:
    """The length of the longest word that holds `said` with what stands before and after it; 0 if none."""
    text, place = before + said + after, len(before)
    best = 0
    for start in range(max(0, place - LONGEST), place + (1 if said else 0)):
        for end in range(place + max(len(said), 1), min(len(text), start + LONGEST) + 1):
            shortest = SHORTEST if start == 0 or end == len(text) or not may_be_n else SHORTEST_INSIDE
            if end - start > best and end - start >= shortest and is_word(text[start:end]):
                best = end - start
    return best
