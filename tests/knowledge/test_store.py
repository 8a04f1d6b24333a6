"""The tables on both databases: the models' tables, UTC times, one writer after the other."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import sleep

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, StatementError
from sqlmodel import SQLModel, select

from knowledge import accounts, store
from knowledge.models import Conversation, Revision, Source, Town
from tests.knowledge.test_bundled import town as write_town

__all__ = ["accounts"]  # its tables belong to the metadata too

WRITERS = 8
ROUNDS = 25


def town(town_id: str = "sample") -> Town:
    return Town(id=town_id, name="見本町", reading="みほんちょう", prefecture="見本県", office="町役場")


def test_the_migrations_make_the_models_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    before = inspect(engine).get_table_names()
    store.migrate(engine)
    assert inspect(engine).get_table_names() == before


STARTS = """
import sys
from pathlib import Path
from knowledge import loading, store
engine = store.open_engine(sys.argv[1])
store.migrate(engine)
loading.load_all(engine, Path(sys.argv[2]))
"""


def test_several_processes_may_start_at_once(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "towns" / "sample").mkdir(parents=True)
    write_town(tmp_path / "towns" / "sample")
    start = [sys.executable, "-c", STARTS, database_url, f"{tmp_path}/towns"]
    running = [subprocess.Popen(start, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], errors
    engine = store.open_engine(database_url)
    with store.reading(engine) as session:
        assert session.exec(select(Revision.number)).all() == [1]
        assert session.exec(select(Town.revision)).all() == [1]
    engine.dispose()


def test_times_come_back_aware_and_in_utc(engine: Engine) -> None:
    tokyo = datetime(2026, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    with store.writing(engine) as session:
        session.add(town())
        session.flush()
        session.add(Conversation(id="a" * 32, town_id="sample", channel="web", created_at=tokyo, last_at=tokyo))
    with store.reading(engine) as session:
        kept = session.exec(select(Conversation)).one()
    assert kept.created_at == datetime(2026, 4, 1, tzinfo=UTC)
    assert kept.created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2026, 4, 1)  # noqa: DTZ001  that is the fault
    with pytest.raises((StatementError, ValueError)), store.writing(engine) as session:
        session.add(town())
        session.flush()
        session.add(Conversation(id="a" * 32, town_id="sample", channel="web", created_at=naive, last_at=naive))
        session.flush()


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), store.writing(engine) as session:
        session.add(Source(id="s", town_id="nowhere", title="計画"))
        session.flush()


def test_what_fails_half_way_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), store.writing(engine) as session:
        session.add(town())
        session.flush()
        raise RuntimeError
    with store.reading(engine) as session:
        assert session.exec(select(Town)).all() == []


def test_a_burst_of_writers_queues_and_loses_nothing(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.add(town())

    def write(_: int) -> None:
        for _ in range(ROUNDS):
            with store.writing(engine) as session:
                found = session.get(Town, "sample", with_for_update=True)
                assert found is not None
                found.revision += 1

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with store.reading(engine) as session:
        assert session.exec(select(Town.revision)).one() == WRITERS * ROUNDS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL's writers hold rows, not the store
def test_who_is_patient_waits_longer_for_another_writer(
    database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0)
    with store.opened(database_url) as other, ThreadPoolExecutor(1) as pool:
        with store.writing(other) as session:
            session.connection()  # begins
            with pytest.raises(OperationalError):
                _write(engine)
            waiting = pool.submit(_write, store.patient(engine))
            sleep(0.2)
            assert not waiting.done()
        waiting.result(store.PATIENT_SECONDS)


def _write(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.add(town())


def test_who_only_reads_cannot_write(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), store.reading(engine) as session:
        session.add(town())
        session.flush()
    with store.writing(engine) as session:
        session.add(town())


def test_a_table_that_is_missing_is_no_database_that_is_away(engine: Engine) -> None:
    with pytest.raises(ProgrammingError), store.reading(engine) as session:
        session.connection().exec_driver_sql("SELECT * FROM nowhere")
