"""A backup: every table of a database in one file, the same on SQLite and PostgreSQL; checked, and restored whole."""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Engine, MetaData, Table, func, insert, inspect, select, text

from knowledge import store

FORMAT = 1
MANIFEST = "manifest.json"
VERSIONS = "alembic_version"
# Ways in that end by being used: what ended after the backup would be open again once it is brought back.
ENDED = frozenset({"staffsession", "onetimelink"})
DERIVED = frozenset({"preparation"})  # made from the other tables: made again, rather than believed
LEFT_OUT = ENDED | DERIVED
ROWS = 500  # read and written at once
MOST_BYTES = 8 * 2**30  # unpacked: more is no backup of ours


class BrokenBackup(Exception):
    """A file that is no whole backup; the sentence says what to do."""


class NotEmpty(Exception):
    """A database that already holds data: nothing is restored over it."""


def write_backup(engine: Engine, path: Path) -> dict[str, int]:
    """Every table but those of `LEFT_OUT` as it is at one moment, while others go on writing; rows by table."""
    with whole_file(path) as archive:
        return _write(engine, archive)


@contextmanager
def whole_file(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive that appears whole or not at all, and that only its owner may read."""
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(engine: Engine, archive: zipfile.ZipFile) -> dict[str, int]:
    written: dict[str, dict[str, Any]] = {}
    with moment(engine) as connection:
        for table in tables(connection):
            if table.name in LEFT_OUT:
                continue
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                for line in lines(connection, table):
                    file.write(line)
                    digest.update(line)
                    rows += 1
            written[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        manifest = {"format": FORMAT, "revision": _revision(connection), "tables": written}
    archive.writestr(MANIFEST, json.dumps(manifest | {"written_at": datetime.now(UTC).isoformat()}, indent=1))
    return {name: one["rows"] for name, one in written.items()}


def moment(engine: Engine) -> Connection:
    """A connection that sees one moment of the database and waits for no writer."""
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(writes=False)
    return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def tables(connection: Connection) -> list[Table]:
    """The tables as the database has them, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSIONS]


def _revision(connection: Connection) -> str:
    return str(connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar_one())  # noqa: S608


def lines(connection: Connection, table: Table, which: ColumnElement[bool] | None = None) -> Iterator[bytes]:
    """A table's rows, or those that fit, as JSON lines in the order of their keys."""
    rows = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=ROWS)
    for row in connection.execute(rows if which is None else rows.where(which)).mappings():
        kept = {column.name: _kept(row[column.name], is_json=isinstance(column.type, JSON)) for column in table.columns}
        yield json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _kept(value: Any, *, is_json: bool) -> Any:
    """A value as JSON; what JSON does not know is tagged."""
    if is_json:
        return {"json": value}
    match value:
        case datetime():
            return {"time": (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()}
        case date():
            return {"date": value.isoformat()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case _:
            return value


def _brought_back(value: Any, *, zoned: bool) -> Any:
    match value:
        case {"json": inner}:
            return inner
        case {"time": str(moment)}:
            when = datetime.fromisoformat(moment)
            return when if zoned else when.replace(tzinfo=None)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"bytes": str(coded)}:
            return base64.b64decode(coded)
        case _:
            return value


def check_backup(path: Path) -> dict[str, int]:
    """Rows by table of a whole backup; raises BrokenBackup where a byte is missing or changed."""
    with _opened(path) as archive:
        expected_tables = _manifest(archive)["tables"]
        for name, expected in expected_tables.items():
            digest, rows = hashlib.sha256(), 0
            for line in _stored(archive, name):
                digest.update(line)
                rows += 1
            if digest.hexdigest() != expected["sha256"] or rows != expected["rows"]:
                raise BrokenBackup(f"控えの中の表 {name} が壊れています。別の控えを使ってください。")
    return {name: one["rows"] for name, one in expected_tables.items()}


def restore_backup(engine: Engine, path: Path) -> dict[str, int]:
    """Brings a backup into an empty database, whole or not at all, and up to this release's tables; rows by table.

    Raises BrokenBackup, and NotEmpty where the database holds towns already.
    """
    counts = check_backup(path)
    with store.exclusively(engine), _opened(path) as archive:
        manifest = _manifest(archive)
        _refuse_full(engine)
        store.upgrade(engine, str(manifest["revision"]))
        with store.unreferenced(engine) as connection:
            for table in tables(connection):
                connection.execute(table.delete())
            for table in tables(connection):
                if table.name in counts.keys() - LEFT_OUT:
                    _fill(connection, table, archive)
        store.upgrade(engine)
    return counts


def _refuse_full(engine: Engine) -> None:
    with engine.connect() as connection:
        if inspect(connection).has_table("town") and connection.execute(text("SELECT count(*) FROM town")).scalar_one():
            raise NotEmpty(
                "データベースにはもうデータがあります。空のデータベースを ANNAI_DATABASE_URL に指定してください。"
            )


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    zoned = {column.name: bool(getattr(column.type, "timezone", False)) for column in table.columns}
    rows: list[dict[str, Any]] = []
    for line in _stored(archive, table.name):
        rows.append(
            {name: _brought_back(value, zoned=zoned.get(name, False)) for name, value in json.loads(line).items()}
        )
        if len(rows) == ROWS:
            connection.execute(insert(table), rows)
            rows.clear()
    if rows:
        connection.execute(insert(table), rows)
    _continue_numbers(connection, table)


def _continue_numbers(connection: Connection, table: Table) -> None:
    """On PostgreSQL the next number of a table is kept apart from its rows."""
    number = table.autoincrement_column
    if connection.dialect.name != "postgresql" or number is None:
        return
    highest = connection.execute(select(func.max(number))).scalar()
    if highest is not None:
        sequence = {"table": f'"{table.name}"', "column": number.name, "value": highest}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :value)"), sequence)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BrokenBackup(f"{path} がありません。控えの場所を確かめてください。") from None
    except (OSError, zipfile.BadZipFile):
        raise BrokenBackup(f"{path} は控えとして読めません。別の控えを使ってください。") from None
    if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
        archive.close()
        raise BrokenBackup(f"{path} は大きすぎます。このシステムの控えではありません。")
    return archive


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT or not store.knows(str(manifest["revision"])):
            raise BrokenBackup("新しい版で作られた控えです。このシステムを先に更新してください。")
        if not isinstance(manifest["tables"], dict):
            raise TypeError
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise BrokenBackup("控えの目録が読めません。別の控えを使ってください。") from None
    return manifest


def _stored(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(f"{name}.jsonl") as file:
            yield from file
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError):
        raise BrokenBackup(f"控えの中の表 {name} が読めません。別の控えを使ってください。") from None
