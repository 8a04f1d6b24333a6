"""How much one visitor may ask: token buckets in memory, generous enough for an office behind one address."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic


@dataclass(frozen=True)
class Rate:
    """`burst` requests at once, then `per_minute`."""

    burst: int
    per_minute: float


# A school of 300 behind one address asks at once, and then one question a minute each. A reply takes a hundredth of a
# second, so that one address can use up a twentieth of a process at most.
ASK = Rate(burst=300, per_minute=300)
SUGGEST = Rate(burst=1200, per_minute=3000)  # a suggestion for every few letters of a question
FEEDBACK = Rate(burst=300, per_minute=300)
MOST_VISITORS = 20_000  # buckets kept; the one unused for longest goes first


@dataclass
class Limiter:
    """A bucket for each visitor; thread-safe, bounded in memory."""

    rate: Rate
    clock: Callable[[], float] = monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, visitor: str) -> float:
        """0.0 where the visitor may go on; else the seconds until they may."""
        with self._lock:
            now = self.clock()
            tokens, at = self._buckets.pop(visitor, (float(self.rate.burst), now))
            tokens = min(self.rate.burst, tokens + (now - at) * self.rate.per_minute / 60)
            allowed = tokens >= 1
            self._buckets[visitor] = (tokens - 1 if allowed else tokens, now)
            while len(self._buckets) > MOST_VISITORS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) * 60 / self.rate.per_minute
