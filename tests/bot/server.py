"""The public app on a real port of 127.0.0.1, for tests that speak HTTP."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import yaml
from fastapi import FastAPI
from sqlalchemy import Engine

from bot import listening
from bot.app import create_app
from bot.backlog import MOST_KEPT, Backlog
from bot.limits import Limiter, Rate
from bot.registry import Registry
from bot.settings import Settings
from knowledge import loading
from tests.bot.sample import ENTRIES, TOWN

KEY = "k" * 40
BOUND = 30.0  # seconds


def write_sample(root: Path) -> Path:
    """The sample town's files under `root`."""
    folder = root / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    town = yaml.safe_dump(TOWN.model_dump(mode="json"), allow_unicode=True)
    (folder / "town.yaml").write_text(town, encoding="utf-8")
    (folder / "entries.yaml").write_text(ENTRIES, encoding="utf-8")
    return root


@contextmanager
def running(
    engine: Engine,
    root: Path,
    *,
    docs: bool = False,
    trusted: str = "",
    rate: Rate | None = None,
    public_url: str = "",
    most_kept: int = MOST_KEPT,
) -> Iterator[httpx.Client]:
    """A client of a running app that answers for the sample town; `rate` is how much a visitor may ask and vote,
    `most_kept` how many turns wait while the store is away.
    """
    loading.load_all(engine, write_sample(root))
    settings = Settings(secret_key=KEY, trusted_proxies=trusted, public_url=public_url)  # type: ignore[arg-type]
    registry = Registry(engine)
    registry.backlog = Backlog(most_kept)
    app = create_app(registry, settings, docs=docs)
    if rate:
        app.state.around.ask, app.state.around.feedback = Limiter(rate), Limiter(rate)
    with serving(app) as client:
        yield client


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of an app on a free port, once it is ready."""
    with listening_alone(app) as client:
        until = time.monotonic() + BOUND
        while client.get("/readyz").status_code == 503:
            assert time.monotonic() < until, "the app did not become ready"
            time.sleep(0.01)
        yield client


@contextmanager
def listening_alone(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of an app on a free port, as soon as that answers."""
    server = listening.server(app, "127.0.0.1", 0, log_level="critical")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + BOUND
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until, "the app did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=BOUND) as client:
        yield client
    server.should_exit = True
    thread.join(BOUND)
