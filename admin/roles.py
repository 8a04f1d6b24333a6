"""What a staff member may do: a ladder of five roles, each of which may do what those below it may."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from knowledge.packaged import packaged

WORDS = Path(__file__).parent / "data" / "roles.yaml"


class Role(StrEnum):
    """From least to most; the operator has no town and stands above all of them."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


class Door(StrEnum):
    """What a route asks for that stands before any role."""

    OUTSIDE = "outside"  # nobody need be signed in
    HALFWAY = "halfway"  # the password was right, a step of the sign-in is still to come


LADDER = tuple(Role)
OF_A_TOWN = LADDER[:-1]
WITH_A_CODE = frozenset({Role.APPROVER, Role.ADMINISTRATOR, Role.OPERATOR})


def may(role: Role, least: Role) -> bool:
    """Whether a role reaches at least another."""
    return LADDER.index(role) >= LADDER.index(least)


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = packaged(WORDS)
    return words


def label(role: str) -> str:
    """The role's name on the screen: 閲覧, 編集, 承認, 管理, 運用."""
    return _words()[Role(role)]["label"]


def explained(role: str) -> str:
    """One sentence on what the role may do."""
    return _words()[Role(role)]["may"]
