"""A request that cannot be served, as its reader can read it: a page for residents, JSON for programs."""

from typing import Any

from fastapi import Request, Response

from bot.channels.web import api, layout

PAGES = "/t/"


def failure(request: Request, status: int, key: str, headers: dict[str, str] | None = None) -> Response:
    """The error's page under `/t/`, elsewhere its JSON; `key` names the sentence in `data/errors.yaml`."""
    if not request.url.path.startswith(PAGES):
        return api.error(status, key, headers)
    towns: Any = request.app.state.around.registry.towns
    knowledge = towns.get(request.url.path.removeprefix(PAGES).split("/")[0])
    return layout.page(
        request, "error.html.j2", knowledge, status=status, headers=headers, message=api.sentence(key), failed=True
    )
