"""Telephone numbers in a reply's text, each with whom it reaches and its address."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from knowledge.packaged import packaged

TELEPHONES = Path(__file__).parent / "telephones.yaml"
_NUMBER = re.compile(r"(?<![0-9-])(?:#\d{4}|1(?:10|18|19|71|88|89)|0\d{1,4}-\d{1,4}-\d{3,5})(?![0-9-])")


@dataclass(frozen=True)
class Telephone:
    """A number as it is written, and whom it reaches ("" where unknown)."""

    number: str
    whom: str

    @property
    def address(self) -> str:
        """The number as a `tel:` URI; # is a part of it, not a fragment."""
        return f"tel:{quote(self.number.replace('-', ''))}"


@cache
def _known() -> dict[str, str]:
    read: dict[str, str] = packaged(TELEPHONES)
    return read


def telephones(text: str) -> tuple[Telephone, ...]:
    """The numbers of a text in its order, each once."""
    return tuple(Telephone(number, _known().get(number, "")) for number in dict.fromkeys(_NUMBER.findall(text)))
