"""The LINE channel of a process: opened with the app where a town has an account, closed with it."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.channels.line.webhook import LineDoor
from bot.channels.line.worker import Worker
from bot.registry import Registry
from bot.settings import Settings

STORING_THREADS = {"sqlite": 1, "postgresql": 4}  # one writer at a time on SQLite: queueing here is fairer than there


@asynccontextmanager
async def opened(app: FastAPI, registry: Registry, settings: Settings) -> AsyncIterator[None]:
    """Answers LINE's events while it is open; without an account there is no webhook and no worker."""
    if not settings.line_accounts:
        yield
        return
    worker = Worker(registry, settings)
    with ThreadPoolExecutor(STORING_THREADS[registry.engine.dialect.name], "line-webhook") as threads:
        app.state.line = LineDoor(settings.line_accounts, settings.key, registry.engine, worker, threads)
        worker.start()
        yield
        await worker.stop()
