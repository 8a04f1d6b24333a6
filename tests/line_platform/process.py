"""A real server process that can be killed, and LINE's way of delivering to it: again, until it is acknowledged."""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.bot.server import KEY
from tests.line_platform.events import Event, Writer, again
from tests.line_platform.platform import ACCESS_TOKEN, SECRET, Platform, signed, until

QUESTIONS = ("スマホ教室はありますか", "RPAって何ですか", "担当は？", "計画はいつまでですか", "090-0000-1234です")
START_BOUND = 90.0
RETRY_SECONDS = 0.3


class Served:
    """`annai serve public` on a port of 127.0.0.1."""

    def __init__(self, database_url: str, platform: Platform) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "ANNAI_DATABASE_URL": database_url,
            "ANNAI_PUBLIC_PORT": str(self.port),
            "ANNAI_SECRET_KEY": KEY,
            "ANNAI_LINE_API_BASE": platform.base,
            "ANNAI_LINE_SAMPLE_CHANNEL_SECRET": SECRET,
            "ANNAI_LINE_SAMPLE_CHANNEL_ACCESS_TOKEN": ACCESS_TOKEN,
        }
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = Path(tempfile.mkstemp(prefix="annai-log-")[1])  # a pipe that nobody empties would stop it
        self.process = self._begin()

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "admin.cli", "serve", "public"]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    @property
    def logged(self) -> str:
        """All that it has logged."""
        return self.log.read_text(encoding="utf-8")

    def start(self) -> "Served":
        """Waits until it answers."""
        until(self._answers, START_BOUND)
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.logged
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM; its log goes with it."""
        self._end(signal.SIGTERM)
        self.log.unlink()

    def _end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.wait(60)

    def restart(self) -> None:
        """Begins anew on the same port."""
        self.process = self._begin()
        self.start()


@dataclass
class Delivery:
    """One webhook's events: when it was first sent and, once acknowledged, when that was."""

    events: list[Event]
    begun: float = 0.0
    acknowledged: float = 0.0
    seconds: list[float] = field(default_factory=list)


def burst(events: int, users: int, seed: int) -> list[Delivery]:
    """Deliveries of one to four events: several users mixed, disordered, one in ten delivered twice."""
    chance = random.Random(seed)  # noqa: S311  a seeded test
    writers = [Writer() for _ in range(users)]
    made = [chance.choice(writers).text(chance.choice(QUESTIONS)) for _ in range(events)]
    for event in made:  # the platform's clock: a millisecond after the other
        event["timestamp"] = int(time.time() * 1000) - 60 + made.index(event) * 60 // len(made)
    for at in range(0, len(made) - 8, 8):
        window = made[at : at + 8]
        chance.shuffle(window)
        made[at : at + 8] = window
    deliveries = []
    while made:
        size = chance.randint(1, 4)
        taken, made = made[:size], made[size:]
        deliveries.append(Delivery(taken))
        if chance.random() < 0.1:
            deliveries.append(Delivery([again(event) for event in taken]))
    return deliveries


def deliver_all(
    deliveries: Iterable[Delivery], platform: Platform, addresses: list[str], *, senders: int = 8, pause: float = 0.0
) -> None:
    """Delivers from several connections at once, each delivery again and again until it is acknowledged."""
    waiting = iter(list(deliveries))
    lock = threading.Lock()

    def work(number: int) -> None:
        with httpx.Client(timeout=30) as client:
            while True:
                with lock:
                    delivery = next(waiting, None)
                if delivery is None:
                    return
                _deliver(client, delivery, platform, addresses, number)
                time.sleep(pause)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _deliver(client: httpx.Client, delivery: Delivery, platform: Platform, addresses: list[str], number: int) -> None:
    delivery.begun = time.monotonic()
    events = delivery.events
    for attempt in range(1_000):
        body = platform.body(events)
        begun = time.monotonic()
        try:
            address = addresses[(number + attempt) % len(addresses)]
            response = client.post(f"{address}/line/sample/webhook", content=body, headers=signed(body))
            if response.status_code == 200:
                delivery.acknowledged = time.monotonic()
                delivery.seconds.append(delivery.acknowledged - begun)
                return
        except httpx.HTTPError:
            pass
        events = [again(event) for event in events]
        time.sleep(RETRY_SECONDS)


def out_of_order(deliveries: list[Delivery], platform: Platform) -> list[tuple[str, str]]:
    """Pairs of a user's events that were seen in the wrong order.

    The earlier one must be seen first if it was delivered together with the later one, or acknowledged before that
    was sent: then both waited, or the earlier one waited alone.
    """
    first: dict[str, tuple[Event, Delivery]] = {}
    for delivery in deliveries:
        for event in delivery.events:
            first.setdefault(event["webhookEventId"], (event, delivery))
    by_user: dict[str, list[tuple[Event, Delivery]]] = defaultdict(list)
    for event, delivery in first.values():
        by_user[event["source"]["userId"]].append((event, delivery))
    wrong = []
    for user, events in by_user.items():
        seen = {event: at for at, event in enumerate(platform.order(user))}
        for one, its in events:
            for other, others in events:
                a, b = one["webhookEventId"], other["webhookEventId"]
                earlier = (one["timestamp"], a) < (other["timestamp"], b)
                together = its is others or (0 < its.acknowledged < others.begun)
                if earlier and together and seen.get(a, -1) > seen.get(b, 1 << 30):
                    wrong.append((a, b))
    return wrong
