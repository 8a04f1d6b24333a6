"""Emergencies and crises in a message: what comes before any search."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.crises import crises
from bot.likeness import score
from bot.signs import Span, Vocabulary, views

# Likeness (log-odds, likeness.py), fitted by cross-validation on the examples and to the development messages.
TELLING = 1.3  # from here a message without a question about a service is an unnamed crisis
ASKING = 1.9  # the same for one that asks something
CALM = 2.5  # the same for one that tells of a procedure, a machine or the past
SURE = 4.0  # from here it is one, although its words resemble a topic of the plan
SURE_LONG = 4.8  # TELLING for a long story that asks or tells of a procedure, in which much sounds like something
LONG = 100  # letters of a story
LIGHT = 0.5  # below it a message of play, sport, fiction or good cheer is no crisis, whatever its words
HEAVY = 1.2  # below it only the surest rules count in such a message
BROAD = -1.0  # below it no broad rule counts
UNLIKE = -2.5  # below it only the surest rules count
NEVER = -3.5  # below it a message that is no long story is no crisis at all
UNLIKE_ASKED = -0.8  # the same for a message that is a question
BY_EAR = 0.3  # how much more romaji must sound like need: in kana without words its letters say little
FEWEST = 10  # letters; shorter cries are taken by their words alone
_NAMED = frozenset({"person", "partner", "parent", "child", "fade_wish", "self_cut"})  # who may need help, or wish it
_KANA = re.compile("[ぁ-ゖ]")
_ASKED = re.compile(r"[?]|(?:か|のは|たい)[。!]?$")


@dataclass(frozen=True)
class Crisis:
    """A crisis that a message tells of, and what to say at once; a doubtful one yields to a well-known topic."""

    key: str
    message: str
    doubtful: bool = False


def crisis(text: str) -> Crisis | None:
    """The most pressing crisis that the message tells of, or None; never raises. English is answered in both."""
    seen = views(text)
    more = (0.0, 0.0, BY_EAR)
    ranked = sorted(hit for view, by in zip(seen, more, strict=False) if view and (hit := _first(view, by)) is not None)
    if not ranked:
        return None
    place, doubtful = ranked[0]
    kind = crises().kinds[place]
    foreign = len(seen) > 2 and not seen[2]  # noqa: PLR2004 - three views: no Japanese; the third empty: no romaji
    return Crisis(kind.key, f"{kind.message}\n{kind.english}" if foreign else kind.message, doubtful)


def _first(view: str, more: float) -> tuple[int, bool] | None:
    """The place of the first kind of crisis that the view tells of, and whether that is doubtful.

    By likeness alone it is one only if it sounds that much `more` like need.
    """
    known = crises()
    text, spans = _seen(view)
    alike = score(view, _signs(spans))
    light = "light" in spans and "earnest" not in spans
    if (light and alike < LIGHT) or (alike < NEVER and _is_judged(view) and len(view) < LONG):
        return None
    meant = _is_of_matter(spans)
    calm = meant or bool(spans.get("calm") or spans.get("machines")) or (light and alike < HEAVY)
    broad = (known.broad,) if alike >= BROAD or len(view) < FEWEST else ()
    unlike = (known.unlike,) if _is_unlike(view, alike, spans) else (known.likely, *broad)
    passes = (known.calm,) if calm else unlike
    met = (place for rules in passes for place, each in rules if each.met(spans, text, known.tails))
    first, unnamed = next(met, None), len(known.kinds) - 1
    if first is not None:
        return first, first == unnamed
    asks = bool(spans.get("asks") or _ASKED.search(view))
    least = SURE if light or meant else _least(view, calm, asks, _asks_service(view, spans))
    return (unnamed, asks or alike < SURE) if alike > least + more else None


def _least(view: str, calm: bool, asks: bool, asks_service: bool) -> float:
    """The likeness from which a message that meets no rule is a crisis."""
    if asks_service:
        return SURE if len(view) < LONG else math.inf
    if (calm or asks) and len(view) >= LONG:
        return SURE_LONG
    return CALM if calm else ASKING if asks else TELLING


def _is_of_matter(spans: Mapping[str, list[Span]]) -> bool:
    """Whether what stops, drowns or breaks is a word, a text or an entry on a screen, and nobody is named beside it."""
    return "matter" in spans and spans.keys().isdisjoint(_NAMED)


def _asks_service(view: str, spans: Mapping[str, list[Span]]) -> bool:
    """Whether the message ends in a question about what a town offers."""
    if not spans.get("service") or not _ASKED.search(view):
        return False
    begins = max(view.rstrip("。!?").rfind(mark) for mark in "。!?") + 1
    return spans["service"][-1][0] >= begins


def signs_of(view: str) -> frozenset[str]:
    """What the likeness is told of a view besides its letters: the classes of its words.

    Not the rules met: they know the examples' own sentences too well, and others would count for less.
    """
    return _signs(_seen(view)[1])


def _seen(view: str) -> tuple[str, dict[str, list[Span]]]:
    """The view without its figures of speech, and where each class's words stand in it."""
    text = _without_idioms(view, crises().idioms)
    return text, crises().words.find(text)


def _signs(spans: Mapping[str, list[Span]]) -> frozenset[str]:
    return frozenset(f"word {name}" for name in spans)


def _is_unlike(view: str, alike: float, spans: Mapping[str, list[Span]]) -> bool:
    """Whether a Japanese message sounds so little like need that a word or two in it are no sign."""
    if not _is_judged(view):
        return False
    return alike < (UNLIKE_ASKED if "asks" in spans or _ASKED.search(view) else UNLIKE)


def _is_judged(view: str) -> bool:
    """Whether the message is Japanese and long enough for its letters to speak against its words."""
    return len(view) >= FEWEST and bool(_KANA.search(view))


def _without_idioms(text: str, idioms: Vocabulary) -> str:
    spans: list[Span] = idioms.find(text).get("idioms", [])
    kept = list(text)
    for start, end in spans:
        kept[start:end] = "＊" * (end - start)
    return "".join(kept)
