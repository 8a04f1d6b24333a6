"""Small talk, and messages in which nothing is asked: greetings, thanks, tests, noise, attacks."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from knowledge.packaged import packaged
from knowledge.text import hiragana, normalise

Key = Literal["person", "complaint", "insult", "help", "thanks", "goodbye", "greeting", "nothing"]
DATA = Path(__file__).parent / "data"
BLUNT = ("person", "complaint", "insult")  # said with これ or この too
LOOKED_AT = 4_000  # characters in which repetition is sought
LONGEST = 60  # characters: what is longer says something
FEWEST_WORDS = 3  # letters or Latin words that may still be a question
_KEPT = re.compile("[^0-9a-zぁ-ゖー一-龥々]+")
_REPEATED = re.compile(r"(.{1,24}?)\1{4,}", re.DOTALL)
_STRETCHED = re.compile(r"([ぁ-んa-z])\1{2,}|ー+$|ー{2,}")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龥々]")
_LATIN = re.compile("[a-z]{2,}")
_KATAKANA = re.compile("[ァ-ヺー]{4,}")


@dataclass(frozen=True)
class SmallTalk:
    """What the whole message is; `nothing` is stop words, yes or no, test input, stickers, symbols, code, noise."""

    key: Key


def small_talk(text: str) -> SmallTalk | None:
    """The kind of small talk that the whole message is, or None if it may hold a question; never raises."""
    if is_hostile_or_noise(text):
        return SmallTalk("nothing")
    said = _said(text)
    if len(said) > LONGEST:
        return None
    return SmallTalk(_alone().get(said) or _chosen(_covering(said))) if _covering(said) or said in _alone() else None


def foreign_words(text: str) -> list[str]:
    """The words in katakana that are no phrase by themselves: アカウント is not あ, か, うん and と."""
    return [word for word in _KATAKANA.findall(normalise(text)) if _said(word) not in _phrases()[0]]


def _chosen(kinds: set[str]) -> Key:
    """The kind that counts: with a stop phrase a courtesy may open a question that leans on the answer before."""
    for key in get_args(Key):
        if key in kinds and ("stop" not in kinds or key in BLUNT):
            return key  # type: ignore[no-any-return]
    return "nothing"


def is_order(text: str) -> bool:
    """Whether the bot is told to do what it must not, whatever else is named; not a question about such orders."""
    flat = normalise(text)
    return _is_command(flat) and not any(pattern.search(flat) for pattern in _attacks()["about"])


def is_hostile_or_noise(text: str) -> bool:
    """Whether there is nothing to answer: symbols, repetition, code, or a wish to turn the bot against its purpose."""
    flat = normalise(text)
    if _is_command(flat):
        return True
    if len(text) > LONGEST and len(_said(_REPEATED.sub("", text[:LOOKED_AT]))) < FEWEST_WORDS:
        return True
    bare = flat
    for pattern in _attacks()["fragments"]:
        bare = pattern.sub(" ", bare)
    return (bare != flat and not _may_ask(bare)) or not _KEPT.sub("", hiragana(flat))


def _is_command(flat: str) -> bool:
    return any(pattern.search(flat) for pattern in _attacks()["commands"])


def _may_ask(text: str) -> bool:
    return len(_JAPANESE.findall(text)) >= 2 or len(_LATIN.findall(text)) >= FEWEST_WORDS  # noqa: PLR2004 - a word and a particle


def _said(text: str) -> str:
    """The message's letters: katakana as hiragana, marks, spaces and emoji gone, stretched sounds short."""
    return _STRETCHED.sub(_shortened, _KEPT.sub("", hiragana(normalise(text))))


def _shortened(found: re.Match[str]) -> str:
    return found[1] or ("ー" if found.end() < len(found.string) else "")


def _covering(said: str) -> set[str]:
    """The kinds of a segmentation of the whole text into known phrases, the fewest phrases first; empty if none."""
    if _test_input(said):
        return {"nothing"}
    phrases, longest = _phrases()
    fewest: list[tuple[str, ...] | None] = [(), *[None] * len(said)]  # up to each character, the phrases' kinds
    for end in range(1, len(said) + 1):
        for start in range(max(0, end - longest), end):
            before, so_far = fewest[start], fewest[end]
            if before is None or (so_far is not None and len(before) + 1 >= len(so_far)):
                continue
            kind = phrases.get(said[start:end])
            if kind:
                fewest[end] = (*before, kind)
    return set(fewest[-1] or ())


def _test_input(said: str) -> bool:
    """Whether it is one letter again and again, digits alone, or one letter."""
    return said.isdecimal() or len(set(said)) <= 1


@cache
def _phrases() -> tuple[dict[str, str], int]:
    """Each phrase's kind, `stop` or `filler`, and the longest phrase's length."""
    spoken = _yaml("smalltalk.yaml")
    listed = {"stop": _yaml("stop_phrases.yaml")["stop_phrases"], "filler": spoken["fillers"]}
    listed |= dict(reversed(spoken["kinds"].items()))
    phrases = {_said(str(phrase)): name for name, each in listed.items() for phrase in each}
    phrases["ー"] = "filler"  # えー, そうかー: a sound drawn out
    return phrases, max(map(len, phrases))


@cache
def _alone() -> dict[str, Key]:
    """The kind of what is small talk only as the whole message."""
    return {_said(str(phrase)): kind for kind, each in _yaml("smalltalk.yaml")["alone"].items() for phrase in each}


@cache
def _attacks() -> dict[str, list[re.Pattern[str]]]:
    return {name: [re.compile(p) for p in patterns] for name, patterns in _yaml("attacks.yaml").items()}


def _yaml(name: str) -> dict[str, Any]:
    read: dict[str, Any] = packaged(DATA / name)
    return read
