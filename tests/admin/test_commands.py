"""The command from outside: a fresh database is prepared, faults are said in one sentence."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import typer
from fastapi import FastAPI
from sqlmodel import select

from admin.commands import serving
from admin.commands.measure import _free_port as free_port
from bot import listening
from knowledge import store
from knowledge.models import Preparation
from tests.admin.command import BOUND, NONE, annai, process
from tests.bot.server import write_sample


def test_asks_on_a_fresh_installation_and_names_the_towns_where_one_is_unknown(empty_address: str) -> None:
    done = annai(empty_address, "ask", "--town", "goka", "RPAって何ですか")
    assert done.returncode == 0, done.stderr
    assert "出典：五霞町" in done.stdout
    done = annai(empty_address, "ask", "--town", "nowhere", "RPA")
    assert done.returncode == 2
    assert "toin" in done.stderr


def test_loading_keeps_what_was_read_for_the_next_start(empty_address: str, tmp_path: Path) -> None:
    done = annai(empty_address, "knowledge", "load", "--from", str(write_sample(tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")
    with store.opened(empty_address) as engine, store.reading(engine) as session:
        assert session.exec(select(Preparation.town_id)).all() == ["sample"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ANNAI_DATABASE_URL", "mysql://x"),
        ("ANNAI_PUBLIC_PORT", "99999"),
        ("ANNAI_SECRET_KEY", "short"),
        ("ANNAI_SECRET_KEY_FILE", "/nowhere/key"),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(setting: str, value: str) -> None:
    done = annai(NONE, "doctor", **{setting: value})
    assert done.returncode == 1
    assert setting in done.stderr
    assert "Traceback" not in done.stderr
    assert not re.search("[a-z]{3,} [a-z]{3,}", done.stderr), "it is said in Japanese"


def test_a_port_that_another_program_has_is_named_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        server = listening.server(FastAPI(), "127.0.0.1", other.getsockname()[1], log_level="critical")
        with pytest.raises(typer.Exit):
            asyncio.run(serving._serve_all([server]))
        assert f"ポート {other.getsockname()[1]} を使えません" in capsys.readouterr().err


@pytest.mark.parametrize("fault", ["newer", "no database"])
def test_a_database_that_cannot_be_used_is_named_in_one_sentence(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "annai.db"
    if fault == "newer":
        engine = store.open_engine(f"sqlite:///{file}")
        store.migrate(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        engine.dispose()
    else:
        file.write_text("no database " * 100)
    done = process(f"sqlite:///{file}", "serve", ANNAI_SECRET_KEY="k" * 40)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert ("新しい版" if fault == "newer" else "データベースを使えません") in done.stderr


def test_a_bad_setting_stops_the_apps_too() -> None:
    done = process(NONE, "serve", "public", ANNAI_PUBLIC_PORT="99999")
    assert (done.returncode, "ANNAI_PUBLIC_PORT" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_runs_on_a_fresh_installation_and_ends_cleanly_on_sigterm(empty_address: str) -> None:
    public, admin = free_port(), free_port()
    environment = {
        **os.environ,
        "ANNAI_DATABASE_URL": empty_address,
        "ANNAI_PUBLIC_PORT": str(public),
        "ANNAI_ADMIN_PORT": str(admin),
        "ANNAI_SECRET_KEY": "k" * 40,
    }
    command = [sys.executable, "-m", "admin.cli", "run"]
    with subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as running:
        until = time.monotonic() + BOUND
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                ready = httpx.get(f"http://127.0.0.1:{public}/readyz").status_code == 200
                if ready and httpx.get(f"http://127.0.0.1:{admin}/metrics").status_code == 200:
                    break
            time.sleep(0.3)  # it loads its towns meanwhile, on the same core
        else:
            running.kill()
            pytest.fail("the apps did not start")
        said = httpx.post(f"http://127.0.0.1:{public}/api/v1/towns/goka/ask", json={"text": "RPAって何ですか"}).json()
        assert said["kind"] == "answer"
        running.send_signal(signal.SIGTERM)
        assert running.wait(BOUND) == 0
