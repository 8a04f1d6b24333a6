"""What is wrong with an installation, in plain words: settings, database, towns, ports, disk, clock."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Literal

import yaml
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.settings import Settings
from knowledge import revisions, store

Verdict = Literal["good", "look", "bad"]
WORDS = Path(__file__).parent / "data" / "doctor.yaml"
LEAST_FREE = 1_000_000_000  # bytes
CLOCK_SECONDS = 60.0
HEALTH_SECONDS = 3.0
OK = 200


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    verdict: Verdict
    sentence: str


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words


def _found(verdict: Verdict, key: str, **values: Any) -> Finding:
    return Finding(verdict, _words()[key].format(**values))


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings, the graver causes first; each check stands alone, so that one fault hides no other."""
    yield from addresses(settings)
    engine = store.open_engine(settings.database_url)
    for check in (tables, towns, clock, disk):
        yield from _guarded(check, engine)
    engine.dispose()
    yield answers(_words()["public_name"], settings.public_port, "/readyz")
    yield answers(_words()["admin_name"], settings.admin_port, "/readyz")


def _guarded(check: Callable[[Engine], Iterator[Finding]], engine: Engine) -> Iterator[Finding]:
    try:
        yield from check(engine)
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        yield _found("bad", "no_database", kind=type(cause).__name__)


def addresses(settings: Settings) -> Iterator[Finding]:
    """What residents' links and limits hang on."""
    if not settings.public_url:
        yield _found("look", "no_public_url")
    elif not settings.public_url.startswith("https://"):
        yield _found("look", "no_tls")
    else:
        yield _found("good", "public_url")
    if settings.public_host not in ("127.0.0.1", "localhost", "::1") and not settings.trusted_proxies:
        yield _found("look", "no_proxies")


def tables(engine: Engine) -> Iterator[Finding]:
    """Whether the database has this release's tables."""
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            yield _found("bad", "empty")
            return
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == newest:
        yield _found("good", "tables")
    else:
        key = "other_tables" if store.knows(found) else "newer_tables"
        yield _found("bad", key, found=found, newest=newest)


def towns(engine: Engine) -> Iterator[Finding]:
    """Whether there is something to answer from, and what staff have not entered yet."""
    today = datetime.now(UTC).date()
    with store.reading(engine) as session:
        rows = revisions.towns(session)
        if not rows:
            yield _found("bad", "no_towns")
        for town in rows:
            published = len(revisions.published_entries(session, town.id, today))
            if not published:
                yield _found("bad", "nothing_published", town=town.name)
            elif not town.telephone:
                yield _found("look", "no_telephone", town=town.name, published=published)
            else:
                yield _found("good", "town", town=town.name, published=published)


def clock(engine: Engine) -> Iterator[Finding]:
    """Whether this machine and a database of another agree on the time."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect() as connection:
        theirs: datetime = connection.execute(text("SELECT now()")).scalar_one()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    yield _found("bad", "clocks_apart", seconds=round(apart)) if apart > CLOCK_SECONDS else _found("good", "clock")


def disk(engine: Engine) -> Iterator[Finding]:
    """Whether an embedded database has room to grow."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    free = shutil.disk_usage(Path(engine.url.database).resolve().parent).free
    roomy = free >= LEAST_FREE
    yield _found("good" if roomy else "bad", "disk" if roomy else "disk_full", free=f"{free / 1e9:.1f}")


def answers(name: str, port: int, path: str) -> Finding:
    """Whether an app answers on this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, HTTPException):
        return _found("look", "silent_port", name=name, port=port)
    finally:
        connection.close()
    if status == OK:
        return _found("good", "port", name=name, port=port)
    return _found("bad", "port_not_ready", name=name, port=port, status=status)
