"""The town office, on SQLite; what the store itself does on PostgreSQL is tested where it is written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import store
from tests.admin.office import Office, prepare, running


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two towns, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("office")
    engine = store.open_engine(f"sqlite:///{folder}/annai.db")
    prepare(engine, folder / "towns")
    engine.dispose()
    return folder / "annai.db"


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    """A running office with two towns."""
    shutil.copy(filled, tmp_path / "annai.db")
    engine = store.open_engine(f"sqlite:///{tmp_path}/annai.db")
    with running(engine) as office:
        yield office
    engine.dispose()
