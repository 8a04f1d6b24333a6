"""How much each signal of the search counts: fitted by `annai tune`, kept as data beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIELDS = ("title", "text", "phrasings")
KINDS = ("words", "groups", "synonyms", "readings", "characters")
SHARES = (1.0, 0.6, 0.3, 0.3, 0.15)  # what one met term of each kind counts in share, anywhere and phrasing
BM25_SIGNALS = tuple(f"{field}.{kind}" for kind in KINDS for field in FIELDS)
SIGNALS = (*BM25_SIGNALS, "share", "anywhere", "phrasing")


class WeightsError(ValueError):
    """A weights file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the raw signals by name; a name that is missing weighs nothing.

    "title.words": BM25 of the words in the title, and so on for every field and kind of term.
    "share": how much of the title's rarity the question meets, 0 to 1.
    "anywhere": the rarity of all terms met in any field, each once.
    "phrasing": likeness to the nearest single phrasing, 0 to 1, times the question's rarity.
    """

    signals: Mapping[str, float]

    def of(self, signal: str) -> float:
        """The weight of one signal."""
        return self.signals.get(signal, 0.0)


def path_of(name: str) -> Path:
    """Where the weights "town" or "collection" are kept."""
    return Path(__file__).parent / f"{name}.json"


@cache
def load(name: str) -> Weights:
    """The weights "town" (entries with residents' phrasings) or "collection" (any FAQ collection)."""
    return read(path_of(name))


def read(path: Path) -> Weights:
    """The weights of a file; raises WeightsError for a signal that does not exist."""
    signals = json.loads(path.read_text(encoding="utf-8"))["signals"]
    unknown = set(signals) - set(SIGNALS)
    if unknown:
        raise WeightsError(f"重みのファイル {path.name} に知らない信号があります：{'、'.join(sorted(unknown))}")
    return Weights({name: float(value) for name, value in signals.items()})


def save(weights: Weights, path: Path) -> None:
    """Writes the weights as data, rounded to four places, without those that weigh nothing."""
    signals = {name: round(value, 4) for name, value in weights.signals.items() if round(value, 4)}
    path.write_text(json.dumps({"signals": signals}, indent=1) + "\n", encoding="utf-8")
