"""Addresses and telephone numbers in a text become links; nothing else does."""

import re
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.layout import DATA
from bot.channels.web.links import linked, safe


def links(text: str, *, urgent: bool = False) -> list[tuple[str, str]]:
    return [piece for piece in linked(text, urgent=urgent) if piece[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("電話 0480-84-1111へ", ("0480-84-1111", "tel:0480-84-1111")),
        ("くわしくは https://www.example.lg.jp/dx/。", ("https://www.example.lg.jp/dx/",) * 2),
        ("https://example.jp/a?b=1, など", ("https://example.jp/a?b=1",) * 2),
        ("somu@example.lg.jp まで", ("somu@example.lg.jp", "mailto:somu@example.lg.jp")),
    ],
)
def test_an_address_is_a_link_without_the_marks_after_it(text: str, expected: tuple[str, str]) -> None:
    assert links(text) == [expected]


def test_short_numbers_are_links_only_in_an_emergency() -> None:
    text = "119番か、#8000（子ども医療電話相談）へ。24時間、100人"
    assert links(text) == []
    assert links(text, urgent=True) == [("119", "tel:119"), ("#8000", "tel:%238000")]


def test_a_number_within_a_longer_one_is_no_telephone_number() -> None:
    assert links("1234-0480-84-1111") == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "file:///etc", "//x", ""]
)
def test_another_kind_of_address_is_no_link(address: str) -> None:
    assert safe(address) == ""


@pytest.mark.parametrize("address", ["https://example.jp", "HTTP://example.jp", "tel:119", "mailto:a@example.jp"])
def test_the_four_kinds_are_links(address: str) -> None:
    assert safe(address) == address


@given(st.text(alphabet="0123456789-#番へhttps:/.@aあ\n", max_size=60), st.booleans())
def test_no_letter_is_lost_and_every_link_is_of_the_four_kinds(text: str, urgent: bool) -> None:
    pieces = linked(text, urgent=urgent)
    assert "".join(words for words, _ in pieces) == text
    assert all(urlsplit(address).scheme in ("http", "https", "mailto", "tel") for _, address in pieces if address)


def test_every_number_of_the_crisis_messages_can_be_called() -> None:
    crises = yaml.safe_load((DATA / "crises.yaml").read_text(encoding="utf-8"))["crises"]
    for crisis in crises:
        left = "".join(words for words, address in linked(crisis["message"], urgent=True) if not address)
        assert not re.search(r"1[1-9]\d|\d-\d|#\d", left.replace("24", "")), left
