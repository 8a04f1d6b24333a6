"""kill -9 after any step: what was begun is there whole or not at all, and the next run goes on."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, MetaData, text

from knowledge import store
from tests.databases import Databases
from tests.faults.killed import Worker, worker
from tests.faults.works import WORKS, Step

pytestmark = pytest.mark.no_cover  # the same pieces of work again and again
Rows = dict[str, list[str]]


def rows(engine: Engine) -> Rows:
    """What every table holds, but for times and for numbers that the database gave."""
    with engine.connect() as connection:
        tables = [one for one in _tables(connection) if one.columns]
        found = {one.name: sorted(map(str, connection.execute(sa.select(*_told(one))))) for one in tables}
        if connection.dialect.name == "sqlite":  # every statement of PostgreSQL checks its references
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).first() is None
    return found


def _tables(connection: sa.Connection) -> Iterable[sa.Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata.sorted_tables


def _told(table: sa.Table) -> list[sa.ColumnElement[object]]:
    given = {table.autoincrement_column, *(key.parent for key in table.foreign_keys if key.column.name == "id")}
    numbers = {column for column in given if column is not None and isinstance(column.type, sa.Integer)}
    kept = [one for one in table.columns if one not in numbers and not isinstance(one.type, sa.DateTime)]
    return kept or [sa.literal(1)]


def put_to_the_test(process: Worker, name: str, address: str, folder: Path, most: int) -> None:
    """Kills the work after each of its steps, or after the first, the last and some others, `most` in all.

    The next run is tried after the last and wherever a kill left something else than the one before.
    """
    work, databases = WORKS[name], Databases(address)
    with store.opened(address) as engine:
        work.prepared(engine, folder)

    def after(*steps: Step) -> Rows:
        with databases.copied(address, _fresh(folder)) as copy, store.opened(copy) as engine:
            for step in steps:
                step(engine, folder)
            return rows(engine)

    done = after(work.done)
    allowed = [after(), *(after(station) for station in work.stations)]
    assert done not in allowed
    with databases.copied(address, _fresh(folder)) as copy:
        steps = process.steps(name, folder, copy)
    before: Rows = {}
    for step in _chosen(name, steps, most):
        with databases.copied(address, _fresh(folder)) as copy:
            process.kill(name, folder, copy, step)
            with store.opened(copy) as engine:
                found = rows(engine)
                assert found in allowed or found == done, f"half-done after step {step} of {steps}"
                if found != done and (found != before or step == steps):
                    work.done(engine, folder)
                    assert rows(engine) == done, f"the next run, after step {step} of {steps}, does not go on"
            before = found


def _fresh(folder: Path) -> Path:
    made = folder / f"copy{sum(1 for _ in folder.iterdir())}"
    made.mkdir()
    return made


def _chosen(name: str, steps: int, most: int) -> list[int]:
    """Which steps; the same each time."""
    if most >= steps:
        return list(range(1, steps + 1))
    return [1, *sorted(random.Random(name).sample(range(2, steps), most - 2)), steps]  # noqa: S311


@pytest.fixture(scope="module")
def process() -> Iterator[Worker]:
    with worker() as begun:
        yield begun


@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_is_there_whole_or_not_at_all(
    process: Worker, name: str, database_url: str, tmp_path: Path
) -> None:
    put_to_the_test(process, name, database_url, tmp_path, most=3)


@pytest.mark.long
@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_at_sixty_moments_is_there_whole_or_not_at_all(
    process: Worker, name: str, database_url: str, tmp_path: Path
) -> None:
    put_to_the_test(process, name, database_url, tmp_path, most=60)
