"""`annai backup` and `annai restore`: a fresh installation answers the golden questions as the one before."""

import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge import leaving, loading, store
from knowledge.bundled import TOWNS
from tests.admin.command import annai
from tests.bot.server import write_sample

GOLDEN = Path(__file__).parents[1] / "golden/okutama.jsonl"


def filled(address: str, towns: Path) -> str:
    """An installation with the towns of a folder."""
    with store.opened(address, migrated=True) as engine:
        loading.load_all(engine, towns)
    return address


def asked(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that an installation says to the golden questions of a town."""
    monkeypatch.setattr("sys.stdin", io.StringIO(GOLDEN.read_text(encoding="utf-8")))
    done = annai(address, "ask", "--jsonl")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_fresh_installation_answers_the_golden_questions_as_the_one_before(
    empty_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TOWNS / "okutama", tmp_path / "towns/okutama")
    old = filled(f"sqlite:///{tmp_path}/old.db", tmp_path / "towns")
    kept = str(tmp_path / "kept.zip")
    assert annai(old, "backup", kept).returncode == 0
    assert annai(empty_address, "restore", kept).returncode == 0
    before = asked(old, monkeypatch)
    assert before.count("\n") == 36
    assert asked(empty_address, monkeypatch) == before
    again = annai(empty_address, "restore", kept)
    assert (again.returncode, "もうデータがあります" in again.stderr) == (1, True)


def checked(address: str, tmp_path: Path) -> tuple[int, str]:
    """What the check says of a backup of an installation."""
    assert annai(address, "backup", str(tmp_path / "kept.zip")).returncode == 0
    done = annai(address, "restore", str(tmp_path / "kept.zip"), "--check")
    return done.returncode, done.stdout + done.stderr


def test_only_a_backup_that_answers_passes_the_check(tmp_path: Path) -> None:
    address = filled(f"sqlite:///{tmp_path}/annai.db", write_sample(tmp_path / "towns"))
    code, said = checked(address, tmp_path)
    assert (code, "見本町：公開中の回答項目" in said) == (0, True), said
    with store.opened(address) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE revision SET content = '{}'"))
    code, said = checked(address, tmp_path)
    assert (code, "戻しても答えられません：見本町" in said) == (1, True), said
    with store.opened(address) as engine:
        leaving.delete_town(engine, "sample")
    code, said = checked(address, tmp_path)
    assert (code, "控えに自治体がありません" in said) == (1, True), said
