"""What counts as an explanation and as a name."""

import pytest

from knowledge.plans.explaining import explains, is_long_enough, is_name


@pytest.mark.parametrize(
    "gloss",
    [
        "職員が聞き取って申請書を作る窓口",
        "紙の書類をデータに置き換えること。",
        "だれでも使える形で公開されたデータのことです",
        "ネットの向こうにあるものを使う形をいいます",
        "マイナポータルの電子申請機能",
    ],
)
def test_a_thing_with_a_clause_explains(gloss: str) -> None:
    assert explains(gloss)


@pytest.mark.parametrize("gloss", ["令和5年に実施した調査", "公民館、図書館など", "総務課", "1階の窓口", "以下同じ"])
def test_a_date_a_list_or_a_place_explains_nothing(gloss: str) -> None:
    assert not explains(gloss)


@pytest.mark.parametrize("word", ["本計画", "町民", "120人", "の", "x" * 26])
def test_what_every_plan_speaks_of_is_no_name(word: str) -> None:
    assert not is_name(word)


def test_a_short_word_in_kanji_needs_more_than_a_bracket() -> None:
    assert not is_long_enough("制約") and is_long_enough("電子決裁") and is_long_enough("AI")
