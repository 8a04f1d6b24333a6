"""Databases for the tests: each gets a fresh one, on SQLite and on a real PostgreSQL.

The tables are made by the migrations once a worker; a test gets a copy of that database.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from knowledge import store
from tests import postgres

settings.register_profile("usual", deadline=None)  # how long an example takes hangs on the machine
settings.register_profile("long", max_examples=5_000, deadline=None)
settings.register_profile("more", max_examples=500, deadline=None)
settings.load_profile("usual")

EMPTY = "template1"  # PostgreSQL's own


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for the session."""
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> str:
    """The name of a PostgreSQL database with all tables, to be cloned."""
    name = f"tables_{uuid.uuid4().hex}"
    _run(postgres_server, f'CREATE DATABASE "{name}"')
    _migrate(_address(postgres_server, name))
    return name


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "annai.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind: with all tables for a test that takes `engine`, else an empty one."""
    with_tables = "engine" in request.fixturenames
    if request.param == "sqlite":
        if with_tables:
            shutil.copy(request.getfixturevalue("sqlite_tables"), tmp_path / "annai.db")
        yield f"sqlite:///{tmp_path}/annai.db"
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_tables") if with_tables else EMPTY
    with _cloned(server, template) as address:
        yield address


@pytest.fixture
def empty_engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    engine = store.open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine on a database with all tables."""
    return empty_engine


@pytest.fixture
def sqlite_engine(sqlite_tables: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an SQLite database with all tables, where the kind of database does not matter."""
    shutil.copy(sqlite_tables, tmp_path / "annai.db")
    engine = store.open_engine(f"sqlite:///{tmp_path}/annai.db")
    yield engine
    engine.dispose()


def _migrate(address: str) -> None:
    engine = store.open_engine(address)
    store.migrate(engine)
    engine.dispose()


@contextmanager
def _cloned(server: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _address(server, name)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _run(server: str, command: str) -> None:
    maintenance = create_engine(server, isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(command))
    maintenance.dispose()
