"""A process answers for its health at once, and for the towns when they are loaded."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from bot import opening
from bot.app import create_app
from bot.settings import Settings
from knowledge import loading
from tests.bot.server import BOUND, KEY, listening_alone, write_sample
from tests.faults.slow import SlowStore

ASK = "/api/v1/towns/sample/ask"


@pytest.fixture
def registry(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowStore:
    monkeypatch.setattr(opening, "PAUSE_SECONDS", 0.05)
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    return SlowStore(engine)


@pytest.fixture
def client(registry: SlowStore) -> Iterator[httpx.Client]:
    with listening_alone(create_app(registry, Settings(secret_key=KEY))) as client:  # type: ignore[arg-type]
        yield client
        registry.may_go_on.set()


def test_the_port_answers_before_the_towns_are_loaded(client: httpx.Client, registry: SlowStore) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    early = client.post(ASK, json={"text": "RPAって何"})
    assert (early.status_code, early.json()["error"]) == (503, "not_ready")
    assert int(early.headers["retry-after"]) > 0
    page = client.get("/t/sample", headers={"Accept": "text/html"})
    assert page.status_code == 503 and "準備中" in page.text
    assert client.post("/line/sample/webhook", content=b"{}").status_code == 503, "LINE sends it again"
    registry.may_go_on.set()
    until = time.monotonic() + BOUND
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert registry.attempts > 1, "a store that was away at first is tried again"
    assert client.post(ASK, json={"text": "RPAって何"}).status_code == 200


def test_a_process_may_end_before_it_was_ready(registry: SlowStore) -> None:
    with listening_alone(create_app(registry, Settings(secret_key=KEY))) as client:  # type: ignore[arg-type]
        assert client.get("/readyz").status_code == 503
        registry.may_go_on.set()


def test_being_warm_asks_without_keeping_anything(engine: Engine, registry: SlowStore) -> None:
    registry.attempts = 1
    registry.may_go_on.set()
    registry.refresh()
    opening.warm(registry.towns.values())
    assert len(registry.backlog) == 0
