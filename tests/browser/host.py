"""A town's own website for the tests: pages of any kind, on another origin than the bot's."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>見本町</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>
<body><main><h1>見本町</h1><p id="own">町のお知らせです。</p>{body}</main></body></html>"""


@dataclass
class Host:
    """The website: what stands at each path, with its headers."""

    origin: str
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, path: str, head: str = "", body: str = "", **headers: str) -> str:
        """Puts a page up; its address."""
        self.pages[path] = (PAGE.format(head=head, body=body), {k.replace("_", "-"): v for k, v in headers.items()})
        return self.origin + path


@contextmanager
def hosting() -> Iterator[Host]:
    """A website on a free port of 127.0.0.1."""
    host = Host("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page, headers = host.pages.get(self.path, ("", {}))
            self.send_response(200 if page else 404)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
            """Nothing: the tests read what they need from the browser."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield host
    server.shutdown()
    server.server_close()
    thread.join()
