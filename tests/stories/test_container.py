"""The Dockerfile's steps, taken by hand: an empty folder, another user, a tree that is only read."""

import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOUND = 120.0


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def test_the_dockerfile_installs_by_the_makefile_alone() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    runs = [line for line in lines if line.startswith("RUN")]
    assert any("make install slim" in run for run in runs), "nothing that builds stays in the image"
    assert not any(re.search(r"\bpip\b", run) for run in runs)
    assert lines.index("USER annai") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))


def copied() -> list[str]:
    """What the Dockerfile takes from the repository into the image."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    return [path for line in lines if line.startswith("COPY ") and "--from" not in line for path in line.split()[1:-1]]


def test_no_secret_goes_into_the_image_or_into_git() -> None:
    assert not {".", "deploy", ".env", "var"} & set(copied())
    ignored = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert ignored[0] == "*", "what is not named stays out"
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied())
    for secret in ("deploy/secrets/secret_key", ".env", "var/secret_key"):
        assert subprocess.run(["git", "check-ignore", "-q", secret], cwd=ROOT, check=False).returncode == 0, secret


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter; pytest's own is root's alone."""
    with tempfile.TemporaryDirectory(prefix="annai-container-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_serves_from_a_tree_that_is_only_read(open_folder: Path) -> None:
    app, data = open_folder / "app", open_folder / "data"
    app.mkdir()
    tree = subprocess.run(["git", "archive", "HEAD", *copied()], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", app], input=tree, check=True)
    subprocess.run(
        ["make", "install", "slim", f"PYTHON={python_for_all()}"], cwd=app, check=True, capture_output=True, timeout=600
    )
    assert not [*app.glob(".venv/lib/*/site-packages/pip"), *app.glob(".venv/lib/*/site-packages/setuptools")]
    subprocess.run(["chmod", "-R", "a-w,a+rX", app], check=True)
    nobody = pwd.getpwnam("nobody")
    data.mkdir()
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    port = free_port()
    settings = {
        "PATH": "/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "ANNAI_DATABASE_URL": f"sqlite:///{data}/annai.db",
        "ANNAI_SECRET_KEY": "k" * 40,
        "ANNAI_PUBLIC_PORT": str(port),
    }
    annai = str(app / ".venv/bin/annai")
    as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "env": settings, "cwd": data}
    subprocess.run([annai, "knowledge", "load"], check=True, timeout=BOUND, **as_nobody)  # type: ignore[call-overload]
    server = subprocess.Popen([annai, "serve", "public"], **as_nobody)  # type: ignore[call-overload]
    try:
        assert answers(port) == 200
        quick = subprocess.run([annai, "doctor", "--quick"], check=False, timeout=BOUND, **as_nobody)  # type: ignore[call-overload]
        assert quick.returncode == 0
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(BOUND) == 0


def python_for_all() -> str:
    """A Python that another user may run: not one in root's home."""
    for python in ("/usr/bin/python3", sys.executable):
        tried = ["su", "-s", "/bin/sh", "nobody", "-c", f"{python} -m venv --help"]
        if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
            return python
    raise AssertionError("no Python that other users may run: apt-get install python3-venv")


def answers(port: int) -> int:
    until = time.monotonic() + BOUND
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            status = connection.getresponse().status
            if status != 503:  # the port answers before the towns are loaded
                return status
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise AssertionError("the app did not answer")
