"""Reads handed-in plans behind the pages: one thread a process, which looks at the table and holds nothing itself."""

import threading

from sqlalchemy import Engine

from bot.outages import Outages
from knowledge.plans import examinations
from knowledge.plans.examinations import Stopping

POLL_SECONDS = 2.0


class Reader:
    """The thread; `nudge` spares whoever just handed in a plan the wait for the next look."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._outages = Outages("plan not read")
        self._ends = threading.Event()
        self._nudged = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to look; a daemon, because what it does may be broken off at any point."""
        self._thread = threading.Thread(target=self._watch, name="reader", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """A plan was handed in."""
        self._nudged.set()

    def stop(self) -> None:
        """Ends at the next page that is read; the plan waits for the next start."""
        self._ends.set()
        self._nudged.set()
        if self._thread:
            self._thread.join(POLL_SECONDS)

    def _watch(self) -> None:
        while not self._ends.is_set():
            self._nudged.wait(POLL_SECONDS)
            self._nudged.clear()
            try:
                while not self._ends.is_set() and examinations.read_next(self._engine, self._ends.is_set):
                    pass
            except Stopping:
                return
            except Exception as error:  # the next look tries again: a thread that ended would read no plan at all
                self._outages.failed("read", error)
            else:
                self._outages.passed("read")
