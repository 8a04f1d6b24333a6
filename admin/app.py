"""The internal ASGI app, on its own port: health and metrics; the staff's screens follow."""

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Engine

from bot.settings import Settings


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """The app for staff and operators."""
    app = FastAPI(title="DX案内 職員", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.engine, app.state.settings = engine, settings

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @app.get("/metrics")
    def metrics() -> Response:
        """Counts for Prometheus; numbers only."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app
