"""No regular expression, in the code or in the data, can be made slow by what is fed to it."""

import subprocess
import sys

import pytest

from tests.stories import patterns

BOUND = 400.0
LONGEST_MESSAGE = 2_000  # characters; longer than a line of a plan too


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"^\s*(?:\s+|,)\s*\s*x$", r"(?:あ|あい?)+お", r"(.*),(.*),(.*),(.*)x"])
def test_a_pattern_that_can_be_made_slow_is_found(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.5)
    assert patterns.slow(pattern)


@pytest.mark.parametrize("length", [patterns.LENGTH, pytest.param(LONGEST_MESSAGE, marks=pytest.mark.long)])
def test_every_pattern_is_through_with_a_flood_in_time(length: int) -> None:
    command = [sys.executable, "-m", "tests.stories.patterns", str(length)]
    done = subprocess.run(command, cwd=patterns.ROOT, capture_output=True, text=True, timeout=BOUND, check=False)
    assert done.returncode == 0, done.stderr
    *found, counted = done.stdout.splitlines()
    assert not found
    assert int(counted.removeprefix("patterns: ")) > 300
