"""The towns that this process answers for: kept fresh by a thread, swapped in when a town's revision moves."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from sqlalchemy import Engine

from bot.backlog import Backlog
from bot.examining import keep_score
from bot.metrics import INDEX_CHECKED
from bot.outages import Outages
from bot.published import read_towns
from bot.town import TownKnowledge
from knowledge import preparations, publications, retention, revisions, store
from knowledge.days import today

PURGE_SECONDS = 3600.0
AGAIN_SECONDS = 60.0  # after a purge that failed
POLL_SECONDS = 0.2  # 1.5 ms of work each; the rest of the two seconds until a publication is answered is the index's


class Registry:
    """The towns by id, kept fresh by a thread; readers take `towns` once and hold a consistent view."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.towns: Mapping[str, TownKnowledge] = MappingProxyType({})
        self._day: date | None = None
        self._reading = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._kept: dict[str, tuple[int, date | None]] = {}
        self._purge_at = 0.0
        self._outages = Outages("store not followed")
        self.backlog = Backlog()

    def refresh(self) -> None:
        """Swaps in the towns whose revision moved; all of them when a new day begins, for valid-from and -until.

        Who comes while another thread reads them waits for it: the same index is not built twice.
        """
        with self._reading:
            on = today()
            known = self.towns if on == self._day else {}
            if not known or self._revisions() != {key: town.revision for key, town in known.items()}:
                self.towns = MappingProxyType(read_towns(self.engine, known, on))
                self._day = on
        INDEX_CHECKED.set_to_current_time()

    def _revisions(self) -> dict[str, int]:
        with store.reading(self.engine) as session:
            return revisions.town_revisions(session)

    def start(self) -> None:
        """Loads the towns and watches the store from then on."""
        self.refresh()
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, name="registry", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the watching; what could not be stored until now gets a last try."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._attempt(self._write_backlog)
        self.backlog.drop()

    def _purge(self) -> None:
        """Erases what is older than the towns' retention; other processes may do the same."""
        self._purge_at = time.monotonic() + AGAIN_SECONDS
        retention.purge(self.engine, datetime.now(UTC))
        self._purge_at = time.monotonic() + PURGE_SECONDS

    @property
    def has_read(self) -> bool:
        """Whether the towns were read since the process began."""
        return self._day is not None

    def is_ready(self) -> bool:
        """Whether there is a town to answer for."""
        return bool(self.towns)

    def _write_backlog(self) -> None:
        self.backlog.write(self.engine)

    def _publish(self) -> None:
        """Publishes what is due, answers from it, and keeps the score of what changed."""
        published = publications.publish_due(self.engine, datetime.now(UTC))
        self.refresh()
        for town in published & self.towns.keys():
            keep_score(self.engine, self.towns[town], datetime.now(UTC))

    def _keep_readings(self) -> None:
        """Keeps what was read of one town for the next start; the others come at the next looks, so that none waits."""
        for key, town in self.towns.items():
            which = town.revision, self._day
            if self._kept.get(key) != which:
                self._kept[key] = which  # not tried again if it fails: the next start only takes longer
                preparations.keep(self.engine, key, town.library.prepared)
                return

    def _watch(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            self._attempt(self._write_backlog)
            self._attempt(self._publish)
            self._attempt(self._keep_readings)
            if time.monotonic() >= self._purge_at:
                self._attempt(self._purge)

    def _attempt(self, step: Callable[[], None]) -> None:
        """One step of the watch, so that none that fails keeps the others from their work, or ends the watch."""
        name = step.__name__.strip("_")
        try:
            step()
        except Exception as error:  # whatever it is, the last good index stays in use and the next look tries again
            self._outages.failed(name, error)
        else:
            self._outages.passed(name)
