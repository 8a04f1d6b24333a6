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


@pytest.mark.parametrize(
    ("town", "question", "unknown"),
    [
        ("toin", "各課に「ITリーダー」っていう人はおるんですか", True),
        ("toin", "「スマートシティ」の話は計画にありますか", True),
        ("toin", "「書かない窓口」はいつからですか", False),
        ("nakanojo", "各課に「ITリーダー」っていう人はおるんですか", False),
        ("toin", "「町民の役に立つこと」はしますか", False),
    ],
)
def test_a_noun_in_quotation_marks_that_the_town_never_uses_is_unknown(
    town: str, question: str, *, unknown: bool
) -> None:
    assert is_unknown_word(towns()[town].library.ready(question), towns()[town]) is unknown


def test_that_such_a_thing_is_thought_of_names_no_word() -> None:
    question = "施設まで来て申請を受けてくれるような、そういうことは考えてるんでしょうか"
    assert not is_unknown_word(towns()["hokota"].library.ready(question), towns()["hokota"])


def test_a_word_with_a_slip_in_it_is_known() -> None:
    question = "きゃしゅれる決剤ってどうゆう払いかたでつか"
    assert not is_unknown_word(towns()["toin"].library.ready(question), towns()["toin"])
