"""What follows from what became of a reply: ended once, tried again only where the same token may still work."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.line.answering import Over
from bot.channels.line.following import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, Again, what_follows
from bot.channels.line.sender import Fate, Result
from knowledge.line_models import Ended

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("result", "attempt", "ended", "reason"),
    [
        (Result("sent"), 1, Ended.ANSWERED, "sent"),
        (Result("sent", "odd_body"), 2, Ended.ANSWERED, "odd_body"),
        (Result("token", "invalid_token"), 1, Ended.EXPIRED, "expired"),
        (Result("token", "invalid_token"), 2, Ended.EXPIRED, "sent_or_expired"),
        (Result("refused", "monthly_quota"), 1, Ended.REFUSED, "monthly_quota"),
        (Result("unclear", "timeout"), MOST_ATTEMPTS, Ended.FAILED, "timeout"),
    ],
)
def test_an_end_and_its_reason(result: Result, attempt: int, ended: Ended, reason: str) -> None:
    assert what_follows(result, attempt, LATER, NOW) == Over(ended, reason)


@pytest.mark.parametrize("fate", ["unclear", "unreached"])
def test_pauses_double_up_to_the_longest_and_end_with_the_token(fate: Fate) -> None:
    pauses = [what_follows(Result(fate), attempt, LATER, NOW) for attempt in range(1, MOST_ATTEMPTS)]
    wanted = [min(FIRST_PAUSE * 2**n, LONGEST_PAUSE) for n in range(MOST_ATTEMPTS - 1)]
    assert pauses == [Again(NOW + timedelta(seconds=seconds)) for seconds in wanted]
    assert what_follows(Result(fate, "timeout"), 1, NOW + timedelta(seconds=1), NOW) == Over(Ended.FAILED, "timeout")
