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

BOUND = 180.0  # seconds: a machine that is shared is slow at times
Done = subprocess.CompletedProcess[str]


def annai(folder: Path, *words: str, **settings: str) -> Done:
    """What the command says and its exit code, over the database in `folder`."""
    out, err = io.StringIO(), io.StringIO()
    with _called(folder, words, settings), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(["annai", *words], code, out.getvalue(), err.getvalue())


@contextmanager
def _called(folder: Path, words: tuple[str, ...], settings: dict[str, str]) -> Iterator[None]:
    """The command line, the environment and fresh settings; what the command sets for its process is put back."""
    logging = structlog.get_config()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["annai", *words])
        for name, value in _settings(folder, settings).items():
            patch.setenv(name, value)
        read_once.cache_clear()
        yield
    read_once.cache_clear()
    structlog.configure(**logging)


def process(folder: Path, *words: str, **settings: str) -> Done:
    """The same in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "admin.cli", *words],
        capture_output=True,
        text=True,
        env={**os.environ, **_settings(folder, settings)},
        cwd=Path(__file__).parents[2],
        timeout=BOUND,
        check=False,
    )


def _settings(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    return {"ANNAI_DATABASE_URL": f"sqlite:///{folder}/annai.db", **settings}
