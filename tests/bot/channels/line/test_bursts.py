"""Bursts with duplicates and disorder, killed processes, a database that is away: nothing lost, none answered twice."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from knowledge import loading
from knowledge.line_models import LineEvent
from tests.bot.channels.line.server import ended
from tests.bot.server import write_sample
from tests.line_platform.platform import Platform, until
from tests.line_platform.process import Delivery, Served, burst, deliver_all, out_of_order

POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SOON = timedelta(seconds=10)  # before its end a token is too old to be worth trying
FAR = 120.0  # seconds that all events may take to end, killed processes and all
SENT = ("answered", "sent")
UNHEARD = ("expired", "sent_or_expired")  # LINE took the reply, but its word of that came after our patience


@pytest.fixture
def processes(
    request: pytest.FixtureRequest, engine: Engine, database_url: str, tmp_path: Path, platform: Platform
) -> Iterator[list[Served]]:
    """One process, or as many as the test asks for; they start side by side."""
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    begun = [Served(database_url, platform) for _ in range(getattr(request, "param", 1))]
    yield [each.start() for each in begun]
    for each in begun:
        each.stop()


@pytest.fixture
def served(processes: list[Served]) -> Served:
    return processes[0]


def check(deliveries: list[Delivery], platform: Platform, engine: Engine) -> Counter[tuple[str, str]]:
    """Each event was stored once, ended once, and seen once, in order; how they ended.

    On a machine so slow that a reply token's minute runs out, an event may end unanswered, and only then.
    """
    events = {event["webhookEventId"]: event for delivery in deliveries for event in delivery.events}
    rows: list[LineEvent] = ended(engine, len(events), FAR)
    assert sorted(row.id for row in rows) == sorted(events)
    late = {row.id for row in rows if row.state == "expired" and row.ended_at and row.ended_at >= row.expires_at - SOON}
    seen = {key: len(platform.answers(event)) for key, event in events.items()}
    how = Counter((row.state, row.reason) for row in rows)
    assert [key for key, times in seen.items() if times > 1] == [], how
    assert [key for key, times in seen.items() if times == 0 and key not in late] == [], how
    assert out_of_order(deliveries, platform) == []
    assert {state for state, _ in how} <= {"answered", "expired"}
    early = {row.reason for row in rows if row.state == "expired" and row.id not in late}
    assert early <= {"sent_or_expired"}, how
    return how


def killed_at(
    moments: int, seed: int, served: Served, deliveries: list[Delivery], platform: Platform, *, pause: float
) -> None:
    """Delivers while the process is killed with -9 at random moments, and started again."""
    chance = random.Random(seed)  # noqa: S311  a seeded test
    platform.delay = 0.1  # so that some replies are shown, but not yet known to be
    sending = threading.Thread(
        target=deliver_all, args=(deliveries, platform, [served.address]), kwargs={"pause": pause, "senders": 4}
    )
    sending.start()
    for _ in range(moments):
        _until_it_answers(platform, sending)
        time.sleep(chance.uniform(0.0, 3.0))
        served.kill()
        served.restart()
    sending.join()


def _until_it_answers(platform: Platform, sending: threading.Thread) -> None:
    """A process killed before it has answered anybody would only run down the tokens' minute."""
    before = sum(map(len, platform.seen.values()))
    until(lambda: sum(map(len, platform.seen.values())) > before or not sending.is_alive())


@pytest.mark.one_database
def test_a_burst_of_a_hundred_events(served: Served, platform: Platform, engine: Engine) -> None:
    deliveries = burst(100, 20, seed=1)
    deliver_all(deliveries, platform, [served.address])
    how = check(deliveries, platform, engine)
    assert set(how) <= {SENT, UNHEARD}
    assert how[SENT] > how[UNHEARD]


@pytest.mark.long
def test_a_burst_of_a_thousand_events_of_two_hundred_users(served: Served, platform: Platform, engine: Engine) -> None:
    deliveries = burst(1_000, 200, seed=2)
    deliver_all(deliveries, platform, [served.address], senders=20)
    how = check(deliveries, platform, engine)
    assert set(how) <= {SENT, UNHEARD}
    assert how[SENT] > how[UNHEARD]


@pytest.mark.one_database
def test_killed_at_two_moments_nothing_is_lost(served: Served, platform: Platform, engine: Engine) -> None:
    deliveries = burst(100, 20, seed=3)
    killed_at(2, 3, served, deliveries, platform, pause=0.3)
    check(deliveries, platform, engine)
    users = [event["source"]["userId"] for delivery in deliveries for event in delivery.events]
    assert "line event ended" in served.logged
    assert not any(user in served.logged for user in users)


@pytest.mark.long
def test_killed_at_twenty_moments_nothing_is_lost(served: Served, platform: Platform, engine: Engine) -> None:
    deliveries = burst(400, 60, seed=4)
    killed_at(20, 4, served, deliveries, platform, pause=1.0)
    check(deliveries, platform, engine)


@POSTGRESQL
@pytest.mark.parametrize("processes", [2], indirect=True)
def test_of_two_processes_one_dies_and_the_other_takes_over(
    processes: list[Served], platform: Platform, engine: Engine
) -> None:
    served, other = processes
    deliveries = burst(100, 20, seed=5)
    addresses = [served.address, other.address]
    sending = threading.Thread(target=deliver_all, args=(deliveries, platform, addresses), kwargs={"pause": 0.05})
    sending.start()
    time.sleep(0.7)
    served.kill()
    sending.join()
    check(deliveries, platform, engine)


def away_for(seconds: float, engine: Engine) -> None:
    """The database lets nobody in, and throws everybody out."""
    name = str(engine.url.database)
    out = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    maintenance = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(out, {"name": name})
        time.sleep(seconds)
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    maintenance.dispose()


@POSTGRESQL
@pytest.mark.parametrize("seconds", [3.0, pytest.param(10.0, marks=pytest.mark.long)])
def test_a_database_that_is_away_loses_nothing(
    served: Served, platform: Platform, engine: Engine, seconds: float
) -> None:
    deliveries = burst(60, 15, seed=6)
    sending = threading.Thread(target=deliver_all, args=(deliveries, platform, [served.address]), kwargs={"pause": 0.2})
    sending.start()
    time.sleep(0.5)
    away_for(seconds, engine)
    sending.join()
    check(deliveries, platform, engine)
