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
sys.argv = ["annai", "--help"]
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


def test_the_help_imports_none_of_the_heavy_parts() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELPED], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert "職員" in done.stdout
    assert HEAVY & set(done.stdout.splitlines()[-1].split()) == set()


def test_says_what_an_operator_can_mend_and_nothing_of_our_own_faults() -> None:
    assert sentence(BadSetting("ANNAI_PUBLIC_PORT は数字です。")) == "ANNAI_PUBLIC_PORT は数字です。"
    assert "使えません" in (sentence(PermissionError(13, "Permission denied")) or "")
    assert sentence(KeyError("ours")) is None
