"""Processes that fall behind, knowledge that is poisoned, two who publish at once, a clock that jumps."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select
from structlog.testing import capture_logs

from bot.asking import Asking, ask
from bot.registry import Registry
from knowledge import loading, publications, publishing, retention, store
from knowledge.models import Revision, Turn
from tests.bot.server import BOUND, write_sample
from tests.faults import breaking
from tests.faults.works import KEYS, draft

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Engine:
    root = write_sample(tmp_path / "towns")
    (root / "other").mkdir()
    for name in ("town.yaml", "entries.yaml"):
        words = (root / "sample" / name).read_text(encoding="utf-8")
        (root / "other" / name).write_text(words.replace("sample", "other").replace("見本町", "隣町"), encoding="utf-8")
    loading.load_all(engine, root)
    return engine


@pytest.fixture
def registry(town: Engine) -> Iterator[Registry]:
    watching = Registry(town)
    watching.start()
    yield watching
    watching.stop()


def publish(engine: Engine, key: str) -> None:
    ready = draft(engine, key)
    with store.writing(engine) as session:
        publications.publish_together(session, [ready], by="承認者", now=datetime.now(UTC))


def says(registry: Registry, town: str) -> str:
    return registry.towns[town].library.entries["rpa"].content.facets[0].text


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.05)


def test_a_process_that_fell_behind_swaps_the_publication_in_later(
    registry: Registry, town: Engine, database_url: str
) -> None:
    elsewhere = store.open_engine(database_url)
    publish(elsewhere, KEYS[0])
    elsewhere.dispose()
    with breaking.away(town):
        assert says(registry, "sample"), "the last good index stays"
    wait_for(lambda: says(registry, "sample") == "新しい文です。")


def test_one_towns_poisoned_knowledge_stops_neither_it_nor_the_other(registry: Registry, town: Engine) -> None:
    before = says(registry, "sample")
    publish(town, KEYS[0])
    wait_for(lambda: says(registry, "sample") == "新しい文です。")
    with town.begin() as connection:
        poison = {"poison": json.dumps({"id": "rpa", "kind": "no such kind"})}
        connection.execute(text("UPDATE revision SET content = :poison WHERE entry_key = 'sample/rpa'"), poison)
        connection.execute(text("UPDATE town SET revision = revision + 1 WHERE id = 'sample'"))
    publish(town, "other/rpa")
    wait_for(lambda: says(registry, "other") == "新しい文です。")
    assert says(registry, "sample") == "新しい文です。" != before


def test_a_process_that_starts_beside_poisoned_knowledge_serves_the_other_towns(town: Engine) -> None:
    with town.begin() as connection:
        connection.execute(text("UPDATE revision SET content = '{}' WHERE entry_key = 'sample/rpa'"))
    registry = Registry(town)
    registry.refresh()
    assert set(registry.towns) == {"other"}


def test_a_figure_that_no_clock_knows_stops_the_erasing_and_nothing_else(town: Engine) -> None:
    with town.begin() as connection:
        connection.execute(text("UPDATE town SET retention_days = 2000000000 WHERE id = 'other'"))
    registry = Registry(town)
    with capture_logs() as said:
        registry.start()
        wait_for(lambda: any(line["event"] == "store not followed" for line in said))
        publish(town, KEYS[0])
        wait_for(lambda: says(registry, "sample") == "新しい文です。")
        registry.stop()
    assert [(line["step"], line["error"]) for line in said] == [("purge", "OverflowError")]


def test_two_who_publish_the_same_entry_at_once_publish_it_once(town: Engine) -> None:
    ready = draft(town, KEYS[0])

    def one(_: int) -> str:
        try:
            with store.writing(town) as session:
                publications.publish_together(session, [ready], by="承認者", now=NOW)
        except publishing.WrongState:
            return "refused"
        return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == ["published", "refused"]
    with store.reading(town) as session:
        states = session.exec(
            select(Revision.state).where(Revision.entry_key == KEYS[0]).order_by(Revision.number)
        ).all()  # type: ignore[arg-type]
        assert len(publications.published(session, KEYS[0])) == 1
    assert states[-1] == "published"


def test_a_clock_that_jumps_back_erases_nothing_and_publishes_nothing_early(town: Engine) -> None:
    registry = Registry(town)
    registry.refresh()
    ask(Asking(visitor="v", channel="web", text="RPAって何"), registry.towns["sample"], town, NOW)
    ready = draft(town, KEYS[0])
    with store.writing(town) as session:
        publications.plan(session, [ready], by="承認者", at=NOW + timedelta(hours=1), now=NOW)
    for now in (NOW - timedelta(days=3650), NOW - timedelta(hours=2), NOW):
        assert publications.publish_due(town, now) == set()
        assert retention.purge(town, now)["turns"] == 0
    ask(Asking(visitor="v", channel="web", text="RPAって何"), registry.towns["sample"], town, NOW - timedelta(hours=2))
    with store.reading(town) as session:
        assert len(session.exec(select(Turn)).all()) == 2


def test_a_clock_that_jumps_forward_publishes_what_is_due_once(town: Engine) -> None:
    ready = draft(town, KEYS[0])
    with store.writing(town) as session:
        publications.plan(session, [ready], by="承認者", at=NOW + timedelta(hours=1), now=NOW)
    assert publications.publish_due(town, NOW + timedelta(days=3)) == {"sample"}
    assert publications.publish_due(town, NOW + timedelta(minutes=1)) == set()
    assert publications.publish_due(town, NOW + timedelta(days=4)) == set()
