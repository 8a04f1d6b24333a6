"""Which other websites a resident's browser may ask from: a town's list of origins, on that town's addresses alone."""

import re
from collections.abc import Mapping

from fastapi import Request, Response

from bot.town import TownKnowledge

ADDRESS = re.compile(r"/api/v1/towns/([a-z0-9-]{1,40})(/.*)?")
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",  # seconds a browser need not ask again
}


def is_preflight(request: Request) -> bool:
    """Whether the browser asks if it may ask."""
    return (
        request.method == "OPTIONS"
        and "access-control-request-method" in request.headers
        and ADDRESS.fullmatch(request.url.path) is not None
    )


def preflight(request: Request, towns: Mapping[str, TownKnowledge]) -> Response:
    """The answer to it; 403 without permission where the town does not list the origin."""
    permission = permission_of(request, towns)
    if "Access-Control-Allow-Origin" not in permission:
        return Response(status_code=403, headers=permission)
    return Response(status_code=204, headers=permission | ALLOWED)


def permission_of(request: Request, towns: Mapping[str, TownKnowledge]) -> dict[str, str]:
    """The headers of any answer under a town's addresses; a page of our own needs none of them."""
    address = ADDRESS.fullmatch(request.url.path)
    if address is None:
        return {}
    town, origin = towns.get(address[1]), request.headers.get("origin", "")
    if town is None or origin not in town.allowed_origins:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
    }
