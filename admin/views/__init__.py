"""The staff's pages, a file a group; `declared` lists every route with its least role."""

from collections.abc import Iterator

from admin.routes import Declared
from admin.views import (
    account,
    audit,
    closed,
    confirm,
    departments,
    drafts,
    editing,
    entries,
    exam,
    exchange,
    figures,
    help,  # noqa: A004  the word for these pages
    history,
    home,
    inbox,
    inquiry,
    links,
    plan,
    plans,
    releases,
    settings,
    signing,
    sources,
    staff,
    steps,
    tryout,
    upkeep,
    words,
)

GROUPS = (
    signing,
    steps,
    links,
    home,
    account,
    entries,
    upkeep,
    editing,
    history,
    confirm,
    words,
    inbox,
    inquiry,
    drafts,
    releases,
    exam,
    tryout,
    departments,
    closed,
    settings,
    staff,
    audit,
    plans,
    sources,
    plan,
    figures,
    exchange,
    help,
)


def declared() -> Iterator[Declared]:
    """Every route of every group; of two that fit an address, the one without a variable part comes first."""
    routes = [route for group in GROUPS for route in group.pages.declared]
    yield from sorted(routes, key=lambda route: [part.startswith("{") for part in route.path.split("/")])
