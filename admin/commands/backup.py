"""`annai backup` and `annai restore`: the whole database into one file, and back into an empty one."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import grading
from bot.examining import examine
from bot.grading import Expected, Grade
from bot.published import read_towns
from bot.settings import settings
from bot.town import TownKnowledge
from knowledge import backup, exam, revisions, store
from knowledge.curation import TestQuestion
from knowledge.days import today

BROUGHT_BACK = """戻しました。職員は、もう一度サインインします。まだ使っていない一度だけのリンクは、作り直してください。
控えのあとに使えなくした職員と、消した会話も戻っています。職員の一覧を確かめてください。"""
TITLES = 20  # entries of a town that a check asks for


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
    print("この控えから戻せます。" if check else BROUGHT_BACK)


def _restored(file: Path) -> dict[str, int]:
    with store.opened(settings().database_url) as engine:
        return backup.restore_backup(engine, file)


def _tried(file: Path) -> dict[str, int]:
    """The backup restored into a database of its own, and every town asked; raises BrokenBackup where one is silent."""
    with tempfile.TemporaryDirectory() as folder, store.opened(f"sqlite:///{folder}/check.db") as engine:
        counts = backup.restore_backup(engine, file)
        read = read_towns(engine, {}, today())
        with store.reading(engine) as session:
            there = {town.id: (town.name, list(exam.questions(session, town.id))) for town in revisions.towns(session)}
    if not there:
        raise backup.BrokenBackup("控えに自治体がありません。空のデータベースの控えではありませんか。")
    silent = [name for town, (name, own) in there.items() if town not in read or not _answers(name, read[town], own)]
    if silent:
        raise backup.BrokenBackup(f"戻しても答えられません：{'、'.join(silent)}。別の控えを使ってください。")
    return counts


def _answers(name: str, town: TownKnowledge, own: list[TestQuestion]) -> bool:
    """Asks a town for some of its entries by their titles, and its own test questions; False where all it says is
    wrong.
    """
    entries = list(town.library.entries.items())
    asked = entries[:: max(1, len(entries) // TITLES)][:TITLES]
    said = [grading.ask(entry.content.title, town, Expected(key)).grade for key, entry in asked]
    known = said.count(Grade.RIGHT) + said.count(Grade.OFFERED)
    right = [one.grade for one in examine(own, town)].count(Grade.RIGHT)
    exams = f"、テスト質問 {len(own)} 件のうち正しい返事 {right}" if own else ""
    print(f"{name}：公開中の回答項目 {len(entries)}{exams}")
    return bool(known) or not entries
