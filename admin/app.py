"""The internal ASGI app, on its own port: the staff's pages, health and metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin import views
from admin.desk import Forbidden, Missing, Surroundings
from admin.entrance import Stranger, endpoint
from admin.forms import sentence
from admin.headers import HEADERS
from admin.reader import Reader
from admin.rendering import render
from bot.limits import Limiter, Rate
from bot.metrics import ERRORS
from bot.registry import Registry
from bot.settings import Settings
from bot.visitors import networks
from bot.waiting_work import WaitingWork

STATIC = Path(__file__).parent / "static"
SIGN_INS = Rate(burst=60, per_minute=30)  # attempts of one address: an office of many behind it, and no dictionary
log = structlog.get_logger()


def create_app(engine: Engine, settings: Settings, registry: Registry | None = None) -> FastAPI:
    """The app for staff and operators; `registry` is the public app's, where both run in one process."""
    towns = registry or Registry(engine)
    reader = Reader(engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if registry is None:
            await run_in_threadpool(towns.start)
        reader.start()
        yield
        reader.stop()
        if registry is None:
            towns.stop()

    app = FastAPI(title="DX案内 職員", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.around = Surroundings(towns, settings, networks(settings.trusted_proxies), Limiter(SIGN_INS), reader)
    for declared in views.declared():
        app.router.add_route(declared.path, endpoint(declared), methods=[declared.method], include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_operations(app, engine)
    for kind in (Stranger, Forbidden, Missing, HTTPException):
        app.add_exception_handler(kind, _explain)
    app.add_middleware(Rescue)
    return app


def _add_operations(app: FastAPI, engine: Engine) -> None:
    """What watches the process: no resident and no clerk."""
    waiting = CollectorRegistry()
    waiting.register(WaitingWork(engine))

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @app.get("/metrics")
    def metrics() -> Response:
        """Counts of this process, and what waits in the store, for Prometheus; numbers only."""
        return Response(generate_latest() + generate_latest(waiting), media_type=CONTENT_TYPE_LATEST)


async def _explain(_: Request, error: Exception) -> Response:
    """A page that says what to do; nothing of the request is repeated."""
    match error:
        case Stranger():
            return problem_page(error.status, sentence(error.key))
        case Forbidden():
            return problem_page(403, str(error))
        case HTTPException(status_code=405 | 404) | Missing():
            return problem_page(404, sentence("missing"))
        case HTTPException():
            return problem_page(error.status_code, sentence("bad_request"))
    raise error


def problem_page(status: int, said: str) -> HTMLResponse:
    """An error as a page of its own, which needs neither a session nor the store."""
    title = sentence("problem_500" if status >= 500 else f"problem_{status}" if status in (403, 404) else "problem")  # noqa: PLR2004
    return HTMLResponse(render("problem_alone.html.j2", title=title, problem=said), status)


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
            log.error("unexpected", error=type(error).__name__)
            ERRORS.labels(app="admin").inc()
            if not begun:
                await problem_page(500, sentence("unexpected"))(scope, receive, send_with_headers)
