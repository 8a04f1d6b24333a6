"""A process that is ended with kill -9 after a given step of a piece of work on the database.

A step is a statement that was carried out and does more than look, or a transaction that is about to be committed.
One process holds all pieces of work ready; each time it is asked, a fork of it does one and is killed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from knowledge import store
from tests.faults.works import WORKS

ROOT = Path(__file__).parents[2]
LOOKS = ("SELECT", "PRAGMA", "SHOW")


@dataclass(frozen=True)
class Worker:
    """The process that holds the pieces of work ready."""

    process: subprocess.Popen[str]

    def steps(self, name: str, folder: Path, address: str) -> int:
        """Does a piece of work, whose files lie in a folder, on a database to its end; how many steps it has."""
        return int(self._asked(name, folder, address, 0))

    def kill(self, name: str, folder: Path, address: str, after: int) -> None:
        """Begins the work on a database, and is killed after that many steps."""
        assert self._asked(name, folder, address, after) == "killed"

    def _asked(self, name: str, folder: Path, address: str, after: int) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps([name, str(folder), address, after])}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def worker() -> Iterator[Worker]:
    """A process that does pieces of work."""
    command = [sys.executable, "-m", "tests.faults.killed"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Worker(process)
        assert process.stdin
        process.stdin.close()


def main() -> None:
    """Answers each line (work, folder, address, step) with what became of the fork; step 0 does it here, for its steps.

    That comes first: what is loaded only when it is needed (a dictionary) is then there for every fork.
    """
    for line in sys.stdin:
        name, folder, address, after = json.loads(line)
        work = _forked if after else _work
        done = work(name, Path(folder), address, after)
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


def _forked(name: str, folder: Path, address: str, after: int) -> str:
    child = os.fork()
    if child == 0:
        _work(name, folder, address, after)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else f"ended with {status}"


def _work(name: str, folder: Path, address: str, after: int = 0) -> int:
    """Does the work, unless it is killed on the way; how many steps it took."""
    taken = 0

    def step(_: object) -> None:
        nonlocal taken
        taken += 1
        if taken == after:
            os.kill(os.getpid(), signal.SIGKILL)

    def carried_out(connection: object, _: object, statement: str, *__: object) -> None:
        if not statement.lstrip().upper().startswith(LOOKS):
            step(connection)

    with store.opened(address) as engine:
        event.listen(engine, "after_cursor_execute", carried_out)
        event.listen(engine, "commit", step)
        WORKS[name].done(engine, folder)
    return taken


if __name__ == "__main__":
    main()
