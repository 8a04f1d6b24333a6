"""What follows from what became of a reply: an end, or another attempt with the same token; never another message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.line.answering import Over
from knowledge.line_models import Ended

if TYPE_CHECKING:
    from bot.channels.line.sender import Result

MOST_ATTEMPTS = 6
FIRST_PAUSE = 1.0  # seconds; doubled with each attempt
LONGEST_PAUSE = 8.0


@dataclass(frozen=True)
class Again:
    """The same reply is to be tried again, not before `at`."""

    at: datetime


def what_follows(result: "Result", attempt: int, expires_at: datetime, now: datetime) -> Over | Again:
    """After an unclear failure only the same token is tried again: it is single-use, so nobody is answered twice."""
    match result.fate:
        case "sent":
            return Over(Ended.ANSWERED, result.reason or "sent")
        case "token":
            return Over(Ended.EXPIRED, "sent_or_expired" if attempt > 1 else "expired")
        case "refused":
            return Over(Ended.REFUSED, result.reason)
        case "unclear" | "unreached":
            at = now + timedelta(seconds=min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE))
            return Over(Ended.FAILED, result.reason) if attempt >= MOST_ATTEMPTS or at >= expires_at else Again(at)
