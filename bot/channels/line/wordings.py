"""The words that residents read in LINE beside the replies: `wordings.yaml`."""

from functools import cache
from pathlib import Path

import yaml

WORDINGS = Path(__file__).parent / "wordings.yaml"


@cache
def _wordings() -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    return read


def wording(key: str, **values: str) -> str:
    """A wording with its values filled in; raises KeyError for one that is not there."""
    return _wordings()[key].format(**values).strip()
