"""The internal ASGI app, on its own port: the staff's pages, health and metrics."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import structlog
from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin import views
from admin.desk import Forbidden, Missing, NotReady, Surroundings
from admin.entrance import Stranger, endpoint
from admin.forms import sentence
from admin.headers import HEADERS
from admin.reader import Reader
from admin.rendering import render
from bot import opening
from bot.limits import Limiter, Rate
from bot.metrics import ERRORS
from bot.registry import Registry
from bot.settings import Settings
from bot.transport import BodyDeadline
from bot.visitors import networks
from bot.waiting_work import MOST_SECONDS, WaitingWork
from knowledge import store
from knowledge.mishaps import name_of
from knowledge.models import Town

STATIC = Path(__file__).parent / "static"
SIGN_INS = Rate(burst=60, per_minute=30)  # attempts of one address: an office of many behind it, and no dictionary
BODY_SECONDS = 120.0  # for a plan of 50 MB over a line of 4 Mbit/s; a form is there in one
TITLES = {status: f"problem_{status}" for status in (403, 404, 500, 503)}
log = structlog.get_logger()


def create_app(engine: Engine, settings: Settings, registry: Registry | None = None) -> FastAPI:
    """The app for staff and operators; `registry` is the public app's, where both run in one process."""
    towns = registry or Registry(engine)
    reader = Reader(engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with nullcontext() if registry else opening.followed(towns):
            reader.start()
            yield
            reader.stop()

    app = FastAPI(title="DX案内 職員", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.around = Surroundings(towns, settings, networks(settings.trusted_proxies), Limiter(SIGN_INS), reader)
    for declared in views.declared():
        app.router.add_route(declared.path, endpoint(declared), methods=[declared.method], include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_operations(app, towns)
    for kind in (Stranger, Forbidden, Missing, NotReady, HTTPException):
        app.add_exception_handler(kind, _explain)
    app.add_middleware(BodyDeadline, seconds=BODY_SECONDS)
    app.add_middleware(Rescue)
    return app


def _add_operations(app: FastAPI, towns: Registry) -> None:
    """What watches the process: no resident and no clerk."""
    waiting = CollectorRegistry()
    waiting.register(WaitingWork(towns.engine))

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> Response:
        """Every page can be served: the towns are loaded, and the store answers."""
        is_ready = towns.has_read and _is_there(towns.engine)
        return JSONResponse({"status": "ok" if is_ready else "not ready"}, 200 if is_ready else 503)

    @app.get("/metrics")
    def metrics() -> Response:
        """Counts of this process, and what waits in the store, for Prometheus; numbers only."""
        return Response(generate_latest() + generate_latest(waiting), media_type=CONTENT_TYPE_LATEST)


def _is_there(engine: Engine) -> bool:
    """Whether the store answers: without it no page of the staff's can be shown."""
    try:
        with store.reading(engine, MOST_SECONDS) as session:
            session.exec(select(Town.id).limit(1)).all()
    except SQLAlchemyError:
        return False
    return True


async def _explain(_: Request, error: Exception) -> Response:
    """A page that says what to do; nothing of the request is repeated."""
    match error:
        case Stranger():
            return problem_page(error.status, sentence(error.key))
        case Forbidden():
            return problem_page(403, str(error))
        case NotReady():
            return problem_page(503, str(error), {"Retry-After": "5"})
        case HTTPException(status_code=408):
            return problem_page(408, sentence("too_slow"), error.headers)
        case HTTPException(status_code=405 | 404) | Missing():
            return problem_page(404, sentence("missing"))
        case HTTPException():
            return problem_page(error.status_code, sentence("bad_request"))
    raise error


def problem_page(status: int, said: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """An error as a page of its own, which needs neither a session nor the store."""
    title = sentence(TITLES.get(status, "problem"))
    return HTMLResponse(render("problem_alone.html.j2", title=title, problem=said), status, headers)


class Rescue:
    """The outermost layer: adds the headers that every response carries, logs what failed by kind, apologises."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            log.error("unexpected", error=name_of(error))
            ERRORS.labels(app="admin").inc()
            if not begun:
                said = sentence("unexpected_sent" if scope["method"] == "POST" else "unexpected")
                await problem_page(500, said)(scope, receive, send_with_headers)
