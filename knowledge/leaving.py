"""A town leaves an installation: all that is its own in one file, and then nothing of it stays."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, Table, select

from knowledge import backup, store
from knowledge.revisions import NotThere

# Ways in: hashes of passwords, second factors, sessions, one-time links. They are no town's property to take along.
WAYS_IN = frozenset({"staff", "staffsession", "knowndevice", "onetimelink", "recoverycode", "failedsignins"})


def belongs(table: Table, town: str) -> ColumnElement[bool] | None:
    """What tells a town's rows of a table, by a column or by what they refer to; None where no town owns it."""
    if table.name == "town":
        return table.c.id == town
    if "town_id" in table.c:
        return table.c.town_id == town
    for key in table.foreign_keys:
        parent = key.column.table
        owned = belongs(parent, town) if parent is not table else None
        if owned is not None:
            return key.parent.in_(select(key.column).where(owned))
    return None


def export_town(engine: Engine, town: str, path: Path) -> dict[str, int]:
    """All rows of a town, one file of JSON lines a table, without ways to sign in and what is made of other rows; rows
    by table. Raises NotThere.
    """
    counts: dict[str, int] = {}
    with backup.moment(engine) as connection, backup.whole_file(path) as archive:
        _must_be_there(connection, town)
        for table in backup.tables(connection):
            owned = belongs(table, town)
            if owned is None or table.name in WAYS_IN | backup.DERIVED:
                continue
            lines = list(backup.lines(connection, table, owned))
            archive.writestr(f"{table.name}.jsonl", b"".join(lines), zipfile.ZIP_DEFLATED)
            counts[table.name] = len(lines)
        told = {"town": town, "written_at": datetime.now(UTC).isoformat(), "rows": counts}
        archive.writestr("contents.json", json.dumps(told, indent=1))
    return counts


def delete_town(engine: Engine, town: str) -> dict[str, int]:
    """Deletes every row of a town, in one transaction; rows by table. Raises NotThere."""
    counts: dict[str, int] = {}
    with store.writing(engine) as session:
        connection = session.connection()
        _must_be_there(connection, town)
        for table in reversed(backup.tables(connection)):
            owned = belongs(table, town)
            if owned is not None:
                counts[table.name] = connection.execute(table.delete().where(owned)).rowcount
    return counts


def _must_be_there(connection: Connection, town: str) -> None:
    towns = next(table for table in backup.tables(connection) if table.name == "town")
    if connection.execute(select(towns.c.id).where(towns.c.id == town)).first() is None:
        raise NotThere(f"自治体「{town}」はありません。annai town list で確かめてください。")
