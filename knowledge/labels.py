"""The names of kinds, facets and fields as people read them (`labels.yaml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.entries import FacetName, Kind
from knowledge.packaged import packaged

DATA = Path(__file__).parent / "labels.yaml"


@dataclass(frozen=True)
class Labels:
    """Japanese names; `entry` and `facet` are by field, in the order in which staff read them."""

    kinds: dict[Kind, str]
    facets: dict[FacetName, str]
    entry: dict[str, str]
    facet: dict[str, str]
    silent: str


@cache
def labels() -> Labels:
    """All labels."""
    rows = packaged(DATA)
    return Labels(
        kinds={Kind(name): label for name, label in rows["kinds"].items()},
        facets={FacetName(name): label for name, label in rows["facets"].items()},
        entry=rows["entry"],
        facet=rows["facet"],
        silent=rows["silent"],
    )
