"""A request that cannot be served, as its reader can read it: a page for residents, JSON for programs."""

from typing import Any

from fastapi import Request, Response

from bot.channels.web import api, layout

PAGES = "/t/"
PROGRAMS = ("/api/", "/line/", "/healthz", "/readyz")


def failure(request: Request, status: int, key: str, headers: dict[str, str] | None = None) -> Response:
    """The error's page for who reads pages, else its JSON; `key` names the sentence in `data/errors.yaml`."""
    path = request.url.path
    if not _reads_pages(request):
        return api.error(status, key, headers)
    towns: Any = request.app.state.around.registry.towns
    knowledge = towns.get(path.removeprefix(PAGES).split("/")[0]) if path.startswith(PAGES) else None
    said: dict[str, Any] = {"message": api.sentence(key), "failed": True, "typed": request.method == "POST"}
    return layout.page(request, "error.html.j2", knowledge, status=status, headers=headers, **said)


def _reads_pages(request: Request) -> bool:
    """Whether a page was asked for: by its address, or by a browser outside what is made for programs."""
    path = request.url.path
    if path.startswith(PAGES):
        return True
    return "text/html" in request.headers.get("accept", "") and not path.startswith(PROGRAMS)
