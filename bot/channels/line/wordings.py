"""The words that residents read in LINE beside the replies: `wordings.yaml`."""

from functools import cache
from pathlib import Path

from knowledge.packaged import packaged

WORDINGS = Path(__file__).parent / "wordings.yaml"


@cache
def _wordings() -> dict[str, str]:
    read: dict[str, str] = packaged(WORDINGS)
    return read


def wording(key: str, **values: str) -> str:
    """A wording with its values filled in; raises KeyError for one that is not there."""
    return _wordings()[key].format(**values).strip()
