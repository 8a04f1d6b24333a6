"""The public ASGI app: residents' questions over HTTP, health, and nothing else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot import opening
from bot.channels.line import webhook
from bot.channels.web import api, cors, entry_pages, pages, sitemap, statements, widget
from bot.channels.web.errors import failure
from bot.limits import ASK, FEEDBACK, SUGGEST, Limiter
from bot.metrics import ERRORS, SECONDS
from bot.registry import Registry
from bot.settings import Settings
from bot.transport import BodyDeadline, HeadAsGet
from bot.visitors import Network, networks
from knowledge.mishaps import name_of

MOST_BODY = 32_768  # bytes: 2,000 characters of a form (nine bytes each) or of JSON, and the envelope
REFUSED = {404: "not_found", 405: "not_found", 408: "too_slow"}
log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass
class Surroundings:
    """What the endpoints need of the process they run in."""

    registry: Registry
    settings: Settings
    trusted: tuple[Network, ...]
    ask: Limiter
    suggest: Limiter
    feedback: Limiter
    readiness: opening.Readiness


def create_app(registry: Registry, settings: Settings, *, docs: bool = False) -> FastAPI:
    """The app over a registry of towns; its description's pages are off unless `docs`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opening.opened(app, registry, settings, app.state.around.readiness):
            yield

    app = FastAPI(
        title="DX案内",
        version="1",
        lifespan=lifespan,
        docs_url="/docs" if docs else None,
        redoc_url=None,
        openapi_url="/openapi.json" if docs else None,
    )
    limiters = Limiter(ASK), Limiter(SUGGEST), Limiter(FEEDBACK)
    app.state.around = Surroundings(
        registry, settings, networks(settings.trusted_proxies), *limiters, opening.Readiness()
    )
    app.include_router(api.router)
    for each in (pages, entry_pages, statements, sitemap, widget, webhook):
        app.include_router(each.router)
    app.add_middleware(BodyDeadline)  # within the guard, whose own receiver would hide what is raised
    app.middleware("http")(_guard)
    app.add_middleware(HeadAsGet)
    app.add_exception_handler(RequestValidationError, _explain)
    app.add_exception_handler(api.Refused, _refuse)
    app.add_exception_handler(HTTPException, _not_served)
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Bounds the body before anything reads it, rescues what fails, and adds the headers that every answer carries."""
    towns = request.app.state.around.registry.towns
    refused = cors.preflight(request, towns) if cors.is_preflight(request) else _refusal(request)
    with SECONDS.labels(path=_kind_of(request)).time():
        try:
            response: Response = refused or await call_next(request)
        except Exception as error:
            log.error("unexpected", error=name_of(error))
            ERRORS.labels(app="public").inc()
            response = failure(request, 500, "unexpected")
    for name, value in (cors.permission_of(request, towns) | HEADERS).items():
        response.headers.setdefault(name, value)
    return response


def _refusal(request: Request) -> Response | None:
    """Why a request is not answered: the towns are not loaded yet, or its body has no length or is too great."""
    if not request.app.state.around.readiness.reached and request.url.path not in opening.ALWAYS:
        return failure(request, 503, "not_ready", {"Retry-After": "2"})
    if request.method not in ("POST", "PUT", "PATCH") or request.url.path.startswith("/line/"):
        return None  # LINE's deliveries are larger, and bounded where they are read
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or "transfer-encoding" in request.headers:
        return failure(request, 411, "no_length")
    return failure(request, 413, "too_large") if int(length) > MOST_BODY else None


def _kind_of(request: Request) -> str:
    """What an address is for: the last word of one of the API, the kind of a page; no town, no id."""
    first, *rest = request.url.path.strip("/").split("/")
    if first == "t":
        known = {"e": "entry", "topics": "topics", "feedback": "feedback", "erase": "erase", "sitemap.xml": "sitemap"}
        return known.get(rest[1], "page") if len(rest) > 1 else "page"
    last = rest[-1] if rest else first
    return last if last in ("ask", "suggest", "feedback", "healthz", "readyz", "webhook") else "other"


async def _explain(request: Request, error: Exception) -> Response:
    """What is wrong with a request, in a resident's words; the input is never repeated."""
    return failure(request, 422, api.key_of(error))


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, api.Refused)  # noqa: S101  registered for this class
    return failure(request, error.status, error.key, error.headers)


async def _not_served(request: Request, error: Exception) -> Response:
    """What the framework refuses (an unknown address, a method, a body that is no JSON), in a resident's words."""
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this class
    key = REFUSED.get(error.status_code, "bad_request")
    return failure(request, error.status_code, key, dict(error.headers or {}))
