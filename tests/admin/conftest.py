"""The town office, on SQLite; what the store itself does on PostgreSQL is tested where it is written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from admin import passwords
from knowledge import store
from tests.admin.office import Office, prepare, running
from tests.browser.conftest import launched


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two towns, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("office")
    engine = store.open_engine(f"sqlite:///{folder}/annai.db")
    prepare(engine, folder / "towns")
    engine.dispose()
    return folder / "annai.db"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work, for sign-ins are many; `test_passwords` has the whole."""
    monkeypatch.setattr(passwords, "_hashes", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)))


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    """A running office with two towns."""
    shutil.copy(filled, tmp_path / "annai.db")
    engine = store.open_engine(f"sqlite:///{tmp_path}/annai.db")
    with running(engine) as office:
        yield office
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with launched() as browser:
        yield browser
