"""`annai purge`: erases what is older than each town's retention; safe at any time, from any process."""

from datetime import UTC, datetime

import typer

from bot.settings import settings
from knowledge import retention, store


def register(app: typer.Typer) -> None:
    """Add `purge` to the command."""
    app.command("purge")(purge)


def purge() -> None:
    """保存期間（初めは90日）をすぎた会話と質問を消します。"""
    with store.opened(settings().database_url, migrated=True) as engine:
        deleted = retention.purge(engine, datetime.now(UTC))
    print("消した数：" + "、".join(f"{name} {count}" for name, count in deleted.items()))
