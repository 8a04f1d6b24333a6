"""The webhook's door: LINE's signature, the verify button, sizes, and storage that is down."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from bot.channels.line.webhook import signature
from bot.settings import BadSetting, read_settings
from tests.bot.channels.line.server import answering, ended, events_of
from tests.bot.server import running
from tests.line_platform.events import Writer
from tests.line_platform.platform import DESTINATION, SECRET, Platform, deliver, signed

pytestmark = pytest.mark.one_database
WEBHOOK = "/line/sample/webhook"
EMPTY = json.dumps({"destination": DESTINATION, "events": []}, separators=(",", ":")).encode()
PREVIOUS = "f" * 32


def test_the_signature_is_that_of_lines_test_vector(database_url: str) -> None:
    assert signature(EMPTY, SECRET.encode()) == b"GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


@pytest.fixture
def door(engine: Engine, tmp_path: Path, platform: Platform) -> Iterator[httpx.Client]:
    with answering(engine, tmp_path / "towns", platform, channel_secret_previous=PREVIOUS) as client:
        yield client


def test_lets_in_only_what_line_signed(door: httpx.Client, engine: Engine, platform: Platform) -> None:
    assert door.post(WEBHOOK, content=EMPTY, headers=signed(EMPTY)).status_code == 200
    assert door.post(WEBHOOK, content=EMPTY, headers=signed(EMPTY, PREVIOUS)).status_code == 200
    body = platform.body([Writer().text("スマホ教室はありますか")])
    reordered = json.dumps(json.loads(body), sort_keys=True).encode()
    for content, headers, status in (
        (body, {}, 401),
        (body, signed(body, "0" * 32), 403),
        (body, signed(reordered), 403),
        (body + b" ", signed(body), 403),
        (body, {"X-Line-Signature": "é".encode()}, 403),
    ):
        refused = door.post(WEBHOOK, content=content, headers=headers)
        assert (refused.status_code, "LINE" in refused.json()["message"]) == (status, True)
    assert events_of(engine) == []


def test_refuses_what_is_too_large_or_no_delivery(door: httpx.Client) -> None:
    large = b"[" + b" " * 1_100_000 + b"]"
    assert door.post(WEBHOOK, content=large, headers=signed(large)).status_code == 413
    for body in (b"{", b"[]", b"{}", b'{"events": 1}', b"\xff", b"[" * 50_000):
        assert door.post(WEBHOOK, content=body, headers=signed(body)).status_code == 400


def test_a_delivery_of_unknown_length_and_a_long_text_are_taken(
    door: httpx.Client, engine: Engine, platform: Platform
) -> None:
    question = Writer().text("スマホ教室はありますか。" + "あ" * 9_000)
    body = platform.body([question])
    assert door.post(WEBHOOK, content=iter([body[:100], body[100:]]), headers=signed(body)).status_code == 200
    ended(engine, 1)
    assert len(platform.answers(question)) == 1


def test_while_storage_is_down_line_is_asked_to_send_again(
    door: httpx.Client, engine: Engine, platform: Platform
) -> None:
    question = Writer().text("スマホ教室はありますか")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE line_event RENAME TO elsewhere"))
    refused = deliver(door, platform, question)
    assert (refused.status_code, refused.json()["error"]) == (503, "not_stored")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO line_event"))
    assert deliver(door, platform, question).status_code == 200
    ended(engine, 1)
    assert len(platform.answers(question)) == 1


def test_a_town_without_an_account_has_no_webhook(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns") as client:
        assert client.post(WEBHOOK, content=EMPTY, headers=signed(EMPTY)).status_code == 404


def test_accounts_are_read_from_the_environment_and_files(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("token\n", encoding="ascii")
    monkeypatch.setenv("ANNAI_LINE_NAKA_MACHI_CHANNEL_SECRET", SECRET)
    monkeypatch.setenv("ANNAI_LINE_NAKA_MACHI_CHANNEL_SECRET_PREVIOUS", PREVIOUS)
    monkeypatch.setenv("ANNAI_LINE_NAKA_MACHI_CHANNEL_ACCESS_TOKEN_FILE", f"{tmp_path}/token")
    (town, account), *_ = read_settings().line_accounts.items()
    assert town == "naka-machi"
    assert account.secrets == (SECRET.encode(), PREVIOUS.encode())
    assert account.channel_access_token.get_secret_value() == "token"
    assert SECRET not in repr(account)
    monkeypatch.delenv("ANNAI_LINE_NAKA_MACHI_CHANNEL_ACCESS_TOKEN_FILE")
    with pytest.raises(BadSetting, match="ANNAI_LINE_NAKA_MACHI_CHANNEL_ACCESS_TOKEN"):
        read_settings()
