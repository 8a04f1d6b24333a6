"""`annai doctor`: says in plain words what is wrong with an installation."""

from typing import Annotated

import typer

from admin.findings import answers
from bot.settings import settings

MARKS = {"good": "○", "look": "△", "bad": "×"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(examine)


def examine(
    which: Annotated[str, typer.Argument(help="--quick で見るアプリ：public か admin")] = "public",
    quick: Annotated[bool, typer.Option("--quick", help="動いているかだけを見る（コンテナの見張り用）")] = False,
) -> None:
    """設定・データベース・自治体・ポートを調べ、直すことを日本語で言います。"""
    given = settings()
    if quick:
        staffs, residents = (given.admin_host, given.admin_port), (given.public_host, given.public_port)
        findings = [answers(which, *(staffs if which == "admin" else residents), "/healthz")]
        well = findings[0].verdict == "good"
    else:
        from admin import doctor  # noqa: PLC0415  the quick look needs no database

        findings = list(doctor.examine(given))
        well = all(finding.verdict != "bad" for finding in findings)
    for finding in findings:
        print(MARKS[finding.verdict], finding.sentence)
    if not well:
        raise typer.Exit(1)
