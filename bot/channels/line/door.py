"""The LINE channel of a process: opened with the app where a town has an account, closed with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from bot.channels.line.keeping import Keeper
from bot.channels.line.webhook import LineDoor
from bot.channels.line.worker import Worker
from bot.registry import Registry
from bot.settings import Settings

log = structlog.get_logger()


@asynccontextmanager
async def opened(app: FastAPI, registry: Registry, settings: Settings) -> AsyncIterator[None]:
    """Answers LINE's events while it is open; without an account there is no webhook and no worker."""
    if not settings.line_accounts:
        yield
        return
    for town in settings.line_accounts.keys() - registry.towns.keys():
        log.warning("line account of an unknown town", town=town)
    worker = Worker(registry, settings)
    keeper = Keeper(registry.engine)
    app.state.line = LineDoor(settings.line_accounts, settings.key, keeper, worker)
    worker.start()
    yield
    await worker.stop()
    keeper.close()
