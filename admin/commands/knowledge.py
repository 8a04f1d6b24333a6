"""`annai knowledge`: load the bundled towns into the store; check their files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from knowledge.bundled import TOWNS
from knowledge.checking import main as check_towns

knowledge = typer.Typer(help="同梱の知識を読み込む・確かめる", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `knowledge load` and `knowledge check` to the command."""
    app.add_typer(knowledge, name="knowledge")


@knowledge.command("load")
def load(root: Annotated[Path, typer.Option("--from", help="自治体のフォルダーの親")] = TOWNS) -> None:
    """YAML を読み込みます。何度行っても同じで、職員の編集は上書きしません。"""
    from admin.commands.serving import prepare  # noqa: PLC0415  the store is only opened where it is needed

    for line in prepare(root, reading=True):
        print(line)


@knowledge.command("check")
def check(towns: Annotated[list[str] | None, typer.Argument(help="自治体の id（なければ全部）")] = None) -> None:
    """出典・時点・読み取りの誤り・言い換えの重なり・読みやすさを確かめます。"""
    sys.exit(check_towns(towns or []))
