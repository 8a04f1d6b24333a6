"""A process that is ended with kill -9 after a given step of a piece of work on the database.

A step is a statement that was carried out and does more than look, or a transaction that is about to be committed.
One process holds the work ready; each time it is asked, a fork of it does the work and is killed.
"""

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
    """The process that holds a piece of work ready."""

    process: subprocess.Popen[str]

    def steps(self, address: str) -> int:
        """Does the work on a database to its end; how many steps it has."""
        return int(self._asked(address, 0))

    def kill(self, address: str, after: int) -> None:
        """Begins the work on a database, and is killed after that many steps."""
        assert self._asked(address, after) == "killed"

    def _asked(self, address: str, after: int) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{address} {after}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def worker(name: str, folder: Path) -> Iterator[Worker]:
    """A process that does the work of that name, whose files lie in `folder`."""
    command = [sys.executable, "-m", "tests.faults.killed", name, f"{folder}"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Worker(process)
        assert process.stdin
        process.stdin.close()


def main() -> None:
    """Answers each line `address step` with what became of the fork; step 0 does the work here, with its steps.

    That comes first: what is loaded only when it is needed (a dictionary) is then there for every fork.
    """
    name, folder = sys.argv[1], Path(sys.argv[2])
    for line in sys.stdin:
        address, after = line.split()
        done = _forked(name, folder, address, int(after)) if int(after) else _work(name, folder, address)
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
