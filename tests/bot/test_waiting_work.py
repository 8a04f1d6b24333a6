"""What waits in the store is counted by town with the age of the oldest, and a store that is away is a number too."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import Engine

from bot import waiting_work
from bot.waiting_work import WaitingWork
from knowledge import loading, store
from knowledge.line_models import LineEvent
from knowledge.models import Handled, Inquiry
from tests.bot.server import write_sample
from tests.faults import breaking


@pytest.fixture
def registry(engine: Engine) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(WaitingWork(engine))
    return registry


@pytest.fixture
def database_url(database_url: str, tmp_path: Path) -> str:
    """SQLite's file in a folder that can go away."""
    away = tmp_path / "disk"
    away.mkdir()
    for file in tmp_path.glob("annai.db*"):
        file.rename(away / file.name)
    return database_url.replace(f"{tmp_path}/", f"{away}/")


def event(number: int, now: datetime, **more: object) -> LineEvent:
    times = {"sent_at": now, "received_at": now, "expires_at": now}
    return LineEvent(town_id="sample", id=f"e{number}", kind="text", **times, **more)


def test_what_is_open_is_counted_with_the_age_of_the_oldest(
    engine: Engine, registry: CollectorRegistry, tmp_path: Path
) -> None:
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    now, asked = datetime.now(UTC), {"town_id": "sample", "question": "q", "why": "unknown", "visitor": "v"}
    with store.writing(engine) as session:
        for hours, handled in ((5, Handled.OPEN), (1, Handled.OPEN), (9, Handled.IGNORED)):
            at = now - timedelta(hours=hours)
            session.add(Inquiry(**asked, day=at.date(), created_at=at, handled=handled))
        session.add(event(1, now - timedelta(minutes=2)))
        session.add(event(2, now - timedelta(minutes=9), ended_at=now))
    here = {"town": "sample"}
    assert registry.get_sample_value("annai_store_up") == 1
    assert registry.get_sample_value("annai_inbox_open", here) == 2
    assert 5 * 3600 <= (registry.get_sample_value("annai_inbox_oldest_seconds", here) or 0) < 6 * 3600
    assert registry.get_sample_value("annai_line_events_open", here) == 1
    assert 120 <= (registry.get_sample_value("annai_line_events_oldest_seconds", here) or 0) < 540


def test_a_store_that_is_away_is_said_and_the_scrape_goes_on(
    engine: Engine, registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_work, "MOST_SECONDS", 0.5)
    with breaking.away(engine):
        assert b"annai_store_up 0.0" in generate_latest(registry)
    assert b"annai_store_up 1.0" in generate_latest(registry)
