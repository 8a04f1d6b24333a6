"""HEAD is answered like GET, and a body that trickles in is given up."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from bot import transport
from bot.transport import BodyDeadline
from tests.bot.server import BOUND, running


@pytest.fixture
def client(any_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(BodyDeadline.__init__, "__defaults__", (0.5,))
    with running(any_engine, tmp_path / "towns") as client:
        yield client


def slowly(client: httpx.Client, path: str, body: bytes) -> str:
    """What comes back when the first bytes are all that is ever sent, until the server hangs up."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=BOUND) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        line.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode() + body)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer.decode()


@pytest.mark.parametrize("path", ["/t/sample", "/t/sample/topics", "/t/sample/e/rpa", "/healthz", "/robots.txt"])
def test_head_is_answered_like_get_without_a_body(client: httpx.Client, path: str) -> None:
    got, headed = client.get(path), client.head(path)
    assert headed.status_code == got.status_code == 200
    assert headed.headers["content-length"] == got.headers["content-length"] != "0"
    assert headed.content == b""


def test_a_slow_form_is_given_up_with_a_page_and_the_line_is_closed(client: httpx.Client) -> None:
    answer = slowly(client, "/t/sample", b"text=RPA")
    assert answer.startswith("HTTP/1.1 408")
    assert "text/html" in answer
    assert "もう一度送ってください" in answer


def test_a_slow_message_is_given_up_in_json(client: httpx.Client) -> None:
    answer = slowly(client, "/api/v1/towns/sample/ask", b'{"text"')
    assert answer.startswith("HTTP/1.1 408")
    assert '"error":"too_slow"' in answer


def test_every_piece_counts_for_the_same_deadline() -> None:
    async def trickling() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def unsent(message: Message) -> None:
        raise AssertionError(message)

    with pytest.raises(HTTPException):
        asyncio.run(BodyDeadline(reading, 0.2)({"type": "http", "method": "POST"}, trickling, unsent))


def test_an_app_may_wait_for_the_end_of_the_line_as_long_as_it_likes() -> None:
    messages = iter([{"type": "http.request", "body": b"a", "more_body": False}, {"type": "http.disconnect"}])
    seen: list[str] = []

    async def arriving() -> Message:
        await asyncio.sleep(0.15 if seen else 0)
        return next(messages)

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((await receive())["type"])
        seen.append((await receive())["type"])

    async def unsent(message: Message) -> None:
        raise AssertionError(message)

    asyncio.run(BodyDeadline(reading, 0.1)({"type": "http", "method": "POST"}, arriving, unsent))
    assert seen == ["http.request", "http.disconnect"]


def test_the_deadline_leaves_a_telephone_time() -> None:
    assert transport.BODY_SECONDS >= 5
