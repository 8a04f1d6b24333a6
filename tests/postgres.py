"""A real PostgreSQL for the tests: started in a folder of its own, on a socket of its own, and stopped.

Nothing of its data has to outlive the tests: they lie in memory where there is room, and nothing waits for a disk.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql*/bin", "/opt/homebrew/opt/postgresql*/bin")
REMEDY = "PostgreSQL の initdb が見つかりません。「sudo apt-get install postgresql」などで入れてください。"
UNPRIVILEGED = ("postgres", "nobody")
MEMORY = Path("/dev/shm")  # noqa: S108  a disk in memory: fresh databases by the hundred are hard on a real one
ROOM = 2_000_000_000  # bytes
FORGETFUL = "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"


def programs() -> Path:
    """The folder of PostgreSQL's programs; a missing one is a failure with its remedy."""
    for pattern in PLACES:
        for folder in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True):
            if (folder / "initdb").exists():
                return folder
    found = shutil.which("initdb")
    assert found, REMEDY
    return Path(found).resolve().parent


def _other_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: another user then."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name: user for user in pwd.getpwall()}
    return next(names[name] for name in UNPRIVILEGED if name in names)


def _run(command: list[str], user: pwd.struct_passwd | None) -> None:
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **who)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{Path(command[0]).name}: {done.stdout}{done.stderr}"


def _disk() -> Path:
    """Where the data lie; the path is short, for it is the socket's too."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if in_memory else Path("/tmp")  # noqa: S108


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server, `postgresql+psycopg://…`, reachable over its socket alone."""
    home, user = programs(), _other_user()
    folder = Path(tempfile.mkdtemp(prefix="annai-pg-", dir=_disk()))
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        _run([f"{home}/initdb", "-D", f"{data}", "-U", "annai", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], user)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=60 {FORGETFUL}"
        _run([f"{home}/pg_ctl", "-D", f"{data}", "-w", "-t", "60", "-l", f"{folder}/log", "-o", options, "start"], user)
        try:
            yield f"postgresql+psycopg://annai@/postgres?host={folder}"
        finally:
            _run([f"{home}/pg_ctl", "-D", f"{data}", "-w", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
