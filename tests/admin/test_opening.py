"""The admin app apart: its port answers at once, pages that need the towns say so, slow bodies are given up."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from admin import app as admin_app
from admin.roles import Role
from bot import opening
from tests.admin.office import Office, prepare, running
from tests.bot.server import BOUND
from tests.faults import breaking
from tests.faults.slow import SlowStore

TRY = "/towns/sample/try"


@pytest.fixture
def registry(any_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowStore:
    monkeypatch.setattr(opening, "PAUSE_SECONDS", 0.05)
    prepare(any_engine, tmp_path / "towns")
    return SlowStore(any_engine)


@pytest.fixture
def alone(registry: SlowStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An admin app without the public one, while its towns are being loaded."""
    monkeypatch.setattr(admin_app, "Registry", lambda _: registry)
    with running(registry.engine, ready=False) as office:
        yield office
        registry.may_go_on.set()


def ready(office: Office) -> int:
    return httpx.get(f"{office.address}/readyz").status_code


def until_ready(office: Office) -> None:
    until = time.monotonic() + BOUND
    while ready(office) != 200:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_the_port_answers_before_the_towns_are_loaded(alone: Office, registry: SlowStore) -> None:
    assert httpx.get(f"{alone.address}/healthz").status_code == 200
    assert ready(alone) == 503
    clerk = alone.clerk(Role.EDITOR)
    assert clerk.get("/towns/sample/entries").heading == "回答項目"
    early = clerk.send(TRY, 503, on=TRY, question="RPA")
    assert early.heading == "準備中です"
    registry.may_go_on.set()
    until_ready(alone)
    assert registry.attempts > 1, "a store that was away at first is tried again"
    assert "RPA" in clerk.send(TRY, on=TRY, question="RPA").text


def test_a_store_that_is_away_is_not_ready_and_comes_back(office: Office) -> None:
    with breaking.away(office.engine):
        assert ready(office) == 503
        assert httpx.get(f"{office.address}/healthz").status_code == 200
    until_ready(office)


def test_a_form_that_trickles_in_is_given_up_with_a_page_and_the_line_is_closed(
    any_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_app, "BODY_SECONDS", 0.5)
    prepare(any_engine, tmp_path / "towns")
    with running(any_engine) as office:
        host = httpx.URL(office.address)
        with socket.create_connection((host.host, host.port or 80), timeout=BOUND) as line:
            head = f"POST /sign-in HTTP/1.1\r\nHost: {host.host}:{host.port}\r\nOrigin: {office.address}\r\n"
            kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
            line.sendall(f"{head}{kind}town=sample".encode())
            answer = b""
            while piece := line.recv(65536):
                answer += piece
    assert answer.startswith(b"HTTP/1.1 408")
    assert "もう一度送ってください" in answer.decode()
