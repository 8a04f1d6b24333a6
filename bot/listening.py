"""How a port is listened on: heads that arrive in time, no more connections than descriptors, a bounded end.

Bodies have their own deadline in `transport.py`.
"""

import asyncio
import resource
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # for a request's head, from the connection or the answer before: it is one packet
MOST_HEAD = 16_384  # bytes
STOP_SECONDS = 10  # for what is being answered when the process is told to end; systemd gives it 30
BACKLOG = 256  # connections that wait to be taken, all of them at once
SPARE_DESCRIPTORS = BACKLOG + 128  # those, the store and the index's files
FEWEST = 64  # connections, however few descriptors there are
MOST_DESCRIPTORS = 65_536


class PromptProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, for clients that come to the point: others are hung up on without a word."""

    most = 1 << 30  # connections of the process; see `server`
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client came; where there is no room for it, it is sent away."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._watch()

    def handle_events(self) -> None:
        """Something arrived, or an answer is complete."""
        super().handle_events()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        super().connection_lost(exc)
        self._forget()

    def _watch(self) -> None:
        """While a head is not complete, its time runs; a byte more does not begin it anew."""
        if self.conn.their_state is not h11.IDLE:
            self._forget()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def server(app: Any, host: str, port: int, log_level: str = "warning") -> uvicorn.Server:
    """A server of an ASGI app, not yet begun; port 0 is any free one."""
    PromptProtocol.most = max(FEWEST, _descriptors() - SPARE_DESCRIPTORS)
    # Access logs would hold addresses; forwarded headers are read by the app itself, from trusted proxies only.
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PromptProtocol,
        ws="none",
        backlog=BACKLOG,
        h11_max_incomplete_event_size=MOST_HEAD,
        timeout_graceful_shutdown=STOP_SECONDS,
        log_level=log_level,
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    return uvicorn.Server(config)


def _descriptors() -> int:
    """How many files and connections this process may have open: as many as the machine allows it, up to a bound."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)
