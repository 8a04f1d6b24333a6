"""What `annai line` tells the clerk: `sentences.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged

SENTENCES = Path(__file__).parent / "sentences.yaml"


@cache
def _sentences() -> dict[str, str]:
    read: dict[str, str] = packaged(SENTENCES)
    return read


def sentence(key: str, **values: Any) -> str:
    """A sentence with its values filled in."""
    return _sentences()[key].format(**values).strip()


def refusal(status: int, what: str) -> str:
    """Why LINE did not do something, and what to do about it."""
    key = f"refused_{status}"
    return sentence(key if key in _sentences() else "refused_other", status=status, what=what)
