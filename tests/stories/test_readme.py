"""The README's first minute is true: its example says what the bot says, its commands and targets are there."""

import re
from pathlib import Path

from admin.cli import COMMANDS
from admin.commands.ask import replies
from tests.towns import towns

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```console\n\$ \.venv/bin/annai ask --town (\w+) (\S+)\n(.+?)\n```", re.DOTALL)


def test_the_example_says_what_the_bot_says() -> None:
    ((town, question, said),) = EXAMPLE.findall(README)
    (reply,) = replies([question], towns()[town])
    assert reply["text"] == said


def test_every_command_and_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"\.venv/bin/annai ([a-z]+)", README)
    targets = re.findall(r"make ([a-z-]+)[`\n]", README)
    assert len(commands) > 10
    assert len(targets) > 3
    assert set(commands) <= set(COMMANDS)
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
