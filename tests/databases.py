"""Databases for a test: empty or copied from one that was filled, as a file of SQLite's or on the tests' PostgreSQL."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from knowledge import store

EMPTY = "template1"  # PostgreSQL's own


@dataclass(frozen=True)
class Databases:
    """Databases of one kind; each goes away at the end of its `with`, and is the only one in its folder."""

    tables: str  # the address of one with all tables and no rows

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """The address of a database without tables."""
        if _file(self.tables):
            yield _in(folder)
            return
        with cloned(self.tables, EMPTY) as address:
            yield address

    @contextmanager
    def copied(self, original: str, folder: Path) -> Iterator[str]:
        """The address of a copy of the database at `original`, to which nobody may be connected."""
        if file := _file(original):
            shutil.copy(file, folder / "annai.db")
            yield _in(folder)
            return
        with cloned(original, str(make_url(original).database)) as address:
            yield address

    @contextmanager
    def engine(self, folder: Path) -> Iterator[Engine]:
        """An engine on a database with all tables."""
        with self.copied(self.tables, folder) as address, store.opened(address) as engine:
            yield engine


@contextmanager
def cloned(server: str, template: str) -> Iterator[str]:
    """The address of a copy of a PostgreSQL database by its name; `server` is the address of any on that server."""
    name = f"test_{uuid.uuid4().hex}"
    run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def run(server: str, command: str) -> None:
    """A command about databases, which PostgreSQL takes outside a transaction and beside them."""
    beside = make_url(server).set(database="postgres")
    maintenance = create_engine(beside, isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(command))
    maintenance.dispose()


def _file(address: str) -> str:
    """SQLite's file, or nothing."""
    url = make_url(address)
    return str(url.database) if url.get_backend_name() == "sqlite" else ""


def _in(folder: Path) -> str:
    return f"sqlite:///{folder}/annai.db"
