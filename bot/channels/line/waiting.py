"""Who still waits for an answer: raw user IDs, in the memory of this process alone, for LINE's loading animation."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

LATE_SECONDS = 2.0
MOST = 10_000  # residents remembered; the one who has waited for longest is forgotten first
Show = Callable[[str, str, str], Awaitable[None]]


class Waiting:
    """The residents of one-to-one chats who wait, by town and event; `show` tells one of them that it takes longer."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._users: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def expect(self, town: str, event: str, user: str) -> None:
        """A resident waits for the answer to an event."""
        self._users[town, event] = user
        while len(self._users) > MOST:
            self._users.popitem(last=False)
        task = asyncio.create_task(self._show_if_late(town, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def forget(self, town: str, event: str) -> str:
        """The answer came, or nothing more is to be shown; the user ID, empty where nobody waits."""
        return self._users.pop((town, event), "")

    def close(self) -> None:
        """Nothing more is shown."""
        for task in self._tasks:
            task.cancel()

    async def _show_if_late(self, town: str, event: str) -> None:
        await asyncio.sleep(LATE_SECONDS)
        user = self.forget(town, event)
        if user:
            await self._show(town, event, user)
