"""What is wrong with an installation, in plain words: settings, database, towns, ports, disk, clock."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from admin.findings import Finding, answers, found, words
from bot.settings import Settings
from knowledge import revisions, store

LEAST_FREE = 1_000_000_000  # bytes
CLOCK_SECONDS = 60.0


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings, the graver causes first; each check stands alone, so that one fault hides no other."""
    yield from addresses(settings)
    engine = store.open_engine(settings.database_url)
    for check in (tables, towns, clock, disk):
        yield from _guarded(check, engine)
    engine.dispose()
    yield answers(words()["public_name"], settings.public_port, "/readyz")
    yield answers(words()["admin_name"], settings.admin_port, "/readyz")


def _guarded(check: Callable[[Engine], Iterator[Finding]], engine: Engine) -> Iterator[Finding]:
    try:
        yield from check(engine)
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        yield found("bad", "no_database", kind=type(cause).__name__)


def addresses(settings: Settings) -> Iterator[Finding]:
    """What residents' links and limits hang on."""
    if not settings.public_url:
        yield found("look", "no_public_url")
    elif not settings.public_url.startswith("https://"):
        yield found("look", "no_tls")
    else:
        yield found("good", "public_url")
    if settings.public_host not in ("127.0.0.1", "localhost", "::1") and not settings.trusted_proxies:
        yield found("look", "no_proxies")


def tables(engine: Engine) -> Iterator[Finding]:
    """Whether the database has this release's tables."""
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            yield found("bad", "empty")
            return
        theirs = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if theirs == newest:
        yield found("good", "tables")
    else:
        key = "other_tables" if store.knows(theirs) else "newer_tables"
        yield found("bad", key, found=theirs, newest=newest)


def towns(engine: Engine) -> Iterator[Finding]:
    """Whether there is something to answer from, and what staff have not entered yet."""
    today = datetime.now(UTC).date()
    with store.reading(engine) as session:
        rows = revisions.towns(session)
        if not rows:
            yield found("bad", "no_towns")
        for town in rows:
            published = len(revisions.published_entries(session, town.id, today))
            if not published:
                yield found("bad", "nothing_published", town=town.name)
            elif not town.telephone:
                yield found("look", "no_telephone", town=town.name, published=published)
            else:
                yield found("good", "town", town=town.name, published=published)


def clock(engine: Engine) -> Iterator[Finding]:
    """Whether this machine and a database of another agree on the time."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect() as connection:
        theirs: datetime = connection.execute(text("SELECT now()")).scalar_one()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    yield found("bad", "clocks_apart", seconds=round(apart)) if apart > CLOCK_SECONDS else found("good", "clock")


def disk(engine: Engine) -> Iterator[Finding]:
    """Whether an embedded database has room to grow."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    free = shutil.disk_usage(Path(engine.url.database).resolve().parent).free
    roomy = free >= LEAST_FREE
    yield found("good" if roomy else "bad", "disk" if roomy else "disk_full", free=f"{free / 1e9:.1f}")
