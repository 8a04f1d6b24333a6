"""Python's search for garbage, put off while much is made that stays: it goes through all of that again and again."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def put_off() -> Iterator[None]:
    """Nothing is searched for within, in any thread; for imports and for each town, which take a fifth less time."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
