"""A town takes all that is its own along, and leaves nothing behind; the town beside it does not notice."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.asking import Asking, ask
from bot.published import read_towns
from knowledge import backup, leaving, loading, preparations
from knowledge.days import today
from knowledge.revisions import NotThere
from tests.bot.server import write_sample

SHARED = {"failedsignins"}  # attempts to sign in, by address: of no town


@pytest.fixture
def two_towns(engine: Engine, tmp_path: Path) -> Engine:
    root = write_sample(tmp_path / "towns")
    other = root / "other"
    other.mkdir()
    for name in ("town.yaml", "entries.yaml"):
        text = (root / "sample" / name).read_text(encoding="utf-8")
        (other / name).write_text(text.replace("sample", "other").replace("見本町", "隣町"), encoding="utf-8")
    loading.load_all(engine, root)
    towns = read_towns(engine, {}, today())
    for town in ("sample", "other"):
        preparations.keep(engine, town, towns[town].library.prepared)
        ask(Asking(visitor="v", channel="web", text="火星の天気は？"), towns[town], engine, datetime.now(UTC))
    return engine


def rows_of(engine: Engine, town: str) -> dict[str, int]:
    with engine.connect() as connection:
        found = {}
        for table in backup.tables(connection):
            owned = leaving.belongs(table, town)
            if owned is not None:
                found[table.name] = connection.execute(
                    select(func.count()).select_from(table).where(owned)
                ).scalar_one()
    return found


def test_every_table_is_known_to_be_a_towns_or_shared(engine: Engine) -> None:
    with engine.connect() as connection:
        unowned = {t.name for t in backup.tables(connection) if leaving.belongs(t, "sample") is None}
    assert unowned <= SHARED


def test_a_town_takes_its_rows_and_no_other(two_towns: Engine, tmp_path: Path) -> None:
    counts = leaving.export_town(two_towns, "sample", tmp_path / "sample.zip")
    with zipfile.ZipFile(tmp_path / "sample.zip") as archive:
        entries = [json.loads(line) for line in archive.read("entry.jsonl").splitlines()]
        names = set(archive.namelist())
    assert {entry["town_id"] for entry in entries} == {"sample"}
    assert counts["turn"] == 1 and counts["inquiry"] == 1
    assert not names & {f"{table}.jsonl" for table in leaving.WAYS_IN | backup.DERIVED}


def test_nothing_of_a_deleted_town_stays_and_the_other_is_whole(two_towns: Engine) -> None:
    before = rows_of(two_towns, "other")
    leaving.delete_town(two_towns, "sample")
    assert sum(rows_of(two_towns, "sample").values()) == 0
    assert rows_of(two_towns, "other") == before
    assert set(read_towns(two_towns, {}, today())) == {"other"}


def test_a_town_that_is_not_there_is_said_to_be_so(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="annai town list"):
        leaving.export_town(engine, "nowhere", tmp_path / "x.zip")
    assert not list(tmp_path.glob("x*"))
    with pytest.raises(NotThere):
        leaving.delete_town(engine, "nowhere")
