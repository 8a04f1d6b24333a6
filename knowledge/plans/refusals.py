"""Why a document is refused: closed kinds, each with a sentence for staff in `data/refusals.yaml`."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from knowledge.packaged import packaged


class Refusal(StrEnum):
    """What is wrong with a document as a whole."""

    ENCRYPTED = "encrypted"
    IMAGES = "images"
    UNMAPPED = "unmapped"
    EMPTY = "empty"
    NOT_A_PLAN = "not_a_plan"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    BROKEN = "broken"
    ENTITIES = "entities"
    OLD_WORD = "old_word"
    OTHER_OFFICE = "other_office"
    ENCODING = "encoding"
    FAILED = "failed"


class UnreadablePlan(Exception):
    """A document that cannot be read as a plan; its words say what to do. Nothing of it was kept."""

    def __init__(self, refusal: Refusal, name: str) -> None:
        super().__init__(sentences()[refusal].format(name=name))
        self.refusal = refusal
        self.name = name


@cache
def sentences() -> dict[str, str]:
    """The sentence for each refusal; {name} stands for the file's name."""
    path = Path(__file__).parent / "data" / "refusals.yaml"
    read: dict[str, str] = packaged(path)
    return read
