"""`make measure`: how soon fifty webhooks at once are acknowledged, on SQLite and on PostgreSQL; asserts nothing."""

import json
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from knowledge import loading, store
from tests import postgres
from tests.bot.server import write_sample
from tests.line_platform.events import Writer
from tests.line_platform.platform import Platform, running_platform, signed, until
from tests.line_platform.process import QUESTIONS, Served

AT_ONCE = 50
ROUNDS = 10
PAUSE = 2.0  # seconds between two bursts; the answers of the one before go on meanwhile


def main() -> None:
    """Prints the figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="annai-line-") as folder:
        figures = {"sqlite": measure(f"sqlite:///{folder}/annai.db", Path(folder))}
        with postgres.server() as address:
            figures["postgresql"] = measure(address, Path(folder))
    print(json.dumps(figures, indent=1))  # noqa: T201  that is what it is for


def measure(database_url: str, folder: Path) -> dict[str, Any]:
    """Milliseconds until the acknowledgement, and seconds until the last answer was seen."""
    engine = store.open_engine(database_url)
    store.migrate(engine)
    loading.load_all(engine, write_sample(folder / "towns"))
    with running_platform() as platform:
        served = Served(database_url, platform).start()
        _burst(served, platform, 1)  # LINE's SDK is imported once the port answers
        begun = time.monotonic()
        bursts = [_burst(served, platform) for _ in range(ROUNDS)]
        until(lambda: sum(map(len, platform.seen.values())) == AT_ONCE * ROUNDS + 1, 300)
        finished = time.monotonic() - begun
        served.stop()
    engine.dispose()
    milliseconds = sorted(seconds * 1000 for burst in bursts for seconds in burst)
    return {
        "webhooks": len(milliseconds),
        "at_once": AT_ONCE,
        "acknowledged_median_ms": round(milliseconds[len(milliseconds) // 2], 1),
        "acknowledged_p99_ms": round(milliseconds[int(len(milliseconds) * 0.99)], 1),
        "slowest_of_each_burst_ms": [round(max(burst) * 1000) for burst in bursts],
        "all_answered_s": round(finished, 1),
    }


def _burst(served: Served, platform: Platform, at_once: int = AT_ONCE) -> list[float]:
    """Webhooks at the same moment, each over a connection that is open already; the seconds each took."""
    connections = [HTTPConnection("127.0.0.1", served.port, timeout=60) for _ in range(at_once)]
    bodies = [platform.body([Writer().text(QUESTIONS[n % len(QUESTIONS)])]) for n in range(at_once)]
    for connection in connections:
        connection.connect()
    taken: list[float] = []
    together = threading.Barrier(at_once)

    def one(connection: HTTPConnection, body: bytes) -> None:
        headers = signed(body)
        together.wait()
        begun = time.perf_counter()
        connection.request("POST", "/line/sample/webhook", body, headers)
        response = connection.getresponse()
        response.read()
        taken.append(time.perf_counter() - begun)
        assert response.status == 200
        connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in zip(connections, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(PAUSE)
    return taken


if __name__ == "__main__":
    main()
