"""`annai backup` and `annai restore`: the whole database into one file, and back into an empty one."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.context import Context
from bot.published import read_towns
from bot.responder import respond
from bot.settings import settings
from knowledge import backup, store
from knowledge.days import today


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(write)
    app.command("restore")(restore)


def write(file: Annotated[Path, typer.Argument(help="控えを書くファイル（例：annai-2026-11-21.zip）")]) -> None:
    """データベースの控えを一つのファイルに書きます。動かしたままで使えます。"""
    with store.opened(settings().database_url) as engine:
        counts = backup.write_backup(engine, file)
    print(f"{file} に書きました：表 {len(counts)}、行 {sum(counts.values())}")
    print("控えには秘密鍵（ANNAI_SECRET_KEY か var/secret_key）は入りません。別の場所に保管してください。")


def restore(
    file: Annotated[Path, typer.Argument(help="annai backup で書いたファイル")],
    check: Annotated[bool, typer.Option("--check", help="戻さずに、戻せるかどうかだけを確かめる")] = False,
) -> None:
    """控えを空のデータベースに戻します（--check は、仮の場所に戻して答えられるかを確かめます）。"""
    try:
        counts = _tried(file) if check else _restored(file)
    except (backup.BrokenBackup, backup.NotEmpty) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    print(f"表 {len(counts)}、行 {sum(counts.values())}")
    print("この控えから戻せます。" if check else "戻しました。")


def _restored(file: Path) -> dict[str, int]:
    with store.opened(settings().database_url) as engine:
        return backup.restore_backup(engine, file)


def _tried(file: Path) -> dict[str, int]:
    """The backup restored into a database of its own, every town asked once."""
    with tempfile.TemporaryDirectory() as folder, store.opened(f"sqlite:///{folder}/check.db") as engine:
        counts = backup.restore_backup(engine, file)
        towns = read_towns(engine, {}, today())
    for town in towns.values():
        for entry in town.library.entries.values():
            respond(entry.content.title, Context(), town)
            break
        print(f"{town.library.town.name}：公開中の回答項目 {len(town.library.entries)}")
    return counts
