"""A small stand-in for the parts of LINE that setup and check speak to, over HTTP on 127.0.0.1."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

from PIL import Image

from bot.channels.line.limits import problems
from tests.bot.channels.line import description

TOKEN = "t" * 170
BOT = {
    "userId": "U" + "0" * 32,
    "basicId": "@toin-dx",
    "displayName": "東員町DX案内",
    "chatMode": "bot",
    "markAsReadMode": "auto",
}


@dataclass
class Platform:
    """LINE's side: its menus and settings, and what it was asked."""

    base: str = ""
    bot: dict[str, Any] = field(default_factory=lambda: dict(BOT))
    webhook: dict[str, Any] | None = None
    delivery: dict[str, Any] = field(default_factory=dict)
    menus: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    shown: str | None = None
    calls: list[str] = field(default_factory=list)
    fails: dict[str, int] = field(default_factory=dict)  # "POST /path" → the status it answers
    garbage: set[str] = field(default_factory=set)
    validated: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:  # noqa: PLR0911 - one an endpoint
        """The status and JSON of an answer."""
        match [method, *path.removeprefix("/v2/bot/").split("/")]:
            case ["GET", "info"]:
                return 200, self.bot
            case ["GET", "channel", "webhook", "endpoint"]:
                return (200, self.webhook) if self.webhook else (404, {"message": "Webhook endpoint not found"})
            case ["POST", "channel", "webhook", "test"]:
                return 200, {"timestamp": "2026-11-21T00:00:00.000Z", "detail": "", **self.delivery}
            case ["POST", "message", "validate", "reply"]:
                self.validated = json.loads(body)["messages"]
                faults = problems(self.validated)
                faults += description.faults(self.validated) if description.path() else []
                return (400, {"message": "invalid"}) if faults else (200, {})
            case ["POST", "richmenu", "validate"]:
                return 200, {}
            case ["GET", "richmenu", "list"]:
                return 200, {"richmenus": [{**menu, "richMenuId": key} for key, menu in self.menus.items()]}
            case ["POST", "richmenu"]:
                key = f"richmenu-{len(self.calls)}"
                self.menus[key] = json.loads(body)
                return 200, {"richMenuId": key}
            case ["POST", "richmenu", menu, "content"]:
                return self._picture(menu, body)
            case ["DELETE", "richmenu", menu]:
                return (200, {}) if self.menus.pop(menu, None) else (404, {"message": "Not found"})
            case ["GET", "user", "all", "richmenu"]:
                return (200, {"richMenuId": self.shown}) if self.shown else (404, {"message": "no default richmenu"})
            case ["POST", "user", "all", "richmenu", menu]:
                if menu not in self.pictures:
                    return 400, {"message": "must upload richmenu image before applying it to user"}
                self.shown = menu
                return 200, {}
        return 404, {"message": "Not found"}

    def _picture(self, menu: str, body: bytes) -> tuple[int, Any]:
        with Image.open(BytesIO(body)) as image:
            size = {"width": image.size[0], "height": image.size[1]}
        if menu in self.pictures or len(body) > 1_048_576 or size != self.menus[menu]["size"]:
            return 400, {"message": "The image cannot be used"}
        self.pictures[menu] = body
        return 200, {}


@contextmanager
def serving() -> Iterator[Platform]:
    """The platform on a port of 127.0.0.1."""
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            call = f"{self.command} {self.path}"
            platform.calls.append(call)
            status, said = 200, b"{"
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, said = 401, b'{"message":"Authentication failed"}'
            elif call in platform.fails or call not in platform.garbage:
                failure = platform.fails.get(call)
                status, value = (
                    (failure, {"message": "no"}) if failure else platform.answer(self.command, self.path, body)
                )
                said = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    platform.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
