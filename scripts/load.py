"""Load on own public processes on 127.0.0.1: which questions a second are held at a 99th percentile under 50 ms.

Requests come at their times, whether or not the ones before were answered (so that a slow server cannot hide), each
from a visitor of its own, with the golden questions. The client
takes part of the machine too: figures are lower bounds.

    .venv/bin/python scripts/load.py --processes 2 --seconds 15
    .venv/bin/python scripts/load.py --soak 900 --rate 30        # memory over 15 minutes
"""

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from knowledge import loading, store

ROOT = Path(__file__).parents[1]
RATES = (10, 20, 30, 40, 60, 80, 120, 160, 240, 320)  # questions a second
HELD_MS = 50.0
CONNECTIONS = 64  # kept open, over all processes
START_SECONDS = 90.0
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter, int]  # with its port
MOST_SECONDS = 1_200.0  # of a soak


def questions() -> list[tuple[str, str]]:
    """Town and question of every golden dialog's first turn."""
    lines = [line for file in sorted((ROOT / "tests/golden").glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    return [(row["town"], row["turns"][0]) for row in map(json.loads, lines)]


@contextmanager
def serving(url: str) -> Iterator[tuple[int, int]]:
    """A public process: its port and its process id; it is ended at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "ANNAI_DATABASE_URL": url,
        "ANNAI_PUBLIC_PORT": str(port),
        "ANNAI_SECRET_KEY": "0" * 64,
        "ANNAI_TRUSTED_PROXIES": "127.0.0.1",  # every request is a visitor of its own, so that no rate is exceeded
    }
    command = [sys.executable, "-m", "admin.cli", "serve", "public"]
    with subprocess.Popen(command, env=os.environ | given, cwd=ROOT) as process:  # noqa: S603
        try:
            _until_it_is_ready(port)
            yield port, process.pid
        finally:
            process.terminate()


def _until_it_is_ready(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/readyz")
            if asked.getresponse().status == 200:  # noqa: PLR2004
                return
        except OSError:
            if time.monotonic() > until:
                raise
        finally:
            asked.close()
        time.sleep(0.1)


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, town: str, text: str) -> bytes:
    """Asks one thing as a visitor of its own; the status."""
    body = json.dumps({"text": text}).encode()
    visitor = ".".join(str(random.randrange(1, 255)) for _ in range(4))  # noqa: S311
    head = f"POST /api/v1/towns/{town}/ask HTTP/1.1\r\nHost: annai\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}X-Forwarded-For: {visitor}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    (length,) = [line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    await reader.readexactly(int(length.split(b":")[1]))
    return answer[9:12]


class Client:
    """Kept-open connections to some ports, each asking one thing at a time; milliseconds from when each was due."""

    def __init__(self, ports: list[int]) -> None:
        self.free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        self.ports = ports
        self.times: list[float] = []
        self.failures = 0

    async def open(self) -> None:
        """Opens the connections."""
        for number in range(CONNECTIONS):
            port = self.ports[number % len(self.ports)]
            self.free.put_nowait((*await asyncio.open_connection("127.0.0.1", port), port))

    async def ask(self, town: str, text: str, due: float) -> None:
        """One question; its time counts from when it was due."""
        reader, writer, port = await self.free.get()
        for _ in range(2):  # a connection that was idle for long has been closed by the server: once more on a new one
            try:
                status = await _post(reader, writer, town, text)
                break
            except (OSError, EOFError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                status = b""
        self.failures += status != b"200"
        self.times.append((time.perf_counter() - due) * 1000)
        self.free.put_nowait((reader, writer, port))

    async def run(self, rate: float, seconds: float) -> dict[str, float]:
        """Asks at a rate for a while; what came of it."""
        self.times, self.failures, asked = [], 0, questions()
        begun, tasks = time.perf_counter(), []
        for number in range(int(rate * seconds)):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(self.ask(*random.choice(asked), due)))  # noqa: S311
        await asyncio.gather(*tasks)
        took, times = time.perf_counter() - begun, sorted(self.times)
        return {
            "rate": rate,
            "answered_a_second": round(len(times) / took, 1),
            "median_ms": round(median(times), 1),
            "p99_ms": round(times[int(len(times) * 0.99)], 1),
            "failures": self.failures,
        }


async def rising(client: Client, seconds: float) -> list[dict[str, float]]:
    """Rate after rate until one is not held."""
    await client.open()
    await client.run(RATES[0], 3)  # warm
    steps = []
    for rate in RATES:
        steps.append(await client.run(rate, seconds))
        print(json.dumps(steps[-1]), flush=True)
        if steps[-1]["p99_ms"] > HELD_MS * 8:
            break
    return steps


async def soak(client: Client, rate: float, seconds: float, pids: list[int]) -> None:
    """One rate for long; the processes' memory twelve times on the way."""
    await client.open()
    for _ in range(12):
        figures = await client.run(rate, seconds / 12)
        print(json.dumps(figures | {"mb": [round(memory(pid)) for pid in pids]}), flush=True)


def main() -> None:
    """Prepares a database of its own (or takes the one given), starts the processes, asks, ends them."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--processes", type=int, default=1, choices=range(1, 9))
    wanted.add_argument("--seconds", type=float, default=15.0, help="of each rate")
    wanted.add_argument("--soak", type=float, default=0.0, help="seconds at one rate instead")
    wanted.add_argument("--rate", type=float, default=20.0)
    wanted.add_argument("--database", default="", help="an address of an empty database; SQLite in a temporary folder")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        url = given.database or f"sqlite:///{folder}/annai.db"
        engine = store.open_engine(url)
        store.migrate(engine)
        loading.load_all(engine)
        processes = [stack.enter_context(serving(url)) for _ in range(given.processes)]
        ports, pids = [port for port, _ in processes], [pid for _, pid in processes]
        print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
        if given.soak:
            asyncio.run(soak(Client(ports), given.rate, min(given.soak, MOST_SECONDS), pids))
            return
        held = [step["rate"] for step in asyncio.run(rising(Client(ports), given.seconds)) if step["p99_ms"] < HELD_MS]
        print(f"held under {HELD_MS:.0f} ms: {max(held, default=0)} a second; {[round(memory(p)) for p in pids]} MB")


if __name__ == "__main__":
    main()
