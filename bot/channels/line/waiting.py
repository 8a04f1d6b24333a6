"""Who is still waiting for an answer: raw user IDs, in the memory of this process alone, for the loading animation."""

from collections import OrderedDict

LATE_SECONDS = 2.0
MOST = 10_000  # residents remembered; the one who waits for longest is forgotten first


class Waiting:
    """The residents of one-to-one chats who wait, by town and event."""

    def __init__(self) -> None:
        self._users: OrderedDict[tuple[str, str], str] = OrderedDict()

    def remember(self, town: str, event: str, user: str) -> None:
        """A resident waits for the answer to an event."""
        self._users[town, event] = user
        while len(self._users) > MOST:
            self._users.popitem(last=False)

    def forget(self, town: str, event: str) -> str:
        """The answer came, or nothing more is to be shown; the user ID, empty where nobody waits."""
        return self._users.pop((town, event), "")
