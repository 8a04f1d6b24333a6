"""`annai town` and `annai staff`: who comes in first, and who cannot come in any more; a town leaves."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from admin import accounts, audit, towns
from admin.accounts import LASTS, Purpose
from bot.settings import Settings, settings
from knowledge import leaving, revisions, store
from knowledge.bundled import TOWNS
from knowledge.models import Town

town = typer.Typer(help="自治体を増やす・見る", no_args_is_help=True)
staff = typer.Typer(help="最初の運用の人を登録する、サインインできなくなった職員を助ける", no_args_is_help=True)
NEXT = """
次にすること
  1. 上のリンクを、最初の管理の人に渡します（1回だけ使えます。期限は{days}日）。
  2. 管理の人は、パスワードを決め、認証アプリを登録し、「自治体の設定」と「職員」を入力します。
  3. 計画書を取り込むか、回答項目を書いて、公開します。
"""

BUNDLED = """初めから入っている自治体です。annai knowledge load でまた入ります。
入れないときは、{folder} を除いてください。"""


def register(app: typer.Typer) -> None:
    """Add `town` and `staff` to the command."""
    app.add_typer(town, name="town")
    app.add_typer(staff, name="staff")


@town.command("add")
def add(
    town_id: Annotated[str, typer.Option("--id", prompt="id（半角の英小文字。例：toin）", help="アドレスに入る名前")],
    name: Annotated[str, typer.Option(prompt="自治体の名前（例：東員町）", help="自治体の名前")],
    reading: Annotated[str, typer.Option(prompt="読みがな（例：とういんちょう）", help="ひらがなの読み")],
    prefecture: Annotated[str, typer.Option(prompt="都道府県（例：三重県）", help="都道府県")],
    office: Annotated[str, typer.Option(prompt="役所の呼び名（例：町役場）", help="町役場、市役所など")],
    login: Annotated[str, typer.Option(prompt="最初の管理の人のログイン名（例：yamada）", help="半角の英小文字と数字")],
    person: Annotated[str, typer.Option(prompt="最初の管理の人の名前（例：山田 花子）", help="画面に出る名前")],
) -> None:
    """新しい自治体を登録し、最初の管理の人に渡すリンクを表示します。"""
    given = settings()
    new = Town(id=town_id, name=name, reading=reading, prefecture=prefecture, office=office)
    try:
        with store.opened(given.database_url, migrated=True) as engine, store.writing(engine) as session:
            token = towns.add(session, new, login.lower(), person, datetime.now(UTC))
    except towns.BadTown as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
    print(f"{name}を登録しました。")
    print(f"最初の管理の人のリンク：{_link(given, token)}")
    print(NEXT.format(days=LASTS[Purpose.INVITATION].days))


@town.command("export")
def export(
    town_id: Annotated[str, typer.Argument(help="自治体の id（annai town list で見られます）")],
    file: Annotated[Path, typer.Argument(help="書き出すファイル（例：toin.zip）")],
) -> None:
    """一つの自治体のすべて（職員の鍵を除く）を、一つのファイルに書き出します。"""
    with _said_plainly(), store.opened(settings().database_url) as engine:
        counts = leaving.export_town(engine, town_id, file)
    print(f"{file} に書き出しました：表 {len(counts)}、行 {sum(counts.values())}")


@town.command("remove")
def remove(
    town_id: Annotated[str, typer.Argument(help="自治体の id")],
    sure: Annotated[str, typer.Option("--sure", prompt="消すと戻せません。もう一度 id を入力してください")],
) -> None:
    """一つの自治体と、その会話・職員・履歴をすべて消します（先に annai town export を）。"""
    if sure != town_id:
        print("id が違うため、何も消しませんでした。", file=sys.stderr)
        raise typer.Exit(2)
    with _said_plainly(), store.opened(settings().database_url) as engine:
        counts = leaving.delete_town(engine, town_id)
    print(f"消しました：行 {sum(counts.values())}")
    if (TOWNS / town_id).exists():
        print(BUNDLED.format(folder=TOWNS / town_id))


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except revisions.NotThere as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None


@town.command("list")
def list_towns() -> None:
    """登録されている自治体を表示します。"""
    with store.opened(settings().database_url, migrated=True) as engine, store.reading(engine) as session:
        for one in revisions.towns(session):
            print(f"{one.id}\t{one.name}\t{one.prefecture}")


@staff.command("operator")
def operator() -> None:
    """最初の運用の人を登録し、一度だけのパスワードを表示します。"""
    if not make_first_operator():
        print("運用の人は、もう登録されています。入れないときは annai staff link ログイン名 を。", file=sys.stderr)
        raise typer.Exit(2)


def make_first_operator() -> bool:
    """Registers the first operator and says how they come in; False where there is one."""
    with store.opened(settings().database_url, migrated=True) as engine, store.writing(engine) as session:
        password = towns.add_first_operator(session, datetime.now(UTC))
    if password is None:
        return False
    print("最初の運用の人（自治体の欄は「運用」を選びます。この表示は一度だけです）")
    print(f"  ログイン名：{towns.OPERATOR}")
    print(f"  一度だけのパスワード：{password}", flush=True)
    return True


@staff.command("link")
def link(
    login: Annotated[str, typer.Argument(help="ログイン名")],
    town_id: Annotated[str, typer.Option("--town", help="自治体の id（運用の人は付けない）")] = "",
) -> None:
    """パスワードを決め直す一度だけのリンクを表示します。認証アプリも登録し直しになります。"""
    given = settings()
    with store.opened(given.database_url, migrated=True) as engine, store.writing(engine) as session:
        token = _reset(session, town_id or None, login)
    print(_link(given, token))


def _reset(session: Session, town_id: str | None, login: str) -> str:
    person = accounts.by_name(session, town_id, login)
    if person is None or not person.active:
        print("その人は登録されていないか、使えません。--town とログイン名を確かめてください。", file=sys.stderr)
        raise typer.Exit(2)
    now = datetime.now(UTC)
    audit.record(session, "staff.link_issued", at=now, town_id=town_id, subject=person.name, 場所="サーバーのコマンド")
    return accounts.issue_link(session, person, Purpose.RESET, now)


def _link(given: Settings, token: str) -> str:
    """The link on the address where the internal app listens; behind a proxy, staff put their own host before it."""
    return f"http://{given.admin_host}:{given.admin_port}/links/{token}"
