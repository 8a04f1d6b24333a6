"""Migrations move a filled database on without losing a row, and come along in an installed package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from knowledge import loading, store
from tests.knowledge.test_loading import root, texts

ROOT = Path(__file__).parents[2]
REBUILDS = '''"""Rebuilds the towns."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "NEWEST"


def upgrade() -> None:
    with op.batch_alter_table("town") as batch:
        batch.alter_column("name", existing_type=sa.String(), type_=sa.String(200))
'''
LOSES = REBUILDS[: REBUILDS.index("    with")] + '    op.execute("DELETE FROM source")\n'  # noqa: S608


def newest() -> str:
    """The newest migration of this release."""
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migration: str) -> None:
    """A later release, with one migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(store.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(migration.replace("NEWEST", newest()), encoding="utf-8")
    monkeypatch.setattr(store, "MIGRATIONS", folder)


def test_rebuilding_a_table_keeps_what_refers_to_it(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load_all(engine, root(tmp_path))
    later(tmp_path, monkeypatch, REBUILDS)
    store.migrate(engine)
    assert len(texts(engine)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_that_breaks_references_is_undone(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load_all(engine, root(tmp_path))
    later(tmp_path, monkeypatch, LOSES)
    with pytest.raises(store.BrokenReferences, match="取り消しました"):
        store.migrate(engine)
    assert len(texts(engine)) == 1


def test_a_confirmation_of_before_is_of_what_is_published(empty_engine: Engine) -> None:
    store.upgrade(empty_engine, "0001")
    with empty_engine.begin() as connection:
        for statement in (
            "INSERT INTO town VALUES ('t', '', '', '', '', '', '', '', '', '[]', 0, 90)",
            "INSERT INTO source VALUES ('s', 't', '', '', '', '', '', '')",
            "INSERT INTO entry VALUES ('t/a', 't', 's', 'term', '', NULL, NULL, NULL, 3)",
            "INSERT INTO entry VALUES ('t/b', 't', 's', 'term', '', NULL, NULL, NULL, NULL)",
            "INSERT INTO confirmation VALUES (1, 't/a', '2026-04-01', 'x'), (2, 't/b', '2026-04-01', 'x')",
        ):
            connection.exec_driver_sql(statement)
    store.migrate(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.execute(text("SELECT entry_key, number FROM confirmation")).all() == [("t/a", 3)]


def test_an_installed_package_brings_its_migrations(tmp_path: Path) -> None:
    house, wheels, installed = tmp_path / "house", tmp_path / "wheels", tmp_path / "installed"
    shutil.copytree(ROOT / "knowledge", house / "knowledge", ignore=shutil.ignore_patterns("__pycache__", "towns"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, house / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    build = (*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", f"{wheels}", f"{house}")
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(wheels.glob("*.whl"))
    install = (*pip, "install", "--no-deps", "--no-compile", "--target", f"{installed}", f"{wheel}")
    subprocess.run(install, check=True, capture_output=True)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from knowledge import store; "
        "assert store.__file__.startswith(sys.argv[1]); e = store.open_engine(sys.argv[2]); "
        "store.migrate(e); print(e.connect().exec_driver_sql('SELECT version_num FROM alembic_version').scalar())"
    )
    command = (sys.executable, "-c", code, f"{installed}", f"sqlite:///{tmp_path}/annai.db")
    assert subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path).stdout.strip() == newest()
