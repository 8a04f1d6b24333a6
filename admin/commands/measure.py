"""`annai measure`: takes the times of this machine and asserts nothing."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

import typer
from sqlalchemy import Engine

from admin.commands.fixed import FIXED_PATH
from admin.commands.serving import keep_readings
from bot.asking import Asking, ask
from bot.published import read_towns
from knowledge import loading, store
from knowledge.days import today

QUESTIONS = (
    ("toin", "スマホの使い方を習えるところはありますか"),
    ("hokota", "コンビニで住民票を取るには何がいりますか"),
    ("nakanojo", "オープンデータとは何ですか"),
    ("okutama", "計画はいつまでですか"),
    ("goka", "こんびにでじゅうみんひょうとれるの"),
)
ROUNDS = 60
REQUESTS = 600
CLIENTS = 4
STARTS = 3
BOUND = 60.0


def register(app: typer.Typer) -> None:
    """Add `measure` to the command."""
    app.command("measure")(measure)


def measure() -> None:
    """返事・起動・HTTP・質問ボタン・職員の画面の時間とメモリを測ります（合否は判定しません）。"""
    with tempfile.TemporaryDirectory(prefix="annai-measure-") as folder:
        url = f"sqlite:///{folder}/annai.db"
        engine = store.open_engine(url)
        store.migrate(engine)
        loading.load_all(engine)
        keep_readings(engine)
        figures = {"reply": _replies(url), "start": _starts(url), "http": _http(url), "widget": _widget(url)}
        figures["staff"] = _staff(engine)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def _staff(engine: Engine) -> dict[str, Any]:
    from admin.commands import measure_screens, measure_staff  # noqa: PLC0415  other commands need not wait for it

    return measure_staff.staff_figures(engine) | measure_screens.screen_figures(engine, measure_staff.TOWN)


def _replies(url: str) -> dict[str, float]:
    """Milliseconds of a whole reply inside the process, stored turn included."""
    engine = store.open_engine(url)
    towns = read_towns(engine, {}, today())
    times = []
    for number in range(ROUNDS):
        for town, question in QUESTIONS:
            asking = Asking(visitor=f"{number:032d}", channel="web", text=question)
            begun = time.perf_counter()
            ask(asking, towns[town], engine, datetime.now(UTC))
            times.append((time.perf_counter() - begun) * 1000)
    times = sorted(times[len(QUESTIONS) * 5 :])
    return {"median_ms": round(median(times), 2), "p99_ms": round(times[int(len(times) * 0.99)], 2)}


@contextmanager
def _serving(url: str, *, fixed: bool = False) -> Iterator[tuple[int, int, float]]:
    """A public process on a free port: its port, its process id, the seconds until its first answer."""
    port = _free_port()
    environment = os.environ | {
        "ANNAI_DATABASE_URL": url,
        "ANNAI_PUBLIC_PORT": str(port),
        "ANNAI_SECRET_KEY": "0" * 64,
        "ANNAI_TRUSTED_PROXIES": "127.0.0.1",  # so that every request may come from a visitor of its own
    }
    begun = time.perf_counter()
    words = ["admin.commands.fixed"] if fixed else ["admin.cli", "serve", "public"]
    with subprocess.Popen([sys.executable, "-m", *words], env=environment) as process:  # noqa: S603
        try:
            _until(lambda: _post(port, "/api/v1/towns/toin/ask", {"text": QUESTIONS[0][1]})[0] == 200)  # noqa: PLR2004
            yield port, process.pid, time.perf_counter() - begun
        finally:
            process.terminate()


def _starts(url: str) -> dict[str, float]:
    """Seconds from the start of a process to its first answer, and its private memory after some questions."""
    seconds, memory = [], []
    for _ in range(STARTS):
        with _serving(url) as (port, pid, first):
            seconds.append(first)
            for town, question in QUESTIONS * 4:
                _post(port, f"/api/v1/towns/{town}/ask", {"text": question})
            memory.append(_private_megabytes(pid))
    return {"first_answer_s": round(median(seconds), 2), "rss_anon_mb": round(median(memory), 1)}


def _http(url: str) -> dict[str, float]:
    """Answers a second of `ask`, beside an endpoint that stores the same row and returns a fixed reply."""
    with _serving(url, fixed=True) as (port, _, _first):
        rates: dict[str, list[float]] = {"ask": [], "fixed": []}
        for _ in range(3):
            rates["ask"].append(_rate(port, "/api/v1/towns/toin/ask"))
            rates["fixed"].append(_rate(port, FIXED_PATH))
    asked, fixed = median(rates["ask"]), median(rates["fixed"])
    return {"ask_per_s": round(asked, 1), "fixed_per_s": round(fixed, 1), "ratio": round(asked / fixed, 2)}


def _widget(url: str) -> dict[str, Any]:
    """What a resident sees in a browser, beside the server's own time."""
    with _serving(url) as (port, _, _first):
        from admin.commands.browsing import widget_times  # noqa: PLC0415  as in _staff

        return widget_times(f"http://127.0.0.1:{port}", store.open_engine(url), QUESTIONS[0][1])


def _rate(port: int, path: str) -> float:
    local = threading.local()

    def one(number: int) -> int:
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection("127.0.0.1", port, timeout=BOUND)
        body = json.dumps({"text": QUESTIONS[number % len(QUESTIONS)][1]})
        headers = {"Content-Type": "application/json", "X-Forwarded-For": f"10.1.{number // 250}.{number % 250}"}
        local.connection.request("POST", path, body, headers)
        response = local.connection.getresponse()
        response.read()
        return int(response.status)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = list(pool.map(one, range(REQUESTS)))
    seconds = time.perf_counter() - begun
    return statuses.count(200) / seconds


def _post(port: int, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=BOUND)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()


def _until(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + BOUND
    while time.monotonic() < until:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError("the process did not answer in time")


def _free_port() -> int:
    import socket  # noqa: PLC0415  only here

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _private_megabytes(pid: int) -> float:
    """RssAnon of a process (Linux); 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = [line for line in status.read_text().splitlines() if line.startswith("RssAnon")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0
