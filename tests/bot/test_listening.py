"""Clients that never come to the point are hung up on, and the others do not notice them."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from fastapi import FastAPI

from bot import listening
from bot.listening import PromptProtocol
from tests.bot.server import BOUND, serving

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.5)
    app = FastAPI()
    app.get("/")(lambda: "ok")
    with serving(app) as client:
        yield client


def opened(client: httpx.Client, stack: ExitStack) -> socket.socket:
    address = (client.base_url.host, client.base_url.port or 80)
    return stack.enter_context(socket.create_connection(address, timeout=BOUND))


def is_hung_up_on(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("sent", [b"", b"G", HEAD, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + HEAD])
def test_a_head_that_never_ends_is_hung_up_on(client: httpx.Client, sent: bytes) -> None:
    with ExitStack() as stack:
        line = opened(client, stack)
        line.sendall(sent)
        while (b"\r\n\r\n" in sent) and b'"ok"' not in line.recv(65536):
            pass
        assert is_hung_up_on(line)


def test_another_byte_now_and_then_does_not_begin_the_time_anew(client: httpx.Client) -> None:
    with ExitStack() as stack:
        line = opened(client, stack)
        line.sendall(HEAD)
        gone = threading.Event()

        def trickle() -> None:
            while not gone.wait(0.05):
                try:
                    line.sendall(b"a")
                except OSError:
                    return

        thread = threading.Thread(target=trickle)
        thread.start()
        hung_up = is_hung_up_on(line)
        gone.set()
        thread.join()
        assert hung_up


def test_a_crowd_of_half_open_connections_keeps_nobody_from_asking(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PromptProtocol, "most", 20)
    with ExitStack() as stack:
        lines = [opened(client, stack) for _ in range(60)]
        assert all(is_hung_up_on(line) for line in lines[20:])
        until = time.monotonic() + BOUND
        while not answers(client):
            assert time.monotonic() < until, "residents were kept out"


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/").status_code == 200
    except httpx.HTTPError:
        return False


def test_a_process_that_is_told_to_end_waits_for_nobody_for_ever(client: httpx.Client) -> None:
    assert listening.server(FastAPI(), "127.0.0.1", 0).config.timeout_graceful_shutdown == listening.STOP_SECONDS


def test_telephones_have_time_for_a_head() -> None:
    assert listening.HEAD_SECONDS >= 10
