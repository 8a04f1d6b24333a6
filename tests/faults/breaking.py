"""Ways to take the store from a running process, for a while: the same on SQLite and PostgreSQL where both have it."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text

from knowledge import store


@contextmanager
def away(engine: Engine) -> Iterator[None]:
    """The database is not there: PostgreSQL lets nobody in and throws everybody out, SQLite's file is gone."""
    if engine.dialect.name == "sqlite":
        with _file_gone(engine):
            yield
        return
    with _altered(engine, "ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true"):
        yield


@contextmanager
def _altered(engine: Engine, during: str, after: str) -> Iterator[None]:
    """PostgreSQL's database altered for a while; it throws everybody out, so that the change counts for all.

    (A pool that is disposed of while a thread uses a connection would leave that connection open.)
    """
    name = str(engine.url.database)
    maintenance = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    out = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    with maintenance.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" {during}'))
        connection.execute(out, {"name": name})
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" {after}'))
            connection.execute(out, {"name": name})
    maintenance.dispose()


@contextmanager
def _file_gone(engine: Engine) -> Iterator[None]:
    """A folder that cannot be entered, as where a network disk was unmounted; open connections are closed first."""
    folder = Path(str(engine.url.database)).parent
    hidden = folder.with_name(f"{folder.name}-away")
    engine.dispose()
    folder.rename(hidden)
    try:
        yield
    finally:
        hidden.rename(folder)


@contextmanager
def pragma(engine: Engine, *statements: str) -> Iterator[None]:
    """SQLite with a pragma on every connection: a disk that is full, a file that may only be read."""

    def apply(connection: sqlite3.Connection, _: object) -> None:
        for statement in statements:
            connection.execute(statement)

    event.listen(engine, "connect", apply)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", apply)
        engine.dispose()


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    """Nothing can be written: PostgreSQL as a standby is, SQLite on a disk that was mounted again for reading."""
    if engine.dialect.name == "sqlite":
        with _begun_query_only(engine):
            yield
        return
    setting = "SET default_transaction_read_only"
    with _altered(engine, f"{setting} = on", f"{setting} = off"):
        yield


@contextmanager
def _begun_query_only(engine: Engine) -> Iterator[None]:
    def forbid(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")  # type: ignore[attr-defined]

    event.listen(engine, "begin", forbid)
    try:
        yield
    finally:
        event.remove(engine, "begin", forbid)


@contextmanager
def disk_full(engine: Engine) -> Iterator[None]:
    """SQLite may not grow by a page, and none of its pages is free."""
    with store.writing(engine) as session:
        session.connection().exec_driver_sql("PRAGMA incremental_vacuum")
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    with pragma(engine, f"PRAGMA max_page_count={pages}"):
        yield


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Another process writes and does not end: it holds SQLite's one writer, or the tables of PostgreSQL."""
    other = create_engine(engine.url)
    with other.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("LOCK TABLE conversation, turn, inquiry IN ACCESS EXCLUSIVE MODE")
        try:
            yield
        finally:
            with suppress(Exception):
                connection.rollback()
    other.dispose()


@contextmanager
def still(engine: Engine) -> Iterator[None]:
    """PostgreSQL is there and says nothing, as a machine that is paused: its processes are stopped."""
    with engine.connect() as connection:
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        serving = connection.exec_driver_sql("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        stopped = [int((Path(folder) / "postmaster.pid").read_text(encoding="ascii").split()[0]), *serving.scalars()]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)
