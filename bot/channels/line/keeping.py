"""Deliveries that come at the same moment are stored in one transaction: fifty cost hardly more than one."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from bot.channels.line import intake


@dataclass(frozen=True)
class _Waiting:
    rows: Sequence[Mapping[str, Any]]
    redelivered: frozenset[str]
    stored: "asyncio.Future[int]"


class Keeper:
    """Stores deliveries, all that wait at once; belongs to one running loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "line-webhook")  # of its own, so that answering never delays it
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, rows: Sequence[Mapping[str, Any]], redelivered: frozenset[str]) -> int:
        """As `intake.keep`, once it is committed: the number of new events. Raises SQLAlchemyError."""
        stored: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(rows, redelivered, stored))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._store_all())
        return await stored

    def close(self) -> None:
        """Ends the thread."""
        self._thread.shutdown()

    async def _store_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                counts: list[int | Exception] = await loop.run_in_executor(self._thread, self._store, taken)
            except Exception as error:  # told to each delivery, which answers LINE with a 5xx
                counts = [error] * len(taken)
            for each, count in zip(taken, counts, strict=True):
                if each.stored.done():  # its request was cancelled
                    continue
                if isinstance(count, Exception):
                    each.stored.set_exception(count)
                else:
                    each.stored.set_result(count)

    def _store(self, taken: list[_Waiting]) -> list[int | Exception]:
        """The number of new events of each delivery; one that the database refuses takes no other with it."""
        try:
            rows = {row["town_id"] + row["id"]: row for each in taken for row in each.rows}
            new = intake.keep(self._engine, list(rows.values()), frozenset().union(*(e.redelivered for e in taken)))
        except (DataError, IntegrityError) as error:
            return [error] if len(taken) == 1 else [count for each in taken for count in self._store([each])]
        return [len({(r["town_id"], r["id"]) for r in each.rows} & new) for each in taken]
