"""The town office, running over a database with two towns."""

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
from tests.databases import Databases


@pytest.fixture(scope="session")
def filled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with two towns, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("office")
    with databases.empty(folder) as address:
        with store.opened(address) as engine:
            prepare(engine, folder / "towns")
        yield address


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work, for sign-ins are many; `test_passwords` has the whole."""
    monkeypatch.setattr(passwords, "_hashes", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)))


@pytest.fixture
def with_towns(databases: Databases, filled: str, tmp_path: Path) -> Iterator[str]:
    """The address of a test's own database with two towns."""
    with databases.copied(filled, tmp_path) as address:
        yield address


@pytest.fixture
def office(with_towns: str) -> Iterator[Office]:
    """A running office with two towns."""
    with store.opened(with_towns) as engine, running(engine) as office:
        yield office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with launched() as browser:
        yield browser
