"""Passwords: which are refused and why, and that the hashes hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin import passwords
from admin.passwords import WeakPassword

TAKEN = ("みどりの自転車と雨の日の図書館", "correct horse battery", "goka の川で釣る大きな鯉", "x7!kQ2-vm9Zr")
NAMES = ("goka", "五霞町", "ごかまち", "yamada")


@pytest.fixture(autouse=True)
def quick_hashes() -> None:
    """Here the hashes are those of the product."""


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("みじかい", "12文字"),
        ("x" * 129, "12文字"),
        ("aaaaaaaaaaaaaa", "くり返し"),
        ("abababababababab", "くり返し"),
        ("abcdefghijklmnop", "順にならんだ"),
        ("1234567890123456", "順にならんだ"),
        ("password2026!!", "よく使われる"),
        ("Goka-Yamada-2026", "よく使われる"),
        ("五霞町役場2026ごかまち", "よく使われる"),
        ("ＰＡＳＳＷＯＲＤ１２３４", "よく使われる"),
        ("qwertyuiop2026", "よく使われる"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_with_its_reason(password: str, said: str) -> None:
    with pytest.raises(WeakPassword, match=said):
        passwords.check(password, NAMES)


@pytest.mark.parametrize(
    "password", ["みどりの自転車と雨の日の図書館", "correct horse battery", "goka の川で釣る大きな鯉", "x7!kQ2-vm9Zr"]
)
def test_a_password_of_unrelated_words_is_taken(password: str) -> None:
    passwords.check(password, NAMES)


def test_a_one_time_password_passes_its_own_check() -> None:
    password = passwords.one_time()
    passwords.check(password, NAMES)
    assert password != passwords.one_time()


def test_a_hash_knows_its_password_however_it_is_typed() -> None:
    kept = passwords.hashed("ガラスのくつ12時まで")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "RFC 9106's second recommendation: 64 MB, three passes"
    assert passwords.verify("カ゛ラスのくつ１２時まで".replace("カ゛", "ガ"), kept)
    assert not passwords.verify("ガラスのくつ11時まで", kept)


def test_nobodys_password_is_never_right() -> None:
    assert not passwords.verify("", "")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_weighed_without_failing(text: str) -> None:
    try:
        passwords.check(text, NAMES)
    except WeakPassword as error:
        assert "。" in str(error)
