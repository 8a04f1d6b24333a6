"""A real PostgreSQL for the tests: started in a folder of its own, on a socket of its own, and stopped."""

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


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server, `postgresql+psycopg://…`, reachable over its socket alone."""
    home, user = programs(), _other_user()
    folder = Path(tempfile.mkdtemp(prefix="annai-pg-", dir="/tmp"))
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        _run([f"{home}/initdb", "-D", f"{data}", "-U", "annai", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], user)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
        _run([f"{home}/pg_ctl", "-D", f"{data}", "-w", "-t", "60", "-l", f"{folder}/log", "-o", options, "start"], user)
        try:
            yield f"postgresql+psycopg://annai@/postgres?host={folder}"
        finally:
            _run([f"{home}/pg_ctl", "-D", f"{data}", "-w", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
