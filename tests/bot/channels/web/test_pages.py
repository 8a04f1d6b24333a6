"""The page that needs no script: ask, read, choose, and lose nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from tests.bot.server import running

PAGE = "/t/sample"


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[httpx.Client]:
    with running(engine, tmp_path / "towns") as client:
        yield client


def conversation(page: str) -> str:
    found = re.search(r'name="conversation" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def test_greets_with_a_form_and_topics(client: httpx.Client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "町が公表した計画から作成" in page.text
    assert "デジタルデバイド対策" in page.text


def test_answers_and_goes_on_with_the_conversation(client: httpx.Client) -> None:
    first = client.post(PAGE, data={"text": "スマホ教室はありますか"})
    assert "出典：見本町DX計画" in first.text
    second = client.post(PAGE, data={"text": "担当は？", "conversation": conversation(first.text)})
    assert "企画課" in second.text


def test_shows_residents_words_as_text_only(client: httpx.Client) -> None:
    page = client.post(PAGE, data={"text": "<script>alert(1)</script>RPAって何"})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_keeps_what_was_typed_where_it_cannot_be_served(client: httpx.Client) -> None:
    page = client.post(PAGE, data={"text": "あ" * 2001})
    assert page.status_code == 422
    assert "あ" * 2000 in page.text
    assert "2,000文字" in page.text


def test_says_what_to_do_with_an_empty_form(client: httpx.Client) -> None:
    page = client.post(PAGE, data={"text": " "})
    assert page.status_code == 422
    assert "入力してから" in page.text


def test_carries_a_strict_policy(client: httpx.Client) -> None:
    policy = client.get(PAGE).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/static/style.css").headers["Content-Type"].startswith("text/css")


def test_no_words_stand_in_an_address(client: httpx.Client) -> None:
    page = client.post(PAGE, data={"text": "RPAって何"})
    assert str(page.url).endswith(PAGE)
    assert 'method="get"' not in page.text
