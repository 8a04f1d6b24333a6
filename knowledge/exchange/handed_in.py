"""Files of entries that staff hand in: kept while they look over what would change, a week at the most."""

from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import delete
from sqlmodel import Session, col

from knowledge.curation import EntryFile
from knowledge.revisions import NotThere

KEPT = timedelta(days=7)
LONGEST_NAME = 120


def keep_file(session: Session, town_id: str, name: str, content: bytes, *, by: str, now: datetime) -> EntryFile:
    """A file as it was handed in, under its own name without folders."""
    bare = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:]
    file = EntryFile(town_id=town_id, name=bare, content=content, by=by, created_at=now)
    session.add(file)
    session.flush()
    return file


def file_of(session: Session, town_id: str, number: int) -> EntryFile:
    """One file of this town; raises NotThere."""
    found = session.get(EntryFile, number)
    if found is None or found.town_id != town_id:
        raise NotThere("そのファイルはもうありません。もう一度、ファイルを選んでください。")
    return found


def purge_files(session: Session, now: datetime) -> int:
    """Deletes files older than a week; how many."""
    return session.exec(delete(EntryFile).where(col(EntryFile.created_at) < now - KEPT)).rowcount
