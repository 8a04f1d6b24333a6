"""The kinds of crisis, their rules and the words that these are made of, from the data files."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bot.signs import Rule, Vocabulary, rule, stem
from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Kind:
    """A kind of crisis: what to say, and its rules from the surest to the broadest."""

    key: str
    message: str
    english: str
    certain: tuple[Rule, ...]
    likely: tuple[Rule, ...]
    broad: tuple[Rule, ...]
    is_question: bool

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.certain + self.likely + self.broad


@dataclass(frozen=True)
class Crises:
    """All that messages are looked at for: the classes of words, the figures of speech, the kinds and their rules."""

    words: Vocabulary
    idioms: Vocabulary
    kinds: tuple[Kind, ...]
    tails: re.Pattern[str]

    @cached_property
    def calm(self) -> tuple[tuple[int, Rule], ...]:
        """The surest rules with the places of their kinds, the most pressing first."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.certain)

    @cached_property
    def unlike(self) -> tuple[tuple[int, Rule], ...]:
        """… and the likely ones of kinds that are questions, which need not sound like need."""
        kinds = enumerate(self.kinds)
        return tuple((at, rule) for at, kind in kinds for rule in kind.certain + kind.likely * kind.is_question)

    @cached_property
    def likely(self) -> tuple[tuple[int, Rule], ...]:
        """… and all the likely ones."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.certain + kind.likely)

    @cached_property
    def broad(self) -> tuple[tuple[int, Rule], ...]:
        """The broad rules, tried where no other is met."""
        return tuple((place, rule) for place, kind in enumerate(self.kinds) for rule in kind.broad)


@cache
def crises() -> Crises:
    """What the data files say; raises ValueError where a rule names a class that there is not."""
    words, idioms = _yaml("crisis_words.yaml"), _yaml("idioms.yaml")
    kinds = tuple(_kind(each) for each in _yaml("crises.yaml")["crises"])
    classes = words | {name: idioms[name] for name in ("calm", "machines", "light", "earnest", "service")}
    used = {name for kind in kinds for each in kind.rules for name in _names(each)}
    if used - set(classes):
        raise ValueError(f"crises.yaml names unknown classes: {sorted(used - set(classes))}")
    return Crises(Vocabulary(classes), Vocabulary({"idioms": idioms["idioms"]}), kinds, _tails(idioms))


def _tails(idioms: dict[str, Any]) -> re.Pattern[str]:
    """What, at most two characters after a sign, makes it a mere case."""
    not_tails = "|".join(re.escape(stem(each)) for each in idioms["not_tails"])
    tails = "|".join(re.escape(stem(each)) for each in idioms["tails"])
    return re.compile(f"[^。、!?]{{0,2}}?(?!{not_tails})(?:{tails})")


def _names(each: Rule) -> set[str]:
    return {name for chain in each.chains for name in chain} | set(each.unless)


def _kind(entry: dict[str, Any]) -> Kind:
    certain, likely, broad = (
        tuple(rule(each) for each in entry.get(name, [])) for name in ("certain", "likely", "broad")
    )
    is_question = entry.get("is_question", False)
    return Kind(entry["key"], entry["message"], entry["english"], certain, likely, broad, is_question)


def _yaml(name: str) -> dict[str, Any]:
    read: dict[str, Any] = packaged(DATA / name)
    return read
