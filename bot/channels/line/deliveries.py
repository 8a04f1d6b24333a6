"""Deliveries go before answers: LINE waits two seconds for its acknowledgement, a resident longer."""

import asyncio
import contextlib
from collections.abc import Iterator

LOOK_SECONDS, LOOKS = 0.02, 50  # an answer waits a second at most


class Deliveries:
    """How many deliveries are being stored by this process just now."""

    def __init__(self) -> None:
        self._number = 0

    @contextlib.contextmanager
    def being_stored(self) -> Iterator[None]:
        """While one is, no further answer is begun."""
        self._number += 1
        try:
            yield
        finally:
            self._number -= 1

    async def give_way(self) -> None:
        """Waits for those that are being stored, but not for ever."""
        for _ in range(LOOKS):
            if not self._number:
                return
            await asyncio.sleep(LOOK_SECONDS)
