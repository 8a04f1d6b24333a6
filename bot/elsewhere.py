"""Whether a question is about another town: its matters are not this town's to answer."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged
from knowledge.text import normalise, tokens

DATA = Path(__file__).parent / "data" / "elsewhere.yaml"
LOOKED_AT = 300
ANY_PLACE = "〇〇"  # in the wordings
PARTS = "内庁民立下外中側道線駅"  # after a place's name, and still of it
_KANJI = re.compile("[一-鿿]")
_KANA = re.compile("[ぁ-ん]+")
KINDS = ("市", "町", "村", "区", "県", "府", "都")
OFFICES = ("市役所", "町役場", "村役場", "区役所", "県庁", "府庁", "都庁")  # one word after a place's name

_HOME = re.compile("(?:ここ|こっち|こちら|うち|この町|この市|地元)(?:の|では|でも|は|も)")
STORY = 60  # characters from which a message tells of other places before it asks of this one


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = packaged(DATA)
    return {
        "comparing": re.compile("|".join(f"(?:{p})" for p in data["comparing_towns"])),
        "not_towns": frozenset(data["not_towns"]),
        "passing": "|".join(f"(?:{p})" for p in data["passing"]),
        "misspelt": data["misspelt"],
        "over_there": re.compile(data["over_there"]),
        "its_own": data["its_own"],
    }


def named_places(question: str, own: frozenset[str] = frozenset()) -> list[str]:
    """The municipalities and prefectures whose matters the question may be of; `own` are the names of one's own."""
    words = tokens(normalise(question, LOOKED_AT))
    found = []
    for number, token in enumerate(words):
        surface = token.surface
        part = token.part
        if "地名" not in part and "固有名詞" not in part:
            continue
        after = words[number + 1].surface if number + 1 < len(words) else ""
        if "地名" in part and (after == "では" or (after == "で" and not _KANA.fullmatch(surface))):
            found.append(surface)  # in kana alone 「いづまで」 is 「いつまで」 more often than a place
        if _runs_on(after):
            continue
        if surface.endswith(KINDS) and len(surface) > 1 and "地名" in part:
            found.append(surface)
        elif "地名" in part and after in OFFICES:
            found.append(surface + after[0])
        elif (after in KINDS and after not in ("町", "都")) or (after == "町" and "地名" in part):
            found.append(surface + after)
    return [place for place in found if place not in _data()["not_towns"] and not _in_passing(place, question, own)]


def _runs_on(after: str) -> bool:
    """Whether the word goes on after what only looks like a place: 「甲府金」 is a misheard 交付金."""
    return len(after) == 1 and _KANJI.fullmatch(after) is not None and after not in (*KINDS, *PARTS)


def _in_passing(place: str, question: str, own: frozenset[str]) -> bool:
    """Whether a place is only named as where somebody works, lives or comes from."""
    text = normalise(question, LOOKED_AT)
    rest = re.sub(_data()["passing"].replace(ANY_PLACE, re.escape(place)), "", text)
    return rest != text and place not in rest and not _asked_over_there(text, own)


def _asked_over_there(text: str, own: frozenset[str]) -> bool:
    """Whether あっち stands in what is asked last, and not only before it."""
    last = [found.start() for found in _data()["over_there"].finditer(text)]
    home = bool(last) and any(name and name in text[last[-1] :] for name in own)
    return bool(last) and not home and not _HOME.search(text, last[-1])


def is_elsewhere(question: str, own: frozenset[str], known_places: str, other_towns: frozenset[str]) -> bool:
    """Whether it asks of another town.

    `own` are the names of this town and its prefecture, `known_places` all that its knowledge says (places named
    there may be asked about), `other_towns` the bare names of the other towns of this installation.
    """
    text = normalise(question, LOOKED_AT)
    comparing = [found.end() for found in _data()["comparing"].finditer(text)]
    towns = [text.rfind(name) for name in other_towns if name in text and name not in known_places]
    named = [place for place in named_places(question, own) if not _is_own(place, own)]
    foreign = [place for place in named if place not in known_places or _is_asked_for(place, text)]
    elsewhere = [*comparing, *towns, *(text.rfind(place) for place in foreign)]
    home = max((text.rfind(name) for name in own if name), default=-1)
    return bool(elsewhere) and (len(text) < STORY or home < max(elsewhere))


def _is_asked_for(place: str, text: str) -> bool:
    """Whether what a place has of its own is asked for, though this town's knowledge names the place."""
    return re.search(_data()["its_own"].replace(ANY_PLACE, re.escape(place)), text) is not None


def _is_own(place: str, own: frozenset[str]) -> bool:
    spelt = _data()["misspelt"].get(place, place)
    return any(spelt in name or name in spelt for name in own)
