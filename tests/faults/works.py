"""Pieces of work on the database that a process may be killed in, and how the database is before each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from sqlalchemy import Engine

from knowledge import backup, leaving, loading, publications, publishing, revisions, store
from knowledge.entries import EntryContent
from knowledge.plans import importing
from knowledge.publications import Draft
from tests.bot.sample import ENTRIES, TOWN
from tests.knowledge.plans.sample import FOUND

TOWNS = ("other", "sample")
KEYS = ("sample/rpa", "sample/ai")
NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
Step = Callable[[Engine, Path], object]


@dataclass(frozen=True)
class Work:
    """`done` to a `prepared` database; `stations` are the states between, each as what leads there from the start."""

    prepared: Step
    done: Step
    stations: Sequence[Step] = ()


def draft(engine: Engine, key: str) -> Draft:
    """A draft of an entry that was loaded, with another text."""
    with store.writing(engine) as session:
        content = EntryContent.model_validate(revisions.latest(session, key).content)
        facet = content.facets[0].model_copy(update={"text": "新しい文です。"})
        changed = content.model_copy(update={"facets": (facet, *content.facets[1:])})
        return Draft(key, publishing.save_draft(session, key, changed, based_on=1, author="職員").number)


def _files(folder: Path, *towns: str, newer: bool = False) -> Path:
    """The files of towns that differ in their names only; newer ones say something else and lack an entry."""
    root = folder / "-".join((*towns, "newer" if newer else "files"))
    entries = yaml.safe_load(ENTRIES)
    if newer:
        entries[0]["facets"][0]["text"] = "新しい文です。"
        del entries[1]
    for town in towns:
        (root / town).mkdir(parents=True, exist_ok=True)
        for name, content in (("town", TOWN.model_dump(mode="json")), ("entries", entries)):
            words = yaml.safe_dump(content, allow_unicode=True).replace("sample", town)
            (root / town / f"{name}.yaml").write_text(words, encoding="utf-8")
    return root


def _loaded(engine: Engine, folder: Path) -> None:
    store.migrate(engine)
    loading.load_all(engine, _files(folder, *TOWNS))


def _drafted(engine: Engine, folder: Path) -> None:
    _loaded(engine, folder)
    for key in KEYS:
        draft(engine, key)


def _published(engine: Engine, _: Path) -> None:
    with store.writing(engine) as session:
        publications.publish_together(session, [Draft(key, 2) for key in KEYS], by="承認者", now=NOW)


def _imported(engine: Engine, _: Path) -> None:
    with store.writing(engine) as session:
        importing.import_plan(session, "sample", "mihon.pdf", FOUND, by="職員")


def _of_the_first_release(engine: Engine, _: Path) -> None:
    store.upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO town (id, name, reading, prefecture, office, telephone, opening_hours, web_address,"
            " privacy_contact, allowed_origins, revision, retention_days)"
            " VALUES ('sample', '見本町', 'みほんちょう', '県', '町役場', '', '', '', '', '[]', 1, 90)"
        )


def _kept(engine: Engine, folder: Path) -> None:
    """A backup beside a database that stays empty."""
    engine.connect().close()
    with store.opened(f"sqlite:///{folder}/old.db") as old:
        _drafted(old, folder)
        backup.write_backup(old, folder / "kept.zip")


WORKS = {
    "publication": Work(_drafted, _published),
    "import": Work(_loaded, _imported),
    "migration": Work(_of_the_first_release, lambda engine, _: store.migrate(engine)),
    "loading": Work(
        lambda engine, _: store.migrate(engine),
        lambda engine, folder: loading.load_all(engine, _files(folder, *TOWNS)),
        (lambda engine, folder: loading.load_all(engine, _files(folder, TOWNS[0])),),
    ),
    "loading anew": Work(
        _loaded,
        lambda engine, folder: loading.load_all(engine, _files(folder, *TOWNS, newer=True)),
        (lambda engine, folder: loading.load_all(engine, _files(folder, TOWNS[0], newer=True)),),
    ),
    "restore": Work(
        _kept,
        lambda engine, folder: backup.restore_backup(engine, folder / "kept.zip"),
        (lambda engine, _: store.migrate(engine),),
    ),
    "removal of a town": Work(_loaded, lambda engine, _: leaving.delete_town(engine, "sample")),
}
