"""Stable ids for drafted entries: the title as it sounds, in Latin letters; the same plan gives the same ids."""

import hashlib
import re
from collections.abc import Container
from itertools import chain, count

import jaconv

from knowledge.text import hiragana, normalise, tokens

LONGEST = 48  # characters; with the town's id a key has room for 160
_OTHER = re.compile(r"[^a-z0-9]+")
_KANA = re.compile("[^ぁ-ゖー]")


def reading(title: str) -> str:
    """How a title sounds, in hiragana without spaces and marks; Latin letters have none."""
    return _KANA.sub("", hiragana("".join(token.reading for token in tokens(normalise(title)))))


def identifier(title: str, kind: str, group: str, taken: Container[str]) -> str:
    """An id that is not taken: by the sound, then with kind, hash of kind, group and title, and number."""
    sound = _sound(title)
    mark = hashlib.sha256("\n".join((kind, group, title)).encode("utf-8", "replace")).hexdigest()[:8]
    if len(sound) > LONGEST:
        sound = f"{sound[:LONGEST].rsplit('-', 1)[0]}-{mark}"
    plain = (sound, f"{sound}-{kind}", f"{sound}-{mark}") if sound else (f"{kind}-{mark}",)
    numbered = (f"{plain[-1]}-{number}" for number in count(2))
    return next(candidate for candidate in chain(plain, numbered) if candidate not in taken)


def _sound(title: str) -> str:
    words = []
    for token in tokens(normalise(title)):
        latin = token.surface if token.surface.isascii() else jaconv.kana2alphabet(hiragana(token.reading))
        words.append(_OTHER.sub("-", latin.lower()))
    return _OTHER.sub("-", "-".join(words)).strip("-")
