"""A backup holds all that the database holds, and a fresh installation answers from it as the old one did."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from bot.asking import Asking, ask
from bot.published import read_towns
from knowledge import backup, loading, preparations, publishing, revisions, store
from knowledge.accounts import OneTimeLink, Staff, StaffSession
from knowledge.days import today
from knowledge.models import Conversation, Inquiry, Preparation, Revision, Town
from tests.bot.server import write_sample

QUESTIONS = ("RPAって何", "スマホ教室の担当は？", "マイナンバーカードの普及率は？", "火星の天気は？")


@pytest.fixture
def full(engine: Engine, tmp_path: Path) -> Engine:
    """A database with a town, and with what a resident asked."""
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    for question in QUESTIONS:
        asked(engine, question)
    return engine


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    engine = store.open_engine(f"sqlite:///{tmp_path}/fresh.db")
    yield engine
    engine.dispose()


def asked(engine: Engine, question: str) -> dict[str, Any]:
    town = read_towns(engine, {}, today())["sample"]
    reply = ask(Asking(visitor="v", channel="web", text=question), town, engine, datetime.now(UTC))
    return {key: reply[key] for key in ("kind", "text", "parts", "confidence", "choices")}


def test_a_fresh_installation_answers_as_the_old_one(full: Engine, fresh: Engine, tmp_path: Path) -> None:
    before = [asked(full, question) for question in QUESTIONS]
    counts = backup.write_backup(full, tmp_path / "kept.zip")
    assert counts["town"] == 1 and counts["turn"] == 2 * len(QUESTIONS)
    assert backup.restore_backup(fresh, tmp_path / "kept.zip") == counts
    assert [asked(fresh, question) for question in QUESTIONS] == before


def test_every_row_comes_back_with_its_times_and_values(full: Engine, fresh: Engine, tmp_path: Path) -> None:
    backup.write_backup(full, tmp_path / "kept.zip")
    backup.restore_backup(fresh, tmp_path / "kept.zip")
    for table in (Town, Revision, Conversation, Inquiry):
        with store.reading(full) as old, store.reading(fresh) as new:
            rows = [[row.model_dump() for row in s.exec(select(table).order_by(*pk(table))).all()] for s in (old, new)]
        assert rows[0] == rows[1] and rows[0]


def test_no_way_in_that_has_ended_since_is_open_again(full: Engine, fresh: Engine, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with store.writing(full) as session:
        staff = Staff(
            town_id="sample", account="sample/yamada", login="yamada", name="山田", role="editor", created_at=now
        )
        session.add(staff)
        session.flush()
        session.add(StaffSession(token_hash="s", staff_id=staff.id, created_at=now, seen_at=now, ends_at=now))
        session.add(OneTimeLink(token_hash="l", staff_id=staff.id, purpose="reset", ends_at=now))
    backup.write_backup(full, tmp_path / "kept.zip")
    backup.restore_backup(fresh, tmp_path / "kept.zip")
    with store.reading(fresh) as session:
        assert [len(session.exec(select(table)).all()) for table in (Staff, StaffSession, OneTimeLink)] == [1, 0, 0]


def test_what_is_made_of_other_tables_is_neither_written_nor_believed(
    full: Engine, fresh: Engine, tmp_path: Path
) -> None:
    preparations.keep(full, "sample", read_towns(full, {}, today())["sample"].library.prepared)
    assert backup.DERIVED.isdisjoint(backup.write_backup(full, tmp_path / "kept.zip"))
    with zipfile.ZipFile(tmp_path / "kept.zip") as old, zipfile.ZipFile(tmp_path / "more.zip", "w") as new:
        manifest = json.loads(old.read(backup.MANIFEST))
        empty = {"rows": 1, "sha256": hashlib.sha256(b"{}\n").hexdigest()}
        manifest["tables"] |= dict.fromkeys(backup.DERIVED, empty)
        for one in old.infolist():
            new.writestr(one, json.dumps(manifest) if one.filename == backup.MANIFEST else old.read(one))
        for table in backup.DERIVED:
            new.writestr(f"{table}.jsonl", "{}\n")
    backup.restore_backup(fresh, tmp_path / "more.zip")
    with store.reading(fresh) as session:
        assert session.exec(select(Preparation)).all() == []


def pk(table: Any) -> list[Any]:
    return [col(getattr(table, column.name)) for column in table.__table__.primary_key]


def test_a_backup_of_sqlite_moves_to_the_database_at_hand(engine: Engine, tmp_path: Path) -> None:
    old = store.open_engine(f"sqlite:///{tmp_path}/old.db")
    store.migrate(old)
    loading.load_all(old, write_sample(tmp_path / "towns"))
    backup.write_backup(old, tmp_path / "kept.zip")
    backup.restore_backup(engine, tmp_path / "kept.zip")
    assert asked(engine, "RPAって何")["kind"] == "answer"
    with store.writing(engine) as session:
        latest = revisions.latest(session, "sample/rpa")
        content = revisions.published_entries(session, "sample", today())[0].content
        later = publishing.save_draft(session, "sample/rpa", content, based_on=latest.number, author="staff")
    assert later.id is not None  # numbers go on where they were


def test_nothing_is_restored_over_data(full: Engine, tmp_path: Path) -> None:
    backup.write_backup(full, tmp_path / "kept.zip")
    with pytest.raises(backup.NotEmpty, match="空のデータベース"):
        backup.restore_backup(full, tmp_path / "kept.zip")


def test_a_changed_byte_is_found_before_anything_is_restored(full: Engine, fresh: Engine, tmp_path: Path) -> None:
    backup.write_backup(full, tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        for one in old.infolist():
            new.writestr(one, old.read(one).replace("企画課".encode(), "企画科".encode()))
    with pytest.raises(backup.BrokenBackup, match="壊れています"):
        backup.restore_backup(fresh, tmp_path / "bad.zip")
    with fresh.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0


@pytest.mark.parametrize(("changed", "advice"), [('"revision": "9999"', "先に更新"), ('"other": ""', "別の控え")])
def test_a_backup_of_a_release_that_is_not_known_is_refused(
    full: Engine, fresh: Engine, tmp_path: Path, changed: str, advice: str
) -> None:
    backup.write_backup(full, tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as old, zipfile.ZipFile(tmp_path / "other.zip", "w") as new:
        for one in old.infolist():
            new.writestr(one, re.sub(rb'"revision": "[^"]*"', changed.encode(), old.read(one)))
    with pytest.raises(backup.BrokenBackup, match=advice):
        backup.restore_backup(fresh, tmp_path / "other.zip")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused_with_what_to_do(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(content)
    with pytest.raises(backup.BrokenBackup, match="別の控え"):
        backup.check_backup(tmp_path / "other.zip")


def test_a_backup_that_cannot_be_written_leaves_no_half_file(full: Engine, tmp_path: Path) -> None:
    with full.connect() as connection, connection.begin():
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(Exception, match="alembic_version"):
        backup.write_backup(full, tmp_path / "kept.zip")
    assert not list(tmp_path.glob("kept*"))


def test_only_its_owner_reads_a_backup(full: Engine, tmp_path: Path) -> None:
    backup.write_backup(full, tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").stat().st_mode & 0o077 == 0
