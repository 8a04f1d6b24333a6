"""The answering worker of a process: takes events from the inbox, answers many residents at once, and ends each."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.line import answering, inbox
from bot.channels.line.answering import Desk, Over, ToSend
from bot.channels.line.deliveries import Deliveries
from bot.channels.line.following import Again, what_follows
from bot.channels.line.inbox import Claimed, Lost
from bot.channels.line.waiting import Waiting
from bot.metrics import LINE_ENDED
from bot.outages import Outages
from bot.registry import Registry
from bot.settings import Settings
from knowledge.line_models import Ended
from knowledge.mishaps import name_of

if TYPE_CHECKING:
    from bot.channels.line.sender import Result, Sender

MOST_AT_ONCE = 32  # residents whose answers are being made or sent
THREADS = 2  # that make answers; more would only slow the acknowledgements down
POLL_SECONDS = 0.5  # how soon what another process left is seen
SWEEP_SECONDS = 30.0
AWAY_SECONDS = 1.0  # between two looks at a database that is away
END_TRIES = 8
STOP_SECONDS = 10.0
T = TypeVar("T")
log = structlog.get_logger()


class Worker:
    """Answers the events of all towns that have a LINE account, until it is stopped."""

    def __init__(self, registry: Registry, settings: Settings) -> None:
        self.registry = registry
        self.settings = settings
        self.desk = Desk(registry.engine, settings.key, settings.public_url)
        self.waiting = Waiting(self._show_loading)
        self.deliveries = Deliveries()
        self._pool = ThreadPoolExecutor(THREADS, "line")
        self._senders: dict[str, Sender] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._stopping = False
        self._swept_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to work, in the running loop."""
        self._task = asyncio.create_task(self._work())

    def wake(self) -> None:
        """There is something new in the inbox."""
        self._awake.set()

    async def stop(self) -> None:
        """Finishes what is being answered; what is not finished in time is left to another process."""
        self._stopping = True
        self.wake()
        if self._task:
            await self._task
        self.waiting.close()
        if self._running:
            _, left = await asyncio.wait(self._running, timeout=STOP_SECONDS)
            for task in left:
                task.cancel()
        for sender in self._senders.values():
            await sender.close()
        self._pool.shutdown()

    async def _work(self) -> None:
        await self._open_senders()
        outages = Outages("line inbox not reached")
        while not self._stopping:
            self._awake.clear()
            try:
                taken = await self._take()
                await self._sweep()
            except Exception as error:  # the database is away, or worse: the worker goes on
                outages.failed("take", error)
                await self._rest(AWAY_SECONDS)
                continue
            outages.passed("take")
            if not taken:
                await self._rest(POLL_SECONDS)

    async def _open_senders(self) -> None:
        """Imports the SDK beside the loop, so that the port answers meanwhile."""
        module = await asyncio.to_thread(importlib.import_module, "bot.channels.line.sender")
        for town, account in self.settings.line_accounts.items():
            token = account.channel_access_token.get_secret_value()
            self._senders[town] = module.Sender(town, token, self.settings.line_api_base)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._awake.wait()

    async def _in_thread(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)

    async def _take(self) -> int:
        """Takes as many events as there is room for, and begins to answer them; their number."""
        room = MOST_AT_ONCE - len(self._running)
        towns = [town for town in self._senders if town in self.registry.towns]
        if not room or not towns:
            return 0
        taken = await self._in_thread(inbox.claim, self.desk.engine, towns, room, datetime.now(UTC))
        for claimed in taken:
            task = asyncio.create_task(self._handle(claimed))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(taken)

    async def _handle(self, claimed: Claimed) -> None:
        """One event, to its end or to the next attempt; nothing that goes wrong with it touches another."""
        try:
            await self._answer(claimed)
        except Lost:
            pass
        except SQLAlchemyError as error:  # the event is taken again when the lease ends
            log.error("line event not answered", error=name_of(error))
        except Exception as error:
            log.error("line event failed", error=name_of(error))
            with contextlib.suppress(Lost, SQLAlchemyError):
                await self._apologise(claimed)
        self.wake()

    async def _answer(self, claimed: Claimed) -> None:
        await self.deliveries.give_way()
        town = self.registry.towns[claimed.event.town_id]
        made = await self._in_thread(answering.answer, claimed, town, self.desk, datetime.now(UTC))
        match made:
            case Over(ended, reason):
                await self._end(claimed, ended, reason)
            case ToSend(token, messages, attempt):
                result = await self._senders[claimed.event.town_id].reply(token, messages)
                await self._settle(claimed, result, attempt)

    async def _apologise(self, claimed: Claimed) -> None:
        """The one rescue: a sentence instead of silence."""
        town = self.registry.towns[claimed.event.town_id]
        made = await self._in_thread(answering.apology, claimed, town, self.desk, datetime.now(UTC))
        if made.token:
            await self._senders[claimed.event.town_id].reply(made.token, made.messages)
        await self._end(claimed, Ended.FAILED, "unexpected")

    async def _settle(self, claimed: Claimed, result: "Result", attempt: int) -> None:
        match what_follows(result, attempt, claimed.event.expires_at, datetime.now(UTC)):
            case Over(ended, reason):
                await self._end(claimed, ended, reason)
            case Again(at):
                await self._in_thread(inbox.pause, self.desk.engine, claimed, at)

    async def _end(self, claimed: Claimed, ended: Ended, reason: str) -> None:
        """Ends the event; where the database is away just then, a few times."""
        event = claimed.event
        self.waiting.forget(event.town_id, event.id)
        for left in reversed(range(END_TRIES)):
            try:
                await self._in_thread(inbox.end, self.desk.engine, claimed, ended, reason, datetime.now(UTC))
                break
            except SQLAlchemyError:
                if not left:
                    raise
                await asyncio.sleep(AWAY_SECONDS)
        LINE_ENDED.labels(town=event.town_id, state=ended.value, reason=reason).inc()
        said = log.warning if ended in (Ended.REFUSED, Ended.FAILED) else log.info  # nobody was answered
        said("line event ended", town=event.town_id, kind=event.kind, state=ended.value, reason=reason)

    async def _show_loading(self, town: str, event: str, user: str) -> None:
        """Unless another process has answered meanwhile."""
        with contextlib.suppress(SQLAlchemyError):
            if not await self._in_thread(inbox.is_waiting, self.desk.engine, town, event):
                return
        if town in self._senders:
            await self._senders[town].show_loading(user)

    async def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._swept_at < SWEEP_SECONDS:
            return
        self._swept_at = now
        for town, count in (await self._in_thread(inbox.sweep, self.desk.engine, datetime.now(UTC))).items():
            LINE_ENDED.labels(town=town, state=Ended.EXPIRED.value, reason="not_in_time").inc(count)
