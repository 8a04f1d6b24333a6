"""What is wrong with an installation, in plain words: settings, database, towns, ports, disk, clock."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from admin.causes import cause_of
from admin.findings import Finding, answers, found, words
from bot.settings import Settings, unknown_settings
from knowledge import revisions, store

LEAST_FREE = 1_000_000_000  # bytes
CLOCK_SECONDS = 60.0


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings, the graver causes first; each check stands alone, so that one fault hides no other."""
    yield from names()
    yield from addresses(settings)
    yield from stored(settings)
    yield from disk(settings.database_url)
    yield answers(words()["public_name"], settings.public_host, settings.public_port, "/readyz")
    yield answers(words()["admin_name"], settings.admin_host, settings.admin_port, "/readyz")


def stored(settings: Settings) -> Iterator[Finding]:
    """What the database says, as far as it can be asked; one that is not there is not made."""
    file = _file(settings.database_url)
    try:
        if file and not file.exists():
            yield found("bad", "no_file", file=file)
            return
    except PermissionError:
        yield found("bad", "no_right", file=file)
        return
    engine = store.open_engine(settings.database_url)
    try:
        yield from clock(engine)
        version = list(tables(engine))
        yield from version
        if all(finding.verdict != "bad" for finding in version):
            yield from towns(engine)
            yield from accounts(engine, settings)
    except SQLAlchemyError as error:
        yield found("bad", "no_database", cause=cause_of(error))
    finally:
        engine.dispose()


def _file(url: str) -> Path | None:
    """Where an embedded database lies."""
    address = store.address_of(url)
    embedded = address.get_backend_name() == "sqlite" and address.database
    return Path(address.database or "").resolve() if embedded else None


def names() -> Iterator[Finding]:
    """Settings that nobody reads."""
    for name in unknown_settings():
        yield found("look", "unknown_setting", name=name)


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
    if (settings.public_host, settings.public_port) == (settings.admin_host, settings.admin_port):
        yield found("bad", "same_port", port=settings.public_port)


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


def accounts(engine: Engine, settings: Settings) -> Iterator[Finding]:
    """Whether each LINE account is of a town that there is."""
    with store.reading(engine) as session:
        there = {town.id for town in revisions.towns(session)}
    for town in sorted(settings.line_accounts.keys() - there):
        yield found("bad", "no_such_town", name=f"ANNAI_LINE_{town.replace('-', '_').upper()}_…", town=town)


def clock(engine: Engine) -> Iterator[Finding]:
    """Whether this machine and a database of another agree on the time."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect() as connection:
        theirs: datetime = connection.execute(text("SELECT now()")).scalar_one()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    yield found("bad", "clocks_apart", seconds=round(apart)) if apart > CLOCK_SECONDS else found("good", "clock")


def disk(url: str) -> Iterator[Finding]:
    """Whether an embedded database has room to grow."""
    file = _file(url)
    if not file:
        return
    try:
        free = shutil.disk_usage(file.parent).free
    except OSError:  # why the folder cannot be looked at is said above
        return
    roomy = free >= LEAST_FREE
    yield found("good" if roomy else "bad", "disk" if roomy else "disk_full", free=f"{free / 1e9:.1f}")
