"""How a process opens: its port answers at once, and it is ready when the first question is as quick as the others."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from bot.channels.line import door
from bot.context import Context
from bot.hearing import hear
from bot.outages import Outages
from bot.registry import Registry
from bot.rendering import as_json
from bot.responder import respond_to
from bot.settings import Settings
from bot.town import TownKnowledge
from knowledge import garbage

PAUSE_SECONDS = 1.0  # between two attempts while the store is away
ALWAYS = ("/healthz", "/readyz")
log = structlog.get_logger()


class Readiness:
    """Whether the towns are loaded and warm."""

    def __init__(self) -> None:
        self.reached = False


@contextlib.asynccontextmanager
async def opened(app: FastAPI, registry: Registry, settings: Settings, readiness: Readiness) -> AsyncIterator[None]:
    """Loads the towns and opens LINE's door beside whoever asks already; at the end both are closed."""
    ending = asyncio.Event()
    living = asyncio.create_task(_live(app, registry, settings, readiness, ending))
    try:
        yield
    finally:
        ending.set()
        await living
        await run_in_threadpool(registry.stop)


@garbage.put_off()
def warm(towns: Iterable[TownKnowledge]) -> None:
    """Asks each town for the title of one of its entries: dictionary, patterns and templates are read then."""
    for town in towns:
        for entry in list(town.library.entries.values())[:1]:
            outcome = respond_to(hear(entry.content.title), Context(), town)
            as_json(outcome.reply, town.office, masked=outcome.masked, english=outcome.english)


async def _live(
    app: FastAPI, registry: Registry, settings: Settings, readiness: Readiness, ending: asyncio.Event
) -> None:
    if not await load(registry, ending):
        return
    async with door.opened(app, registry, settings):
        readiness.reached = True
        await ending.wait()
        readiness.reached = False


@contextlib.asynccontextmanager
async def followed(registry: Registry) -> AsyncIterator[None]:
    """Loads the towns beside whoever asks already, for an app without LINE's door; at the end they are let go."""
    ending = asyncio.Event()
    loading = asyncio.create_task(load(registry, ending))
    try:
        yield
    finally:
        ending.set()
        await loading
        await run_in_threadpool(registry.stop)


async def load(registry: Registry, ending: asyncio.Event) -> bool:
    """Loads the towns, again and again while the store is away; False where the process ended before."""
    outages = Outages("not opened")
    while not await _has_started(registry, outages):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), PAUSE_SECONDS)
        if ending.is_set():
            return False
    return True


async def _has_started(registry: Registry, outages: Outages) -> bool:
    """Whether the towns are there; what keeps them away may pass, so that it is only logged."""
    try:
        await run_in_threadpool(registry.start)
        await run_in_threadpool(warm, registry.towns.values())
    except Exception as error:
        outages.failed("start", error)
        return False
    outages.passed("start")
    if not registry.is_ready():
        log.warning("no towns", remedy="annai knowledge load, or annai town add")
    return True
