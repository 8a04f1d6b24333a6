"""What was typed into a form outlives the session: sealed, carried through the sign-in, sent again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from admin import csrf, keys

PURPOSE = "kept form"
FIELD = "kept"
UNKEPT = (csrf.FIELD, FIELD, "password", "current", "code")
LASTS = 12 * 3600  # seconds


@dataclass(frozen=True)
class Kept:
    """A form that waits to be sent again: to which address, by whom, with which fields."""

    path: str
    owner: int
    fields: Mapping[str, tuple[str, ...]]
    had_file: bool = False  # a file is not kept: it must be chosen again


def seal(key: bytes, kept: Kept) -> str:
    """The form as one field that nobody can read or change."""
    body = [kept.path, kept.owner, {name: list(values) for name, values in harmless(kept).items()}, kept.had_file]
    return keys.sealed(key, PURPOSE, json.dumps(body, ensure_ascii=False))


def harmless(kept: Kept) -> dict[str, tuple[str, ...]]:
    """The fields without secrets and without the old form's own token."""
    return {name: values for name, values in kept.fields.items() if name not in UNKEPT}


def unseal(key: bytes, given: str) -> Kept | None:
    """The form that was sealed at most twelve hours ago, else None."""
    try:
        path, owner, fields, had_file = json.loads(keys.opened(key, PURPOSE, given, within=LASTS))
    except keys.Unreadable:
        return None
    return Kept(path, owner, {name: tuple(values) for name, values in fields.items()}, had_file)
