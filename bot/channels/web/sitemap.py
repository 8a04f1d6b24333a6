"""`/t/{town}/sitemap.xml` and `/robots.txt`: what search engines may find."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from bot.channels.web import layout
from bot.channels.web.api import TownId
from bot.channels.web.entry_pages import open_town
from bot.town import TownKnowledge

MOST_ADDRESSES = 50_000  # of one site map, sitemaps.org
PAGES = ("", "/topics", "/privacy", "/accessibility")
router = APIRouter(include_in_schema=False)


def _addresses(town: TownKnowledge) -> Iterator[tuple[str, str]]:
    """Every page's path in the town, with the day of its last change ("" where it has none)."""
    yield from ((path, "") for path in PAGES)
    for entry in town.library.entries.values():
        yield f"/e/{entry.content.id}", entry.changed_on


@router.get("/t/{town}/sitemap.xml")
def get_sitemap(town: TownId, request: Request) -> Response:
    """The addresses of a town's pages, absolute, as sitemaps.org has them."""
    knowledge = open_town(request, town)

    def make() -> Response:
        root = f"{layout.base_url(request)}/t/{town}"
        lines = [
            f"<url><loc>{escape(root + path)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
            for path, changed in list(_addresses(knowledge))[:MOST_ADDRESSES]
        ]
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = "\n".join(
            ['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{namespace}">', *lines, "</urlset>", ""]
        )
        return Response(body, media_type="application/xml")

    return layout.fresh(request, knowledge, make)


@router.get("/robots.txt")
def get_robots(request: Request) -> Response:
    """Pages may be found, the API need not be; where each town's site map is."""
    towns = sorted(request.app.state.around.registry.towns)
    maps = [f"Sitemap: {layout.base_url(request)}/t/{town}/sitemap.xml" for town in towns]
    return PlainTextResponse("\n".join(["User-agent: *", "Disallow: /api/", *maps, ""]))
