"""Which process listens where: numbers of residents' questions never stand on the residents' port."""

from typing import Any

import httpx
from prometheus_client import make_asgi_app
from sqlalchemy import Engine

from admin.commands.serving import servers_of
from bot.metrics import REPLIES
from bot.settings import Settings
from tests.admin.office import Office
from tests.bot.server import KEY, serving


def ports(which: str, engine: Engine, **more: Any) -> list[tuple[str, int]]:
    given = Settings(secret_key=KEY, public_port=1, admin_port=2, public_host="0.0.0.0", **more)  # type: ignore[arg-type]  # noqa: S104
    return [(server.config.host, server.config.port) for server in servers_of(which, engine, given)]


def test_a_public_process_that_runs_apart_serves_its_own_numbers_at_the_admin_host(engine: Engine) -> None:
    assert ports("public", engine, metrics_port=3) == [("0.0.0.0", 1), ("127.0.0.1", 3)]  # noqa: S104
    assert ports("public", engine) == [("0.0.0.0", 1)]  # noqa: S104
    assert ports("admin", engine, metrics_port=3) == [("127.0.0.1", 2)]
    assert ports("", engine, metrics_port=3) == [("0.0.0.0", 1), ("127.0.0.1", 2)]  # noqa: S104


def test_the_metrics_port_serves_what_the_process_counted() -> None:
    REPLIES.labels(town="sample", kind="answer", channel="web").inc()
    with serving(make_asgi_app()) as client:
        assert 'annai_replies_total{channel="web",kind="answer",town="sample"}' in client.get("/metrics").text


def test_the_admin_port_says_what_waits_and_what_failed(office: Office) -> None:
    said = httpx.get(f"{office.address}/metrics").text
    assert "annai_store_up 1.0" in said
    assert "# TYPE annai_errors_total counter" in said
