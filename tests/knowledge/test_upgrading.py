"""A filled database of each earlier release comes up to this one, and residents are answered as before."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData
from sqlmodel import select

from bot.asking import Asking, ask
from bot.registry import Registry
from knowledge import loading, retention, store
from knowledge.models import Turn
from tests.bot.server import write_sample
from tests.databases import Databases

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
QUESTIONS = ("RPAって何", "スマホ教室はありますか", "火星の天気は？")


def earlier() -> list[str]:
    """The revisions before the newest."""
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    return sorted(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())[:-1]


def replies(engine: Engine) -> list[str]:
    registry = Registry(engine)
    registry.refresh()
    return [
        ask(Asking(visitor="v", channel="web", text=text), registry.towns["sample"], engine, NOW)["text"]
        for text in QUESTIONS
    ]


def copy_back(new: Engine, old: Engine) -> None:
    """The rows of a database of this release into one of an earlier release, as far as that had tables and columns."""
    ours, theirs = MetaData(), MetaData()
    ours.reflect(new)
    theirs.reflect(old)
    with new.connect() as source, old.begin() as target:
        for table in theirs.sorted_tables:
            if table.name == "alembic_version" or table.name not in ours.tables:
                continue
            names = [one.name for one in table.columns if one.name in ours.tables[table.name].columns]
            rows = source.execute(sa.select(*(ours.tables[table.name].c[name] for name in names))).mappings().all()
            if rows:
                target.execute(table.insert(), [dict(row) for row in rows])


@pytest.fixture(scope="module")
def full(sqlite_tables: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """This release with knowledge, and with the conversations of `before`."""
    folder = tmp_path_factory.mktemp("full")
    with sqlite_tables.engine(folder) as engine:
        loading.load_all(engine, write_sample(folder / "towns"))
        yield engine


@pytest.fixture(scope="module")
def before(full: Engine) -> list[str]:
    """What this release replies."""
    return replies(full)


@pytest.mark.parametrize("revision", earlier())
def test_a_filled_database_comes_up_and_answers_the_same(
    full: Engine, before: list[str], empty_engine: Engine, revision: str
) -> None:
    store.upgrade(empty_engine, revision)
    copy_back(full, empty_engine)
    with store.reading(full) as session:
        kept = sorted((turn.conversation_id, turn.number, turn.question) for turn in session.exec(select(Turn)))
    store.migrate(empty_engine)
    with store.reading(empty_engine) as session:
        found = sorted((turn.conversation_id, turn.number, turn.question) for turn in session.exec(select(Turn)))
    assert found == kept
    assert replies(empty_engine) == before
    assert retention.purge(empty_engine, NOW.replace(year=2030))["turns"] == 0, "they went with their conversations"
