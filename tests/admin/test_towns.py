"""`annai town add` and the first operator: a new installation comes to life from the shell."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from tests.admin.command import BOUND, annai

ADD = (
    "town",
    "add",
    "--id",
    "mori",
    "--name",
    "森町",
    "--reading",
    "もりまち",
    "--prefecture",
    "見本県",
    "--office",
    "町役場",
)
PERSON = ("--prefecture", "見本県", "--office", "町役場", "--login", "yamada", "--person", "山田 花子")


def test_a_new_town_gets_a_link_for_its_first_administrator(empty_address: str) -> None:
    done = annai(empty_address, *ADD, *PERSON)
    assert done.returncode == 0, done.stderr
    assert re.search(r"http://127\.0\.0\.1:\d+/links/[\w-]{43}\b", done.stdout)
    assert "森町" in annai(empty_address, "town", "list").stdout


def test_a_town_is_added_once_and_its_link_can_be_renewed(empty_address: str) -> None:
    annai(empty_address, *ADD, *PERSON)
    again = annai(empty_address, *ADD, *PERSON)
    assert (again.returncode, again.stdout) == (2, "")
    assert "もうあります" in again.stderr
    assert "/links/" in annai(empty_address, "staff", "link", "yamada", "--town", "mori").stdout
    assert "確かめてください" in annai(empty_address, "staff", "link", "nobody", "--town", "mori").stderr


def test_a_town_with_a_wrong_id_is_refused_whole(empty_address: str) -> None:
    done = annai(empty_address, *("Mori!" if word == "mori" else word for word in ADD), *PERSON)
    assert done.returncode == 2
    assert "半角の英小文字" in done.stderr
    assert annai(empty_address, "town", "list").stdout == ""


def test_a_town_is_taken_out_and_removed_and_one_that_would_come_back_is_named(
    empty_address: str, tmp_path: Path
) -> None:
    annai(empty_address, *("toin" if word == "mori" else word for word in ADD), *PERSON)
    out = annai(empty_address, "town", "export", "toin", f"{tmp_path}/toin.zip")
    assert (out.returncode, out.stderr) == (0, "")
    assert (tmp_path / "toin.zip").exists()
    assert annai(empty_address, "town", "remove", "toin", "--sure", "goka").returncode == 2
    assert "toin" in annai(empty_address, "town", "list").stdout
    gone = annai(empty_address, "town", "remove", "toin", "--sure", "toin")
    assert "knowledge load でまた入ります" in gone.stdout
    assert annai(empty_address, "town", "list").stdout == ""
    assert annai(empty_address, "town", "export", "toin", f"{tmp_path}/none.zip").returncode == 2


def test_where_nothing_runs_on_a_terminal_the_first_operator_is_registered_by_a_command(empty_address: str) -> None:
    done = annai(empty_address, "staff", "operator")
    assert re.search(r"一度だけのパスワード：(?:\w{4}-){3}\w{4}", done.stdout), done.stderr
    again = annai(empty_address, "staff", "operator")
    assert (again.returncode, again.stdout) == (2, "")
    assert "annai staff link" in again.stderr
    assert "/links/" in annai(empty_address, "staff", "link", "operator").stdout


STARTS = """
from admin.commands.serving import announce_first_operator
from bot.settings import settings
from knowledge import store
store.migrate(store.open_engine(settings().database_url))
announce_first_operator()
announce_first_operator()
"""


def started(address: str, *, terminal: bool) -> str:
    """What a first start says, to a person or into a log."""
    settings = {"ANNAI_DATABASE_URL": address, "ANNAI_SECRET_KEY": "k" * 40}
    reader, writer = pty.openpty() if terminal else os.pipe()
    command = [sys.executable, "-c", STARTS]
    root = Path(__file__).parents[2]
    subprocess.run(command, env={**os.environ, **settings}, cwd=root, stdout=writer, timeout=BOUND, check=True)
    os.write(writer, b"end")
    said = os.read(reader, 65536).decode()
    os.close(writer)
    os.close(reader)
    return said


def test_the_first_operators_password_is_printed_on_a_terminal_and_once(empty_address: str) -> None:
    assert started(empty_address, terminal=False) == "end"
    assert len(re.findall(r"一度だけのパスワード：(?:\w{4}-){3}\w{4}", started(empty_address, terminal=True))) == 1
