"""`annai` for the tests: in this process, which is quick, or in one of its own, as an operator starts it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import structlog

from admin.cli import main
from bot.settings import settings as read_once
from tests.bot.server import KEY

BOUND = 180.0  # seconds: a machine that is shared is slow at times
NONE = "sqlite:////dev/null/annai.db"  # whoever opens it fails
Done = subprocess.CompletedProcess[str]


def annai(database: str, *words: str, **settings: str) -> Done:
    """What the command says and its exit code, over the database at an address."""
    out, err = io.StringIO(), io.StringIO()
    with _called(database, words, settings), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(["annai", *words], code, out.getvalue(), err.getvalue())


@contextmanager
def _called(database: str, words: tuple[str, ...], settings: dict[str, str]) -> Iterator[None]:
    """The command line, the environment and fresh settings; what the command sets for its process is put back."""
    logging = structlog.get_config()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["annai", *words])
        for name, value in _settings(database, settings).items():
            patch.setenv(name, value)
        read_once.cache_clear()
        yield
    read_once.cache_clear()
    structlog.configure(**logging)


def process(database: str, *words: str, **settings: str) -> Done:
    """The same in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "admin.cli", *words],
        capture_output=True,
        text=True,
        env={**os.environ, **_settings(database, settings)},
        cwd=Path(__file__).parents[2],
        timeout=BOUND,
        check=False,
    )


def _settings(database: str, settings: dict[str, str]) -> dict[str, str]:
    return {"ANNAI_DATABASE_URL": database, "ANNAI_SECRET_KEY": KEY, **settings}
