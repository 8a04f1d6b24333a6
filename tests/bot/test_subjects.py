"""What a question is about, and whether the town never uses its word."""

import pytest

from bot.subjects import is_unknown_word
from tests.towns import towns


@pytest.mark.parametrize(
    ("town", "question", "unknown"),
    [
        ("toin", "ブロックチェーンとは何ですか", True),
        ("toin", "いんたーねっとは ひいて もらえるのでしょうか", False),
        ("hokota", "被害の証明書、りさい何とかっていうのもネットで頼める？", False),
    ],
)
def test_only_a_word_whose_meaning_is_asked_can_be_unknown(town: str, question: str, *, unknown: bool) -> None:
    library = towns()[town].library
    assert is_unknown_word(library.ready(question), towns()[town]) is unknown
