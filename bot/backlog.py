"""What could not be stored: turns and votes, kept in memory, bounded, and written when the store is back.

While the store fails, only the registry's watcher tries it again; residents are answered without waiting for it.
What is kept dies with its process: the bound and the counters say how much that can be.
"""

import secrets
import threading
from collections import deque
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import Engine, exc
from sqlalchemy.exc import SQLAlchemyError

from bot import conversations
from bot.conversations import Resumed, Vote
from bot.metrics import BACKLOG, KEPT, UNSTORED, WRITTEN
from bot.unstored import KeptTurn, KeptVote, write
from knowledge.mishaps import name_of

MOST_KEPT = 1_000  # turns and votes of a process: about 2 MB
# It may work later; other errors never will.
AWAY = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)
log = structlog.get_logger()


class Backlog:
    """What one process has still to write, oldest first, and whether the store can be read and written."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.readable = self.writable = True
        self._most = most
        self._kept: deque[KeptTurn | KeptVote] = deque()
        self._lock = threading.Lock()
        self._writing = threading.Lock()  # apart: who asks must not wait for a store that does not answer

    def __len__(self) -> int:
        return len(self._kept)

    def failed(self, error: SQLAlchemyError, *, reading: bool = False) -> None:
        """Notes what became of an attempt: while the store is away, nobody but the watcher tries it."""
        log.error("store not reached", error=name_of(error))
        if isinstance(error, AWAY):
            self.writable = False
            self.readable = self.readable and not reading

    def holds(self, town: str, conversation: str | None) -> bool:
        """Whether something of a conversation waits here: what follows must wait behind it."""
        return bool(conversation) and bool(self._of(town, conversation or ""))

    def resume(self, town: str, conversation: str | None, turn: int | None, stored: Resumed) -> Resumed:
        """Where a conversation stands: what waits here, on top of what the store says."""
        turns = [one for one in self._of(town, conversation or "") if isinstance(one, KeptTurn)]
        if not turns:
            return stored
        stored = replace(stored, context=turns[-1].context)
        chosen = next((one for one in turns if one.number == turn), None)
        return conversations.resumed_at(stored.context, chosen.told) if chosen else stored

    def keep(self, turn: KeptTurn, stored: Resumed) -> KeptTurn:
        """Keeps a turn, under a new conversation unless its own is known; counts it as dropped where there is no room.

        Gives the turn with its conversation and number.
        """
        with self._lock:
            before = [one for one in self._of(turn.town, turn.conversation) if isinstance(one, KeptTurn)]
            if before:
                turn = replace(turn, begun=before[-1].begun, number=before[-1].number + 1)
            elif stored.turns:
                turn = replace(turn, number=stored.turns + 1)
            else:
                turn = replace(turn, conversation=secrets.token_hex(16), begun=True)
            self._add(turn)
        return turn

    def keep_vote(self, vote: Vote, at: datetime) -> None:
        """Keeps a vote, or counts it as dropped."""
        with self._lock:
            self._add(KeptVote(vote, at))

    def forget(self, town: str, conversation: str) -> None:
        """Erases what waits of a conversation, also while it is just being written."""
        with self._writing, self._lock:
            kept = (one for one in self._kept if (one.town, one.conversation) != (town, conversation))
            self._kept = deque(kept)
            BACKLOG.set(len(self._kept))

    def write(self, engine: Engine) -> None:
        """Writes what waits, oldest first; raises SQLAlchemyError where the store is still away, and keeps the rest."""
        with self._writing:
            while self._kept:
                one = self._kept[0]
                try:
                    write(engine, one)
                    WRITTEN.inc()
                except AWAY:
                    raise
                except SQLAlchemyError as error:  # its town is gone, or the like: it would never be written
                    log.error("kept turn dropped", error=name_of(error))
                    UNSTORED.inc()
                with self._lock:
                    self._kept.popleft()
                    BACKLOG.set(len(self._kept))
        self.readable = self.writable = True

    def drop(self) -> None:
        """Counts what is left as lost: the process ends."""
        with self._writing, self._lock:
            if self._kept:
                log.error("kept turns lost", number=len(self._kept))
            UNSTORED.inc(len(self._kept))
            self._kept.clear()
            BACKLOG.set(0)

    def _of(self, town: str, conversation: str) -> list[KeptTurn | KeptVote]:
        return [one for one in tuple(self._kept) if one.conversation == conversation and one.town == town]

    def _add(self, one: KeptTurn | KeptVote) -> None:
        if len(self._kept) >= self._most:
            UNSTORED.inc()
            return
        self._kept.append(one)
        KEPT.inc()
        BACKLOG.set(len(self._kept))


def vote(backlog: Backlog, engine: Engine, given: Vote, now: datetime) -> bool:
    """Stores a vote, or keeps it while the store is away; False where there is no such turn."""
    if backlog.writable and not backlog.holds(given.town, given.conversation):
        try:
            return conversations.vote(engine, given, now)
        except AWAY as error:
            backlog.failed(error)
    backlog.keep_vote(given, now)
    return True


def erase(backlog: Backlog, engine: Engine, town: str, conversation: str) -> None:
    """Erases a conversation here and in the store; raises SQLAlchemyError where the store is away."""
    backlog.forget(town, conversation)
    conversations.erase(engine, town, conversation)
