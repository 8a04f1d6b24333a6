"""A store that is away at first, and then has much to read: what an app does while its towns are being loaded."""

import threading

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.registry import Registry
from tests.bot.server import BOUND


class SlowStore(Registry):
    """A registry whose store is away at first, and then has much to read."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.attempts = 0
        self.may_go_on = threading.Event()

    def refresh(self) -> None:
        self.attempts += 1
        if self.attempts == 1:
            raise OperationalError("away", {}, Exception())
        assert self.may_go_on.wait(BOUND)
        super().refresh()
