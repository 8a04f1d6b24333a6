"""The five bundled towns, read once for all workers of a run: reading them takes each ten seconds."""

import fcntl
import os
import pickle
from functools import cache
from pathlib import Path

from admin.commands.score import bundled_towns
from bot.town import TownKnowledge

SHARED = "TESTS_SHARED_FOLDER"  # of the workers of one run; `tests/conftest.py` makes it and takes it away


@cache
def towns() -> dict[str, TownKnowledge]:
    """Town id → town. Who asks first reads them all, while whoever else asks waits for it."""
    if not (shared := os.environ.get(SHARED)):
        return dict(bundled_towns())
    kept = Path(shared, "towns")
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(dict(bundled_towns())))
    read: dict[str, TownKnowledge] = pickle.loads(kept.read_bytes())  # noqa: S301  written by this very run
    return read
