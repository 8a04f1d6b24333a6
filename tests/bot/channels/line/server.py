"""The public app with a LINE account, on a real port, against the stand-in platform."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import Engine
from sqlmodel import select

from bot.app import create_app
from bot.registry import Registry
from bot.settings import LineAccount, Settings
from knowledge import loading, store
from knowledge.line_models import LineEvent
from tests.bot.server import BOUND, KEY, write_sample
from tests.line_platform.events import Event
from tests.line_platform.platform import ACCESS_TOKEN, SECRET, Platform, deliver, text_of, until


def account(**more: str) -> LineAccount:
    """The sample town's account at the stand-in."""
    return LineAccount.model_validate({"channel_secret": SECRET, "channel_access_token": ACCESS_TOKEN} | more)


@contextmanager
def answering(engine: Engine, root: Path, platform: Platform, **more: str) -> Iterator[httpx.Client]:
    """A client of the running app."""
    loading.load_all(engine, write_sample(root))
    settings: dict[str, Any] = {
        "secret_key": KEY,
        "line_api_base": platform.base,
        "line_accounts": {"sample": account(**more)},
    }
    app = create_app(Registry(engine), Settings(**settings))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started or not thread.is_alive())
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=BOUND) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        yield client
    server.should_exit = True
    thread.join(BOUND)


def events_of(engine: Engine) -> list[LineEvent]:
    """All stored events, the earliest first."""
    with store.reading(engine) as session:
        return list(session.exec(select(LineEvent).order_by(LineEvent.sent_at)).all())  # type: ignore[arg-type]


def ended(engine: Engine, count: int, bound: float = BOUND) -> list[LineEvent]:
    """The events, once `count` of them are there and all have ended."""

    def all_ended() -> bool:
        events = events_of(engine)
        return len(events) >= count and all(event.ended_at for event in events)

    until(all_ended, bound)
    return events_of(engine)


def said(platform: Platform, event: Event) -> str:
    """What the resident read in answer to an event; exactly one reply."""
    (messages,) = platform.answers(event)
    return text_of(messages)


def ask(client: httpx.Client, platform: Platform, engine: Engine, *events: Event) -> None:
    """Delivers events and waits until they have ended."""
    before = len(events_of(engine))
    assert deliver(client, platform, *events).status_code == 200
    ended(engine, before + len(events))


def kept(engine: Engine, table: Any) -> list[Any]:
    """All rows of a table."""
    with store.reading(engine) as session:
        return list(session.exec(select(table)).all())
