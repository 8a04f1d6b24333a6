"""What fails every fifth of a second fills no log, and nobody misses when it began and ended."""

from structlog.testing import capture_logs

from bot.outages import EVERY_SECONDS, Outages


def test_is_said_when_it_begins_once_a_minute_and_when_it_is_over() -> None:
    now = [0.0]
    outages = Outages("store not followed", clock=lambda: now[0])
    with capture_logs() as said:
        outages.passed("publish")
        for _ in range(150):
            outages.failed("publish", OSError("山田太郎"))
            now[0] += EVERY_SECONDS / 60
        outages.passed("publish")
        outages.passed("publish")
    assert [line["event"] for line in said] == ["store not followed"] * 3 + ["store not followed: over"]
    assert [line.get("unsaid") for line in said] == [0, 59, 59, None]
    assert "山田" not in str(said)


def test_another_kind_of_error_and_another_step_are_said_at_once() -> None:
    outages = Outages("store not followed", clock=lambda: 0.0)
    with capture_logs() as said:
        for step, error in (("publish", OSError()), ("purge", OSError()), ("publish", KeyError())):
            outages.failed(step, error)
    assert [(line["step"], line["error"]) for line in said] == [
        ("publish", "OSError"),
        ("purge", "OSError"),
        ("publish", "KeyError"),
    ]
