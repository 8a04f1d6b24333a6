"""Databases for the tests: each gets a fresh one, on SQLite and on a real PostgreSQL.

The tables are made by the migrations once a worker; a test gets a copy of that database. What a test of pages or of
LINE asks of its database is the same on both, so in the daily suite SQLite does for it (`databases`, `one_database`);
`--both-databases` runs these on PostgreSQL too.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from knowledge import store
from tests import postgres
from tests.databases import EMPTY, Databases, cloned
from tests.towns import SHARED

settings.register_profile("usual", deadline=None)  # how long an example takes hangs on the machine
settings.register_profile("long", max_examples=5_000, deadline=None)
settings.register_profile("more", max_examples=500, deadline=None)
settings.load_profile("usual")

KINDS = ["sqlite", "postgresql"]
BOTH = "--both-databases"
NO_CERTIFICATES = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that `make test-all` sets."""
    parser.addoption(BOTH, action="store_true", help="also on PostgreSQL what is else tested on SQLite alone")


def pytest_configure(config: pytest.Config) -> None:
    """What the processes of a run have from the one that starts them: a folder to share, and no certificates.

    An `httpx.Client` reads all authorities' certificates when it is made, .02 s of a core, and the tests make
    a thousand and more, all for 127.0.0.1 without TLS.
    """
    if hasattr(config, "workerinput"):
        return
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ["SSL_CERT_DIR"] = str(NO_CERTIFICATES)
    if config.getoption("numprocesses", None):
        folder = TemporaryDirectory(prefix="annai-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ[SHARED] = folder.name


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which kinds of database a test runs on, unless it names one itself."""
    both = metafunc.config.getoption(BOTH)
    if "databases" in metafunc.fixturenames and both:
        metafunc.parametrize("databases", KINDS, indirect=True, scope="session")
    named = any("database_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "database_url" in metafunc.fixturenames and not named:
        one = metafunc.definition.get_closest_marker("one_database") and not both
        metafunc.parametrize("database_url", KINDS[:1] if one else KINDS, indirect=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for the session."""
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> Iterator[Databases]:
    """PostgreSQL's databases, whose tables are cloned."""
    with cloned(postgres_server, EMPTY) as address:
        yield _migrated(address)


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite's files, whose tables are copied."""
    return _migrated(f"sqlite:///{tmp_path_factory.mktemp('tables')}/annai.db")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases of whichever kind the tests run on."""
    return _databases(request, getattr(request, "param", "sqlite"))


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind: with all tables for a test that takes `engine`, else an empty one."""
    databases = _databases(request, request.param)
    with_tables = "engine" in request.fixturenames
    made = databases.copied(databases.tables, tmp_path) if with_tables else databases.empty(tmp_path)
    with made as address:
        yield address


@pytest.fixture
def empty_engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    with store.opened(database_url) as engine:
        yield engine


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine on a database with all tables."""
    return empty_engine


@pytest.fixture
def empty_address(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, where its kind does not matter."""
    with databases.empty(tmp_path) as address:
        yield address


@pytest.fixture
def any_engine(databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database with all tables, where its kind does not matter."""
    with databases.engine(tmp_path) as engine:
        yield engine


def _databases(request: pytest.FixtureRequest, kind: str) -> Databases:
    found: Databases = request.getfixturevalue("sqlite_tables" if kind == "sqlite" else "postgres_tables")
    return found


def _migrated(address: str) -> Databases:
    with store.opened(address, migrated=True):
        return Databases(address)
