"""The operator's command `annai`: one file a noun in `admin/commands/`, imported when its command is called."""

import sys
from importlib import import_module

import typer

from knowledge import garbage

# The name as it is typed: its module in `admin/commands/`, and what `annai --help` says of it without importing it.
COMMANDS = {
    "ask": ("ask", "質問に答えます（記録はしません）。"),
    "backup": ("backup", "データベースの控えを一つのファイルに書きます。動かしたままで使えます。"),
    "restore": (
        "backup",
        "控えを空のデータベースに戻します（--check は、仮の場所に戻して答えられるかを確かめます）。",
    ),
    "doctor": ("doctor", "設定・データベース・自治体・ポートを調べ、直すことを日本語で言います。"),
    "measure": ("measure", "返事・起動・HTTP・質問ボタン・職員の画面の時間とメモリを測ります（合否は判定しません）。"),
    "plan": (
        "plan",
        "計画の文書から、用語・取組・数値・一覧を見つけます。取り込むと、職員が確かめる下書きになります。",
    ),
    "purge": ("purge", "保存期間（初めは90日）をすぎた会話と質問を消します。"),
    "score": ("score", "質問の組を同梱の知識で採点し、種類ごとの数字を書きます（記録はしません）。"),
    "rank": ("search", "FAQ を質問ごとに並べ、TREC の形で書きます。"),
    "tune": (
        "search",
        "検索の重みを評価用の FAQ に合わせます。--dialogs なら、返事の確からしさを質問の組に合わせます。",
    ),
    "bench": ("search", "検索の時間・メモリー・質を測ります（合否は決めません）。"),
    "run": ("serving", "データベースを整え、五つの自治体を読み込んで、二つのアプリを動かします。"),
    "serve": ("serving", "アプリを動かします（先に annai run か annai knowledge load を）。"),
    "knowledge": ("knowledge", "同梱の知識を読み込む・確かめる"),
    "line": ("line", "LINEの公式アカウントを整える・確かめる"),
    "town": ("town", "自治体を増やす・見る"),
    "staff": ("town", "最初の運用の人を登録する、サインインできなくなった職員を助ける"),
}


def command(called: str = "") -> typer.Typer:
    """The command `annai`: of the one that is called the module is there, of the others the name and the help."""
    app = typer.Typer(
        name="annai",
        help="DX案内：町が公表した計画から、住民の質問に答えます。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    needed = COMMANDS[called][0] if called in COMMANDS else None
    if needed:
        import_module(f"admin.commands.{needed}").register(app)
    for name, (module, help_text) in COMMANDS.items():
        if module != needed:
            app.command(name, help=help_text)(_listed)
    return app


def _listed() -> None:
    """A command that is only listed; calling it would have imported its module."""


def main() -> None:
    """Run the command; what staff can mend is said in one sentence, without a traceback."""
    called = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        if called in COMMANDS:
            _log_as_json()
        with garbage.put_off():
            app = command(called)
        app()
    except Exception as error:
        from admin.faults import sentence  # noqa: PLC0415  what may fail is heavy, and needed after a failure only

        said = sentence(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        sys.exit(1)


def _log_as_json() -> None:
    """One JSON object a line on standard error."""
    import logging  # noqa: PLC0415  the help needs no log

    import structlog  # noqa: PLC0415

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    main()
