"""The town that a plan is compared with: from the store where it is there, else from the bundled files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.settings import settings
from knowledge import loading, store
from knowledge.bundled import BundledTown, read_town, town_folders
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Town
from knowledge.revisions import published_entries


@contextmanager
def opened_store() -> Iterator[Engine]:
    """The configured database, migrated; an empty one gets the bundled towns first."""
    with store.opened(settings().database_url, migrated=True) as engine:
        with store.reading(engine) as session:
            is_empty = session.exec(select(Town.id)).first() is None
        if is_empty:
            loading.load_all(engine)
        yield engine


def name_of(town: str) -> str:
    """The town's official name; ends the command where there is no such town."""
    bundled = _bundled(town)
    if bundled is not None:
        return bundled.town.name
    with opened_store() as engine, store.reading(engine) as session:
        return _row(session, town).name


def entries_of(town: str) -> list[EntryContent]:
    """What residents are answered from, by the store; it is prepared where it is not there yet."""
    with opened_store() as engine, store.reading(engine) as session:
        _row(session, town)
        return [entry.content for entry in published_entries(session, town, today())]


def _bundled(town: str) -> BundledTown | None:
    folder = next((folder for folder in town_folders() if folder.name == town), None)
    return read_town(folder) if folder else None


def _row(session: Session, town: str) -> Town:
    found = session.get(Town, town)
    if found is None:
        known = "、".join(session.exec(select(Town.id).order_by(Town.id)))
        print(f"自治体「{town}」はありません。--town に次のどれかを入れてください：{known}", file=sys.stderr)
        raise typer.Exit(2)
    return found
