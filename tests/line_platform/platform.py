"""A stand-in for LINE's platform over HTTP: refuses what LINE refuses, counts what residents saw, fails at will.

It is the only thing outside our own code that the tests replace; everything it enforces stands in LINE's description
or documentation (tokens of one use and one minute, no retry key on replies, quotas, limits of messages).
"""

import asyncio
import base64
import hashlib
import hmac
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.line_platform.checks import faults
from tests.line_platform.events import Event

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
ACCESS_TOKEN = "stand-in-access-token"
DESTINATION = "U8e742f61d673b39c7fff3cecb7536ef0"
TOKEN_SECONDS = 60.0
BOUND = 60.0


@dataclass
class Token:
    """A reply token: whose it is, until when it is good, whether it was used."""

    talk: str
    event: str
    until: float
    used: bool = False


@dataclass
class Seen:
    """What a resident saw: the messages of one reply, to which event, in which order."""

    event: str
    messages: list[dict[str, Any]]


@dataclass
class Platform:
    """The platform's state; `faults_ahead` are how the next replies fail."""

    tokens: dict[str, Token] = field(default_factory=dict)
    seen: dict[str, list[Seen]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    loading: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    faults_ahead: deque[str] = field(default_factory=deque)
    quota: tuple[int, int] = (200, 0)
    token_seconds: float = TOKEN_SECONDS
    delay: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    base: str = ""

    def body(self, events: Iterable[Event]) -> bytes:
        """A delivery's body; its tokens are good from now on."""
        listed = list(events)
        with self.lock:
            for event in listed:
                if "replyToken" in event:
                    self._issue(event)
        return json.dumps({"destination": DESTINATION, "events": listed}, ensure_ascii=False).encode()

    def _issue(self, event: Event) -> None:
        source = event.get("source", {})
        talk = source.get("groupId") or source.get("roomId") or source.get("userId", "")
        token = self.tokens.setdefault(event["replyToken"], Token(talk, event["webhookEventId"], 0.0))
        token.until = time.monotonic() + self.token_seconds

    def answers(self, event: Event) -> list[list[dict[str, Any]]]:
        """What was shown in answer to an event."""
        with self.lock:
            return [s.messages for shown in self.seen.values() for s in shown if s.event == event["webhookEventId"]]

    def order(self, talk: str) -> list[str]:
        """The events to which a resident saw answers, in that order."""
        with self.lock:
            return [s.event for s in self.seen.get(talk, [])]

    def take(self, body: Any) -> tuple[int, dict[str, Any]]:
        """A reply: refused as LINE refuses it, or shown."""
        wrong = faults(body)
        if wrong:
            self.refused += wrong
            return 400, {"message": "The request body has 1 error(s)", "details": [{"message": w} for w in wrong]}
        with self.lock:
            token = self.tokens.get(body["replyToken"])
            if token is None or token.used or time.monotonic() > token.until:
                return 400, {"message": "Invalid reply token"}
            token.used = True
            self.seen.setdefault(token.talk, []).append(Seen(token.event, body["messages"]))
        return 200, {"sentMessages": [{"id": str(n), "quoteToken": "q"} for n, _ in enumerate(body["messages"])]}


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers of a delivery."""
    mac = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {"X-Line-Signature": base64.b64encode(mac).decode(), "Content-Type": "application/json"}


def text_of(messages: list[dict[str, Any]]) -> str:
    """Everything that a resident reads of a reply."""
    return "\n".join(message.get("text") or message.get("altText", "") for message in messages)


def deliver(client: httpx.Client, platform: Platform, *events: Event, town: str = "sample") -> httpx.Response:
    """One webhook request."""
    body = platform.body(events)
    return client.post(f"/line/{town}/webhook", content=body, headers=signed(body))


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"message": message}, status)


def _app(platform: Platform) -> Starlette:
    async def reply(request: Request) -> Response:
        fault = platform.faults_ahead.popleft() if platform.faults_ahead else ""
        response = await _reply(platform, request, fault)
        platform.statuses[f"reply {response.status_code}"] += 1
        response.headers["x-line-request-id"] = "00000000-0000-4000-8000-000000000000"
        return response

    async def loading(request: Request) -> Response:
        body = await request.json()
        if not str(body.get("chatId", "")).startswith("U") or body.get("loadingSeconds", 20) % 5:
            platform.refused.append("loading")
            return _error(400, "Bad request")
        platform.loading.append(body["chatId"])
        return JSONResponse({}, 202)

    async def quota(_: Request) -> Response:
        return JSONResponse({"type": "limited", "value": platform.quota[0]})

    async def consumption(_: Request) -> Response:
        return JSONResponse({"totalUsage": platform.quota[1]})

    async def other(request: Request) -> Response:
        platform.forbidden.append(f"{request.method} {request.url.path}")
        return _error(404, "Not found")

    routes = [
        Route("/v2/bot/message/reply", reply, methods=["POST"]),
        Route("/v2/bot/chat/loading/start", loading, methods=["POST"]),
        Route("/v2/bot/message/quota", quota),
        Route("/v2/bot/message/quota/consumption", consumption),
        Route("/{path:path}", other, methods=["GET", "POST", "PUT", "DELETE"]),
    ]
    return Starlette(routes=routes)


REFUSALS = {
    "500 before": (500, "Internal server error"),
    "429 rate": (429, "The API rate limit has been exceeded. Try again later."),
    "429 quota": (429, "You have reached your monthly limit."),
    "429 one resident": (429, "Too many messages."),
    "403": (403, "Not authorized to use this API."),
}
AFTER = {
    "500 after": (500, b"{}"),
    "garbage after": (200, b"\xff<html>"),
    "garbage 502 after": (502, b"\xff\xfe<html>"),
    "odd after": (200, b'{"sentMessages": "none"}'),
    "empty after": (200, b""),
}


async def _reply(platform: Platform, request: Request, fault: str) -> Response:
    if request.headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
        return _error(401, "Authentication failed")
    if "x-line-retry-key" in request.headers:
        platform.forbidden.append("retry key on a reply")
        return _error(400, "The retry key is not supported")
    if fault in REFUSALS:
        return _error(*REFUSALS[fault])
    if fault == "hang before":
        await asyncio.sleep(BOUND)
    status, said = platform.take(await request.json())
    await asyncio.sleep(platform.delay)
    if fault == "hang after":
        await asyncio.sleep(BOUND)
    if fault in AFTER:
        return Response(AFTER[fault][1], AFTER[fault][0], media_type="application/json")
    return JSONResponse(said, status)


@contextmanager
def running_platform() -> Iterator[Platform]:
    """The platform on a port of 127.0.0.1."""
    platform = Platform()
    config = uvicorn.Config(
        _app(platform), host="127.0.0.1", port=0, log_level="critical", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    platform.base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield platform
    server.should_exit = True
    thread.join(BOUND)


def until(done: Any, bound: float = BOUND) -> None:
    """Waits for a change, no longer than `bound` seconds."""
    end = time.monotonic() + bound
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
