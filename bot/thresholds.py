"""The weights and limits in `data/thresholds.yaml`: what a facet's score is raised by, when a reply is sure enough."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data" / "thresholds.yaml"


@dataclass(frozen=True)
class Bonuses:
    """What is added to a facet's score, as a share of the question's mass."""

    name: float
    facet: float
    special: float
    silent: float
    term: float
    whole: float
    support: float
    coverage: float


@dataclass(frozen=True)
class Weakness:
    """Up to which confidence, coverage and likeness the best entry is only offered, 0 to 1."""

    sure: float
    coverage: float
    likeness: float


@dataclass(frozen=True)
class Faintness:
    """Up to which score (a share of the mass) and likeness the best entry is only offered, whatever the confidence."""

    score: float
    likeness: float


@dataclass(frozen=True)
class Thresholds:
    """The weights and limits in `data/thresholds.yaml`, fitted by `annai tune`."""

    bonuses: Bonuses
    answer: float
    offer: float
    near: float
    new_topic: float
    weak: Weakness
    faint: Faintness
    confidence: dict[str, float]


@cache
def thresholds() -> Thresholds:
    """The fitted thresholds."""
    data = packaged(DATA)
    parts = {
        "bonuses": Bonuses(**data["bonuses"]),
        "weak": Weakness(**data["weak"]),
        "faint": Faintness(**data["faint"]),
    }
    return Thresholds(**{**data, **parts})
