"""What fails again and again is said once it begins, then once a minute: a log must not fill the disk it lies on."""

import threading
import time
from collections.abc import Callable

import structlog

from knowledge.mishaps import name_of

EVERY_SECONDS = 60.0
log = structlog.get_logger()


class Outages:
    """The work of one thread or loop that goes on after every failure; what it says names no content, only the error's
    kind.
    """

    def __init__(self, event: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._event, self._clock = event, clock
        self._lock = threading.Lock()
        self._said: dict[str, tuple[str, float, int]] = {}  # by step: the error's kind, when it was said, silent since

    def failed(self, step: str, error: Exception) -> None:
        """A step failed; said where it is new, of another kind, or a minute has passed."""
        kind, now = name_of(error), self._clock()
        with self._lock:
            before, at, silent = self._said.get(step, ("", 0.0, 0))
            if kind == before and now - at < EVERY_SECONDS:
                self._said[step] = (kind, at, silent + 1)
                return
            self._said[step] = (kind, now, 0)
        log.warning(self._event, step=step, error=kind, unsaid=silent)

    def passed(self, step: str) -> None:
        """A step went well; said where it had failed before."""
        with self._lock:
            if self._said.pop(step, None) is None:
                return
        log.info(f"{self._event}: over", step=step)
