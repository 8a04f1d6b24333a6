"""`annai line`: the rich menu of a town's LINE account, and whether the account can answer."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from admin.line.sentences import refusal, sentence
from bot.settings import LineAccount, settings
from bot.town import TownKnowledge

line = typer.Typer(help="LINEの公式アカウントを整える・確かめる", no_args_is_help=True)
TownId = Annotated[str, typer.Option("--town", help="自治体の id（例：toin）")]


def register(app: typer.Typer) -> None:
    """Add `line setup` and `line check` to the command."""
    app.add_typer(line, name="line")


@line.command("setup")
def setup(
    town: TownId,
    draw: Annotated[Path | None, typer.Option("--draw", help="画像だけをこのファイルに書き、LINEには送らない")] = None,
) -> None:
    """リッチメニューを作って、すべての友だちに表示します。ほかの設定は変えません。"""
    from bot.channels.line.menu import menu  # noqa: PLC0415  Pillow is only needed here

    made = menu(_knowledge(town), settings().key)
    if draw:
        from bot.channels.line.drawing import draw as picture_of  # noqa: PLC0415  Pillow is only needed here

        picture = picture_of(made)
        draw.write_bytes(picture)
        print(sentence("drawn", path=draw, kilobytes=len(picture) // 1024))
        return
    given = _account(town)
    from admin.line.account import Account, Refused  # noqa: PLC0415  the SDK takes a second
    from admin.line.menus import replace_menu  # noqa: PLC0415  Pillow is only needed here

    try:
        with Account(given.channel_access_token.get_secret_value(), settings().line_api_base) as account:
            replaced = replace_menu(account, made)
    except Refused as refused:
        print(refusal(refused.status, refused.what), file=sys.stderr)
        raise typer.Exit(1) from None
    labels = "、".join("".join(tile.lines) for tile in made.tiles)
    print(sentence("made", buttons=len(made.tiles), labels=labels))
    if replaced.deleted:
        print(sentence("deleted", count=replaced.deleted))
    if replaced.foreign_before:
        print(sentence("foreign"))
    print(sentence("nothing_else", town=town))


@line.command("check")
def check(town: TownId) -> None:
    """アカウントがお返事できる状態かを、LINEに問い合わせて確かめます。"""
    knowledge, given = _knowledge(town), _account(town)
    from admin.line.account import Account  # noqa: PLC0415  the SDK takes a second
    from admin.line.check import Checked, findings  # noqa: PLC0415  the SDK takes a second

    checked = Checked(given, knowledge, settings().public_url, settings().key)
    bad = 0
    with Account(given.channel_access_token.get_secret_value(), settings().line_api_base) as account:
        for found in findings(checked, account, _ask):
            bad += found.mark == "×"
            print(f"{found.mark} {found.text}", flush=True)
    print(sentence("some_bad" if bad else "all_ok", town=town))
    if bad:
        raise typer.Exit(1)


def _ask(question: str) -> bool | None:
    """The clerk's answer on a terminal; None where nobody is there."""
    return typer.confirm(question) if sys.stdin.isatty() else None


def _knowledge(town: str) -> TownKnowledge:
    from admin.commands import serving  # noqa: PLC0415  the store is only opened where it is needed

    try:
        return serving.open_town(town)
    except serving.NoSuchTown as no:
        print(sentence("unknown_town", town=town, towns="、".join(no.args)), file=sys.stderr)
        raise typer.Exit(2) from None


def _account(town: str) -> LineAccount:
    given = settings().line_accounts.get(town)
    if given is None:
        print(sentence("no_account", town=town, TOWN=town.upper().replace("-", "_")), file=sys.stderr)
        raise typer.Exit(2)
    return given
