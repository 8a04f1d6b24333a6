"""The store: an engine and sessions on SQLite or PostgreSQL, and the migrations, under a lock."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, ProgrammingError
from sqlmodel import Session

from knowledge import patience

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 5
PATIENT_SECONDS = 20  # of a clerk before a form: longer than a slow disk takes to write another's change
LOCK = 0x616E6E6169  # "annai": PostgreSQL's advisory lock of migrations and loading


class BrokenReferences(RuntimeError):
    """A migration left rows that refer to nothing; it was rolled back."""


class UnknownTables(RuntimeError):
    """The database was brought up to date by a release that this one does not know."""


class BadAddress(ValueError):
    """An address that no database can have; the sentence names no part of it, for it may be a password's."""


def address_of(url: str) -> URL:
    """The parts of a database's address. Raises BadAddress."""
    try:
        return make_url(url)
    except (ValueError, ArgumentError):
        raise BadAddress(
            "ANNAI_DATABASE_URL を読み取れません。"
            "パスワードに @ や / や : があるときは、%40 や %2F や %3A と書いてください。"
        ) from None


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; SQLite's folder is made if it is not there."""
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        return _open_postgresql(address)
    if address.database:
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _tell_apart)
    return engine


@contextmanager
def opened(url: str, *, migrated: bool = False) -> Iterator[Engine]:
    """The same, for a piece of work: its tables are brought up to date first, where asked, and no connection stays."""
    engine = open_engine(url)
    try:
        if migrated:
            migrate(engine)
        yield engine
    finally:
        engine.dispose()


def _open_postgresql(address: URL) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=BUSY_SECONDS,
        connect_args=patience.ARGUMENTS,
    )
    patience.listen(engine)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _tell_apart(context: ExceptionContext) -> ProgrammingError | None:
    """What is wrong with a statement (no such table) goes by PostgreSQL's name for it: SQLite calls it what it calls a
    database that is away.
    """
    cause = context.original_exception
    if isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode == sqlite3.SQLITE_ERROR:
        return ProgrammingError(context.statement, None, cause, hide_parameters=True)
    return None


def _begin_sqlite(connection: Connection) -> None:
    """Writers queue at BEGIN instead of failing half-way; who only reads cannot write by mistake."""
    options = connection.get_execution_options()
    writes, references = options.get("writes", True), options.get("references", True)
    seconds = PATIENT_SECONDS if options.get("patient") else BUSY_SECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout={seconds * 1000}")
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql(f"PRAGMA foreign_keys={'ON' if references else 'OFF'}")
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def patient(engine: Engine) -> Engine:
    """The same store for who waits at a form: on SQLite a writer waits for PATIENT_SECONDS, not BUSY_SECONDS."""
    return engine.execution_options(patient=True) if engine.dialect.name == "sqlite" else engine


@contextmanager
def writing(engine: Engine, within: float = 0.0) -> Iterator[Session]:
    """A session whose changes are committed at the end, or not at all.

    `within` seconds each statement must have ended on PostgreSQL, also where it waits for a lock or the server stands
    still; 0 is `patience.LONGEST_SECONDS`. On SQLite it waits for BUSY_SECONDS, where `patient` for PATIENT_SECONDS.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        _bound(session, within)
        yield session


def _bound(session: Session, within: float) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    connection = session.connection()
    patience.bound(connection.connection.driver_connection, within)
    if within:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(within * 1000)}")


@contextmanager
def writing_durably(engine: Engine) -> Iterator[Session]:
    """As `writing`, for what was promised to others: on SQLite it outlasts a power cut too, not only the process."""
    options = {"durable": True} if engine.dialect.name == "sqlite" else {}
    connected = engine.connect().execution_options(**options)
    with connected as connection, Session(connection, expire_on_commit=False) as session, session.begin():
        _bound(session, 0.0)
        yield session


@contextmanager
def reading(engine: Engine, within: float = 0.0) -> Iterator[Session]:
    """A session that only reads: on SQLite it waits for no writer; `within` as in `writing`."""
    options = {"writes": False} if engine.dialect.name == "sqlite" else {"postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, Session(connection) as session:
        _bound(session, within)
        yield session


@contextmanager
def exclusively(engine: Engine) -> Iterator[None]:
    """Only one process of an installation at a time: migrations and loading."""
    if engine.dialect.name == "sqlite":
        with _file_lock(Path(str(engine.url.database))):
            yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    with database.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def unreferenced(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite lets rows come before what they refer to; references are checked at its end."""
    with engine.connect().execution_options(references=False) as connection, connection.begin():
        yield connection
        _refuse_broken_references(connection)


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenReferences("データベースの参照が壊れたため、更新を取り消しました。控えから戻してください。")


def migrate(engine: Engine) -> None:
    """Brings the tables up to date; safe to call from several processes at once."""
    with exclusively(engine):
        upgrade(engine)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Brings the tables up to a revision of the migrations; the caller holds the lock."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # SQLite changes a table by copying and dropping it: with references on, the drop would delete its children.
    with unreferenced(engine) as connection:
        config.attributes["connection"] = connection
        if not knows(MigrationContext.configure(connection).get_current_revision()):
            raise UnknownTables(
                "データベースは、この版より新しい版のものです。新しい版のプログラムに戻すか、"
                "前の版のときの控えを、空のデータベースに annai restore で戻してください。"
            )
        command.upgrade(config, to)


def knows(revision: str | None) -> bool:
    """Whether this release has a migration, or is asked of an empty database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    return revision is None or revision in known
