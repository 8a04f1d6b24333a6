"""kill -9 in the middle: the database stays whole, nothing half-done shows, and the next start works."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import select

from bot.published import read_towns
from knowledge import loading, publications, publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Entry, Source, Town
from knowledge.publications import Draft
from tests.bot.server import write_sample
from tests.faults.killed import kill_in
from tests.knowledge.plans.made import PLAN

KEY = "sample/rpa"
OPEN = 'from knowledge import store\nengine = store.open_engine("{url}")\n'
PUBLISH = (
    OPEN
    + """
from datetime import UTC, datetime
from knowledge import publications
drafts = [publications.Draft("sample/rpa", 2), publications.Draft("sample/ai", 2)]
with store.writing(engine) as session:
    publications.publish_together(session, drafts, by="承認者", now=datetime.now(UTC))
"""
)
IMPORT = """
from admin.cli import main
sys.argv = ["annai", "plan", "{plan}", "--import", "--town", "sample"]
main()
"""
MIGRATE = OPEN + "store.migrate(engine)\n"


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Engine:
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    return engine


def is_whole(engine: Engine) -> bool:
    """What the database itself says of its files and references."""
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return True  # every statement of PostgreSQL checks them
        whole: str = connection.execute(text("PRAGMA integrity_check")).scalar_one()
        return whole == "ok" and connection.execute(text("PRAGMA foreign_key_check")).first() is None


def draft(engine: Engine, key: str) -> Draft:
    with store.writing(engine) as session:
        content = EntryContent.model_validate(revisions.latest(session, key).content)
        facet = content.facets[0].model_copy(update={"text": "新しい文です。"})
        changed = content.model_copy(update={"facets": (facet, *content.facets[1:])})
        return Draft(key, publishing.save_draft(session, key, changed, based_on=1, author="職員").number)


def published(engine: Engine) -> list[int | None]:
    with store.reading(engine) as session:
        return list(session.exec(select(Entry.published_number).where(Entry.newest_number == 2)).all())


@pytest.mark.parametrize("at", ["knowledge.publishing.publish", "knowledge.publications.publish_together"])
def test_a_publication_is_there_whole_or_not_at_all(town: Engine, database_url: str, tmp_path: Path, at: str) -> None:
    drafts = [draft(town, KEY), draft(town, "sample/ai")]
    before = read_towns(town, {}, today())["sample"].revision
    kill_in(PUBLISH.format(url=database_url), at, database_url, tmp_path)
    assert published(town) == [1, 1]
    assert read_towns(town, {}, today())["sample"].revision == before
    with store.writing(town) as session:
        publications.publish_together(session, drafts, by="承認者", now=datetime.now(UTC))
    assert published(town) == [2, 2]
    assert is_whole(town)


def test_an_import_is_there_whole_or_not_at_all(town: Engine, database_url: str, tmp_path: Path) -> None:
    with store.reading(town) as session:
        before = sorted(session.exec(select(Entry.key))), sorted(session.exec(select(Source.id)))
    kill_in(IMPORT.format(plan=PLAN), "knowledge.plans.importing.import_plan", database_url, tmp_path)
    with store.reading(town) as session:
        assert (sorted(session.exec(select(Entry.key))), sorted(session.exec(select(Source.id)))) == before
    assert is_whole(town)
    assert set(read_towns(town, {}, today())["sample"].library.entries) == {key.split("/")[1] for key in before[0]}


@pytest.fixture
def at_the_first_release(empty_engine: Engine) -> Iterator[Engine]:
    store.upgrade(empty_engine, "0001")
    with empty_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO town (id, name, reading, prefecture, office, telephone, opening_hours, web_address,"
                " privacy_contact, allowed_origins, revision, retention_days)"
                " VALUES ('sample', '見本町', 'みほんちょう', '県', '町役場', '', '', '', '', '[]', 1, 90)"
            )
        )
    yield empty_engine


def test_a_migration_is_there_whole_or_not_at_all(
    at_the_first_release: Engine, database_url: str, tmp_path: Path
) -> None:
    engine = at_the_first_release
    before = set(inspect(engine).get_table_names())
    kill_in(MIGRATE.format(url=database_url), "alembic.command.upgrade", database_url, tmp_path)
    assert set(inspect(engine).get_table_names()) == before
    store.migrate(engine)
    assert set(inspect(engine).get_table_names()) > before
    with store.reading(engine) as session:
        assert session.get_one(Town, "sample").name == "見本町"
    assert is_whole(engine)
