"""`/t/{town}/privacy` and `/t/{town}/accessibility`: what is kept of residents; what was tested, and what was not."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.channels.web import layout
from bot.channels.web.api import TownId, town_of
from knowledge.packaged import packaged

router = APIRouter(include_in_schema=False)


@cache
def tested() -> dict[str, Any]:
    """What `data/accessibility.yaml` says of the tests: aims, tests with what and when, what was not tested."""
    found: dict[str, Any] = packaged(layout.DATA / "accessibility.yaml")
    return found


@router.get("/t/{town}/privacy")
def get_privacy(town: TownId, request: Request) -> Response:
    """What is kept, where, how long, how it is erased, and whom to ask."""
    knowledge = town_of(request, town)
    return layout.fresh(
        request, knowledge, lambda: layout.page(request, "privacy.html.j2", knowledge, canonical=f"/t/{town}/privacy")
    )


@router.get("/t/{town}/accessibility")
def get_accessibility(town: TownId, request: Request) -> Response:
    """What was tested, with what and when; what was not; whom to tell."""
    knowledge, path = town_of(request, town), f"/t/{town}/accessibility"
    return layout.fresh(
        request,
        knowledge,
        lambda: layout.page(request, "accessibility.html.j2", knowledge, canonical=path, tests=tested()),
    )
