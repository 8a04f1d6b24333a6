"""The menu: what `data/navigation.yaml` lists, as far as the role reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.packaged import packaged

if TYPE_CHECKING:
    from admin.desk import Desk

WORDS = Path(__file__).parent / "data" / "navigation.yaml"


@dataclass(frozen=True)
class Item:
    """One link of the menu; `is_here` on its own page and those below it."""

    label: str
    path: str
    is_here: bool


@cache
def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = packaged(WORDS)
    return rows


def items(desk: Desk) -> list[Item]:
    """The town's menu for whoever is signed in; empty where there is no town."""
    if desk.town is None:
        return []
    found = []
    for row in _rows():
        if desk.may(row["least"]):
            path = f"/towns/{desk.town.id}{row['path']}"
            at = desk.request.url.path
            here = at == path or (bool(row["path"]) and at.startswith(f"{path}/"))
            found.append(Item(row["label"], path, here))
    return found
