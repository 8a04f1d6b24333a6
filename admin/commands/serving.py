"""`annai run` and `annai serve`: prepare the database, load the towns, serve the two apps until told to stop."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from prometheus_client import make_asgi_app
from sqlalchemy import Engine

from bot import listening
from bot.published import read_town, read_towns
from bot.registry import Registry
from bot.settings import Settings, settings
from bot.town import TownKnowledge
from knowledge import loading, preparations, revisions, store
from knowledge.bundled import TOWNS, BrokenKnowledge, town_folders
from knowledge.days import today

SWITCH_SECONDS = 0.0005  # the loop need not wait 5 ms, Python's default, for a thread that makes a reply
PORT_TAKEN = "ポート {port} を使えません。ほかのプログラムが使っていないか、番号（ANNAI_…_PORT）を確かめてください。"
LINE = "http://{host}:{port}"


class NoSuchTown(Exception):
    """No town of that id; `args` are the ids that there are."""


def register(app: typer.Typer) -> None:
    """Add `run` and `serve` to the command."""
    app.command("run")(run)
    app.command("serve")(serve)


def prepare(root: Path = TOWNS, *, reading: bool = False) -> list[str]:
    """Migrates the database, loads the towns and, with `reading`, keeps what is read of their texts; a line for each
    town, for a person.
    """
    if not town_folders(root):
        raise BrokenKnowledge(
            f"{root} に自治体のフォルダー（town.yaml のあるもの）がありません。場所を確かめてください。"
        )
    with store.opened(settings().database_url, migrated=True) as engine:
        loaded = loading.load_all(engine, root)
        if reading:
            keep_readings(engine)
    return [
        f"{one.town}：追加 {one.added}、変更 {one.changed}、取り下げ {one.withdrawn}、そのまま {one.kept}"
        for one in loaded
    ]


def keep_readings(engine: Engine) -> None:
    """Keeps what is read of the towns' texts, so that no start need read them again."""
    for town_id, town in read_towns(engine, {}, today()).items():
        preparations.keep(engine, town_id, town.library.prepared)


def open_towns() -> Mapping[str, TownKnowledge]:
    """The towns as they are published now; an empty database is prepared first."""
    with _opened() as (engine, _):
        return read_towns(engine, {}, today())


def open_town(town_id: str) -> TownKnowledge:
    """One town as it is published now, the others unread; raises NoSuchTown with the ids that there are."""
    with _opened() as (engine, ids):
        if town_id not in ids:
            raise NoSuchTown(*ids)
        return read_town(engine, town_id, today())


@contextlib.contextmanager
def _opened() -> Iterator[tuple[Engine, list[str]]]:
    """The store, filled where it was empty, and its towns' ids."""
    with store.opened(settings().database_url, migrated=True) as engine:
        with store.reading(engine) as session:
            ids = [town.id for town in revisions.towns(session)]
        yield engine, ids or [one.town for one in loading.load_all(engine)]


def run() -> None:
    """データベースを整え、五つの自治体を読み込んで、二つのアプリを動かします。"""
    for line in prepare():
        print(line)
    _announce(settings())
    announce_first_operator()
    serve()


def serve(
    which: Annotated[str, typer.Argument(help="public か admin（なければ両方）")] = "",
) -> None:
    """アプリを動かします（先に annai run か annai knowledge load を）。"""
    if which not in ("", "public", "admin"):
        print("public か admin を指定してください（なければ両方を動かします）。", file=sys.stderr)
        raise typer.Exit(2)
    given = settings()
    assert given.key  # noqa: S101  written to var/ before two apps could both want it
    with store.opened(given.database_url, migrated=True) as engine:
        asyncio.run(_serve_all(servers_of(which, engine, given)))


def servers_of(which: str, engine: Engine, given: Settings) -> list[uvicorn.Server]:
    """The servers of a process that serves `public`, `admin` or, for "", both; not yet begun."""
    registry = Registry(engine)
    servers = []
    if which in ("", "public"):
        servers.append(listening.server(_public(registry, given), given.public_host, given.public_port))
    if which == "public" and given.metrics_port:
        servers.append(listening.server(make_asgi_app(), given.admin_host, given.metrics_port))
    if which in ("", "admin"):
        shared = registry if which == "" else None
        servers.append(listening.server(_admin(engine, given, shared), given.admin_host, given.admin_port))
    return servers


def _public(registry: Registry, given: Settings) -> FastAPI:
    from bot.app import create_app  # noqa: PLC0415  only the app that is served is imported

    return create_app(registry, given)


def _admin(engine: Engine, given: Settings, shared: Registry | None) -> FastAPI:
    from admin.app import create_app  # noqa: PLC0415  only the app that is served is imported

    return create_app(engine, given, shared)


async def _serve_all(servers: list[uvicorn.Server]) -> None:
    """Serves until SIGTERM or SIGINT; then every app finishes what it was answering."""
    sys.setswitchinterval(SWITCH_SECONDS)

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    for server in servers:
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    tasks = [asyncio.create_task(_serve_one(server)) for server in servers]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop()
    if not all(await asyncio.gather(*tasks)):
        raise typer.Exit(1)


async def _serve_one(server: uvicorn.Server) -> bool:
    """Serves until it is told to stop; False where it could not begin, which is said."""
    try:
        await server.serve()
    except SystemExit:  # uvicorn has logged why
        print(PORT_TAKEN.format(port=server.config.port), file=sys.stderr)
        return False
    return True


def announce_first_operator() -> None:
    """Makes the first operator, once, where a person reads along: a log would keep the password."""
    if not sys.stdout.isatty():
        return
    from admin.commands.town import make_first_operator  # noqa: PLC0415  only a first start needs it

    make_first_operator()


def _announce(given: Settings) -> None:
    public = LINE.format(host=given.public_host, port=given.public_port)
    print(f"住民向け：{public}/t/toin（goka hokota nakanojo okutama toin）")
    print(f"職員向け：{LINE.format(host=given.admin_host, port=given.admin_port)}/")
    print("止めるには Ctrl+C を押してください。", flush=True)
