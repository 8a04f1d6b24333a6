"""Hints for staff who write answers: long sentences, double negatives, hard words, passive and honorific verbs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.entries import EntryContent
from knowledge.labels import labels
from knowledge.packaged import packaged
from knowledge.text import tokenizer

DATA = Path(__file__).parent / "readability.yaml"
LONGEST_SENTENCE = 60  # characters: what the guidelines for やさしい日本語 and public writing keep to, at most
MOST_SENTENCES = 4
LONGEST_KANJI = 7  # characters in a row
START = 15  # characters by which a sentence is recognised
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_KATAKANA = re.compile("[ァ-ヴー・]{3,}")
_KANJI_RUN = re.compile("[一-鿿々]+")
_READING = re.compile("[一-鿿々]+《[^》]+》")
_NEGATIVE = re.compile(
    "(?:ない|なく|なければ|ず)(?:もの|こと|わけ|はず|では|とは|とも|にも)?(?:で)?(?:は|も|が|に)?"
    "(?:あり(?:ません|えない)|ない(?!と)|なく|いられ(?:ない|ません)|限り(?:ない|ません))"
)
_DUTY = re.compile("なければ(?:なら|いけ)(?:ない|ません)|ないと(?:なら|いけ)")  # a duty is no denial


@dataclass(frozen=True)
class Hint:
    """One hint: the part it is about (a facet's name, or やさしい日本語), the text that is meant, and the sentence."""

    part: str
    found: str
    sentence: str


@cache
def rules() -> Mapping[str, Mapping[str, str]]:
    """The wordings and words in `readability.yaml`."""
    rows: dict[str, dict[str, str]] = packaged(DATA)
    return rows


def hints(entry: EntryContent) -> list[Hint]:
    """The hints on all that residents read of an entry, each once a part."""
    found: list[Hint] = []
    for facet in entry.facets:
        part = labels().facets[facet.name] + (f"：{facet.about}" if facet.about else "")
        known = entry.title + "".join(entry.aliases)
        found += hints_on("\n".join((facet.text, *facet.items)), part, known, sentences=len(facet.items) + 1)
    if entry.easy:
        part = labels().entry["easy"]
        found += [*hints_on(_READING.sub("", entry.easy), part, entry.title), *_without_reading(entry.easy, part)]
    return list(dict.fromkeys(found))


def hints_on(text: str, part: str, known: str = "", *, sentences: int = 1) -> Iterator[Hint]:
    """The hints on one text; words in `known` (the entry's names) need no explanation.

    `sentences` is how many of the text's parts are list items and so no sentences of a paragraph.
    """
    parts = [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]
    for sentence in parts:
        if len(sentence) > LONGEST_SENTENCE:
            yield _hint(part, sentence, "long", length=len(sentence), start=sentence[:START])
        yield from _negatives(sentence, part)
        yield from _verbs(sentence, part)
    if len(parts) > MOST_SENTENCES + sentences - 1:
        yield _hint(part, text, "many", facet=part, count=len(parts), most=MOST_SENTENCES)
    yield from _hard_words(text, part, known)
    for run in _KANJI_RUN.findall(text):
        if len(run) > LONGEST_KANJI and run not in known:
            yield _hint(part, run, "kanji", length=len(run), found=run)


def _hint(part: str, found: str, wording: str, /, **values: Any) -> Hint:
    return Hint(part, found, rules()["sentences"][wording].format(**values))


def _negatives(sentence: str, part: str) -> Iterator[Hint]:
    found = _NEGATIVE.search(_DUTY.sub("", sentence))
    if found:
        yield _hint(part, found[0], "double", found=found[0])


def _hard_words(text: str, part: str, known: str) -> Iterator[Hint]:
    """Katakana and words of the office, unless the text explains them in brackets or with とは."""
    for word in dict.fromkeys(_KATAKANA.findall(text)):
        plain = next((p for hard, p in rules()["katakana"].items() if hard in word.replace("・", "")), "")
        if plain and word not in known and not _is_explained(word, text):
            yield _hint(part, word, "katakana", word=word, plain=plain)
    for word, plain in rules()["office"].items():
        if word in text:
            yield _hint(part, word, "office", word=word, plain=plain)


def _is_explained(word: str, text: str) -> bool:
    name = re.escape(word)
    said = f"{name}(?:[（(]|[」』]?(?:とは|は、|というのは))|[（(]{name}[）)]"
    return re.search(said, text) is not None


def _verbs(sentence: str, part: str) -> Iterator[Hint]:
    """Passive and honorific forms: by Sudachi's auxiliary れる・られる, and by wordings."""
    for pattern, plain in rules()["honorific"].items():
        found = re.search(pattern, sentence)
        if found:
            yield _hint(part, found[0], "honorific", found=found[0], plain=plain)
    words = list(tokenizer().tokenize(sentence))
    for place, token in enumerate(words):
        if token.part_of_speech()[0] == "助動詞" and token.normalized_form() in ("れる", "られる"):
            begin = place - (2 if place > 1 and words[place - 1].surface() == "さ" else 1)  # 発行・さ・れる
            form = "".join(word.surface() for word in words[max(0, begin) : place + 1])
            yield _hint(part, form, "passive", found=form)


def _without_reading(easy: str, part: str) -> Iterator[Hint]:
    """Kanji in やさしい日本語 that have no reading."""
    for run in dict.fromkeys(_KANJI_RUN.findall(_READING.sub("", easy))):
        yield _hint(part, run, "easy_kanji", found=run)
