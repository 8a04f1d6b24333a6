"""The staff's pages, a file a group; `declared` lists every route with its least role."""

from collections.abc import Iterator

from admin.routes import Declared
from admin.views import account, home, signing

GROUPS = (signing, home, account)


def declared() -> Iterator[Declared]:
    """Every route of every group."""
    for group in GROUPS:
        yield from group.pages.declared
