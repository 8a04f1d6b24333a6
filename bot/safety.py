"""Emergencies and crises in a message: what comes before any search."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.likeness import score
from bot.signs import Rule, Span, Vocabulary, rule, stem, views

DATA = Path(__file__).parent / "data"
TELLING = 1.2  # likeness from which a message without a question about a service is an unnamed crisis
ASKING = 3.0  # the same for one that asks something


@dataclass(frozen=True)
class Crisis:
    """A crisis that a message tells of, and what to say at once."""

    key: str
    message: str


@dataclass(frozen=True)
class Kind:
    """A kind of crisis: what to say, and its rules from the surest to the broadest."""

    key: str
    message: str
    english: str
    certain: tuple[Rule, ...]
    likely: tuple[Rule, ...]
    broad: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.certain + self.likely + self.broad


@dataclass(frozen=True)
class _Knowledge:
    words: Vocabulary
    idioms: Vocabulary
    kinds: tuple[Kind, ...]
    tails: re.Pattern[str]

    @cached_property
    def calm(self) -> tuple[tuple[int, Rule], ...]:
        """The surest rules with the places of their kinds, the most pressing first."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.certain)

    @cached_property
    def likely(self) -> tuple[tuple[int, Rule], ...]:
        """… and the likely ones."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.certain + kind.likely)

    @cached_property
    def broad(self) -> tuple[tuple[int, Rule], ...]:
        """The broad rules, tried where no other is met."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.broad)


def crisis(text: str) -> Crisis | None:
    """The most pressing crisis that the message tells of, or None; never raises. English is answered in both."""
    seen = views(text)
    ranked = sorted(hit for view in seen if view and (hit := _first(view)) is not None)
    if not ranked:
        return None
    kind = kinds()[ranked[0]]
    foreign = len(seen) > 2 and not seen[2]  # noqa: PLR2004 - three views: no Japanese; the third empty: no romaji
    return Crisis(kind.key, f"{kind.message}\n{kind.english}" if foreign else kind.message)


def kinds() -> tuple[Kind, ...]:
    """The kinds of crisis, the most pressing first."""
    return _knowledge().kinds


def _first(view: str) -> int | None:
    """The place of the first kind of crisis whose rules the view meets."""
    known = _knowledge()
    text = _without_idioms(view, known.idioms)
    spans = known.words.find(text)
    calm = bool(spans.get("calm") or spans.get("machines"))
    passes = (known.calm,) if calm else (known.likely, known.broad)
    met = (place for rules in passes for place, each in rules if each.met(spans, text, known.tails))
    first = next(met, None)
    return first if first is not None or calm else _unnamed(view, spans, known)


def _unnamed(view: str, spans: Mapping[str, list[Span]], known: _Knowledge) -> int | None:
    """The last kind where the likeness of the words alone tells of a crisis."""
    return len(known.kinds) - 1 if score(view) > (ASKING if spans.get("asks") else TELLING) else None


def _without_idioms(text: str, idioms: Vocabulary) -> str:
    spans: list[Span] = idioms.find(text).get("idioms", [])
    kept = list(text)
    for start, end in spans:
        kept[start:end] = "＊" * (end - start)
    return "".join(kept)


@cache
def _knowledge() -> _Knowledge:
    words, idioms = _yaml("crisis_words.yaml"), _yaml("idioms.yaml")
    kinds = tuple(_kind(each) for each in _yaml("crises.yaml")["crises"])
    classes = words | {name: idioms[name] for name in ("calm", "machines")}
    used = {name for kind in kinds for each in kind.rules for name in _names(each)}
    if used - set(classes):
        raise ValueError(f"crises.yaml names unknown classes: {sorted(used - set(classes))}")
    return _Knowledge(Vocabulary(classes), Vocabulary({"idioms": idioms["idioms"]}), kinds, _tails(idioms))


def _tails(idioms: dict[str, Any]) -> re.Pattern[str]:
    """What, at most two characters after a sign, makes it a mere case."""
    not_tails = "|".join(re.escape(stem(each)) for each in idioms["not_tails"])
    tails = "|".join(re.escape(stem(each)) for each in idioms["tails"])
    return re.compile(f"[^。、!?]{{0,2}}?(?!{not_tails})(?:{tails})")


def _names(each: Rule) -> set[str]:
    return {name for chain in each.chains for name in chain} | set(each.unless)


def _kind(entry: dict[str, Any]) -> Kind:
    by_strength = (tuple(rule(each) for each in entry.get(name, [])) for name in ("certain", "likely", "broad"))
    return Kind(entry["key"], entry["message"], entry["english"], *by_strength)


def _yaml(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return read
