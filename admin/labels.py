"""The names on the screen of states, channels, grades and reasons (`data/labels.yaml`)."""

from functools import cache
from pathlib import Path

from knowledge.labels import labels
from knowledge.packaged import packaged

WORDS = Path(__file__).parent / "data" / "labels.yaml"


@cache
def _groups() -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = packaged(WORDS)
    groups["kinds"] = {kind.value: name for kind, name in labels().kinds.items()}
    groups["facets"] = {facet.value: name for facet, name in labels().facets.items()}
    return groups


def label(key: str, group: str) -> str:
    """The name of a value of one group; the value itself where it has none."""
    return _groups()[group].get(key, key)
