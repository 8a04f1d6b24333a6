"""The command from outside: a fresh database is prepared, faults are said in one sentence."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from admin.commands.measure import _free_port as free_port

BOUND = 60.0


def annai(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ANNAI_DATABASE_URL": f"sqlite:///{folder}/annai.db", **settings}
    command = [sys.executable, "-m", "admin.cli", *words]
    root = Path(__file__).parents[2]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=root, timeout=BOUND, check=False
    )


def test_asks_on_a_fresh_installation(tmp_path: Path) -> None:
    done = annai(tmp_path, "ask", "--town", "goka", "RPAって何ですか")
    assert done.returncode == 0, done.stderr
    assert "出典：五霞町" in done.stdout


def test_names_the_towns_where_one_is_unknown(tmp_path: Path) -> None:
    done = annai(tmp_path, "ask", "--town", "nowhere", "RPA")
    assert done.returncode == 2
    assert "toin" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ANNAI_DATABASE_URL", "mysql://x"),
        ("ANNAI_PUBLIC_PORT", "99999"),
        ("ANNAI_SECRET_KEY", "short"),
        ("ANNAI_SECRET_KEY_FILE", "/nowhere/key"),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(tmp_path: Path, setting: str, value: str) -> None:
    done = annai(tmp_path, "serve", "public", **{setting: value})
    assert done.returncode == 1
    assert setting in done.stderr
    assert "Traceback" not in done.stderr


def test_serves_both_apps_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    public, admin = free_port(), free_port()
    environment = {
        **os.environ,
        "ANNAI_DATABASE_URL": f"sqlite:///{tmp_path}/annai.db",
        "ANNAI_PUBLIC_PORT": str(public),
        "ANNAI_ADMIN_PORT": str(admin),
        "ANNAI_SECRET_KEY": "k" * 40,
    }
    command = [sys.executable, "-m", "admin.cli", "run"]
    with subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
        until = time.monotonic() + BOUND
        while time.monotonic() < until:
            try:
                ready = httpx.get(f"http://127.0.0.1:{public}/readyz").status_code == 200
                if ready and httpx.get(f"http://127.0.0.1:{admin}/metrics").status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        else:
            process.kill()
            pytest.fail("the apps did not start")
        process.send_signal(signal.SIGTERM)
        assert process.wait(BOUND) == 0
