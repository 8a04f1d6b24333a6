"""Talks with the five bundled towns, for tests of what leans on a town's own lists and rows."""

from typing import Any

from admin.commands.ask import replies
from tests.towns import towns


def ask(town: str, *turns: str) -> dict[str, Any]:
    """The reply to the last of the turns."""
    return replies(turns, towns()[town])[-1]


def entries(reply: dict[str, Any]) -> list[str]:
    """The ids of the entries that a reply is made of."""
    return [part["entry"] for part in reply["parts"]]
