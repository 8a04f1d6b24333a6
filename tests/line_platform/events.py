"""Webhook events as LINE's description has them: every type, with real ULIDs and everything that we must not keep."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from ulid import ULID

Event = dict[str, Any]


def user_id() -> str:
    """A fresh user ID."""
    return "U" + secrets.token_hex(16)


def group_id() -> str:
    """A fresh group ID."""
    return "C" + secrets.token_hex(16)


@dataclass
class Writer:
    """Whoever writes: alone with the account, or in a group; its clock may run ahead so that order is certain."""

    user: str = field(default_factory=user_id)
    group: str = ""
    at: int = field(default_factory=lambda: int(time.time() * 1000))

    @property
    def source(self) -> Event:
        if self.group:
            return {"type": "group", "groupId": self.group, "userId": self.user}
        return {"type": "user", "userId": self.user}

    def event(self, kind: str, *, token: bool = True, **more: Any) -> Event:
        """An event of any type, a millisecond after the one before."""
        self.at += 1
        made: Event = {
            "type": kind,
            "mode": "active",
            "timestamp": self.at,
            "source": self.source,
            "webhookEventId": str(ULID()),
            "deliveryContext": {"isRedelivery": False},
        }
        return made | ({"replyToken": secrets.token_hex(16)} if token else {}) | more

    def message(self, kind: str, **more: Any) -> Event:
        """A message event."""
        message = {"type": kind, "id": str(secrets.randbelow(10**18)), "quoteToken": "q" + secrets.token_hex(20)}
        message["markAsReadToken"] = "m" + secrets.token_hex(20)
        return self.event("message", message=message | more)

    def text(self, words: str, **more: Any) -> Event:
        """A text."""
        return self.message("text", text=words, **more)

    def mentioning(self, words: str, name: str = "@見本町") -> Event:
        """A text that addresses the bot."""
        mention = {"mentionees": [{"type": "user", "index": 0, "length": len(name), "isSelf": True}]}
        return self.text(f"{name} {words}", mention=mention)

    def tap(self, data: str) -> Event:
        """A button's tap."""
        return self.event("postback", postback={"data": data})

    def unsend(self, message: Event) -> Event:
        """A message taken back."""
        return self.event("unsend", token=False, unsend={"messageId": message["message"]["id"]})


def again(event: Event) -> Event:
    """The same event, delivered again."""
    return event | {"deliveryContext": {"isRedelivery": True}}
