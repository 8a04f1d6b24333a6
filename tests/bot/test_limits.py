"""A visitor may ask much, but not without end."""

from bot.limits import ASK, Limiter, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lets_a_burst_through_and_then_asks_to_wait() -> None:
    limiter = Limiter(Rate(burst=2, per_minute=60), Clock())
    assert [limiter.wait("a") for _ in range(3)] == [0.0, 0.0, 1.0]


def test_lets_the_visitor_go_on_after_the_wait() -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst=1, per_minute=60), clock)
    limiter.wait("a")
    clock.now += limiter.wait("a")
    assert limiter.wait("a") == 0.0


def test_one_visitor_does_not_use_up_anothers_share() -> None:
    limiter = Limiter(Rate(burst=1, per_minute=1), Clock())
    limiter.wait("a")
    assert limiter.wait("a") > 0
    assert limiter.wait("b") == 0.0


def test_a_school_behind_one_address_is_served() -> None:
    clock = Clock()
    limiter = Limiter(ASK, clock)
    waits = [limiter.wait("school") for _ in range(300)]
    for _ in range(5):  # minutes, in each of which everyone asks once more
        for _ in range(300):
            clock.now += 61 / 300
            waits.append(limiter.wait("school"))
    assert not any(waits)
