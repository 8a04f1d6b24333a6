"""The command's list of commands says what they are, without importing them; faults are said in a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from admin.cli import COMMANDS, command
from admin.faults import sentence
from bot.settings import BadSetting

HEAVY = {"sqlalchemy", "fastapi", "numpy", "sudachipy", "structlog", "pydantic"}
HELPED = """
import sys
from admin.cli import main
sys.argv = ["annai", *sys.argv[1:]]
try:
    main()
finally:
    print(*sys.modules)
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_says_of_each_command_in_the_list_what_it_says_itself(name: str) -> None:
    group = typer.main.get_group(command(name))
    assert group.commands[name].help == COMMANDS[name][1]


def test_every_command_that_a_module_adds_is_in_the_list() -> None:
    for name in COMMANDS:
        assert set(typer.main.get_group(command(name)).commands) == set(COMMANDS)


def called(*words: str) -> tuple[str, set[str]]:
    """What the command says, and the modules that it imported."""
    root, command = Path(__file__).parents[2], [sys.executable, "-c", HELPED, *words]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.splitlines()
    return "".join(said[:-1]), set(said[-1].split())


def test_the_help_imports_none_of_the_heavy_parts() -> None:
    said, imported = called("--help")
    assert "職員" in said
    assert imported & HEAVY == set()


def test_the_look_of_every_half_minute_opens_no_database() -> None:
    said, imported = called("doctor", "--quick")
    assert "ポート" in said
    assert imported & HEAVY <= {"pydantic", "structlog"}


def test_says_what_an_operator_can_mend_and_nothing_of_our_own_faults() -> None:
    assert sentence(BadSetting("ANNAI_PUBLIC_PORT は数字です。")) == "ANNAI_PUBLIC_PORT は数字です。"
    assert "使えません" in (sentence(PermissionError(13, "Permission denied")) or "")
    assert sentence(KeyError("ours")) is None
