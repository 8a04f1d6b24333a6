"""Names are found as written, as they sound, and with a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.names import Names, any_stands_in, fold, heard, stands_in

NAMES = Names(
    [
        ("divide", "デジタルデバイド対策", ""),
        ("giga", "GIGAスクール構想", "ぎがすくーるこうそう"),
        ("card", "マイナンバーカード", ""),
        ("ai", "AI", "えーあい"),
        ("cashless", "キャッシュレス決済", ""),
        ("card-use", "マイナンバーカードの普及促進", ""),
    ]
)


def owners(question: str) -> set[str]:
    return {hit.owner for hit in NAMES.find(question)}


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("デジタル・デバイド対策はありますか", "divide"),
        ("でじたるでばいどたいさくを知りたい", "divide"),
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ ﾄﾊ", "card"),
        ("機が すくーる 高層 って", "giga"),
        ("キャシュレスけさいって", "cashless"),
    ],
)
def test_finds_a_name_however_it_is_written(question: str, owner: str) -> None:
    assert owner in owners(question)


def test_takes_the_longer_of_two_names_that_begin_alike() -> None:
    assert owners("マイナンバーカードの普及促進について") == {"card-use"}


def test_a_name_that_is_only_heard_is_no_part_of_a_written_one() -> None:
    names = Names([("law", "標準化法", ""), ("measure", "標準化", "")])
    assert {hit.owner for hit in names.find("標準化法って何")} == {"law"}


def test_does_not_find_a_short_latin_name_inside_a_longer_word() -> None:
    assert "ai" not in owners("mailとtrainのこと")
    assert "ai" in owners("AIのこと")
    assert "ai" in owners("AI、AIって言うけど")


def test_finds_nothing_in_a_question_about_something_else() -> None:
    assert NAMES.find("明日の天気はどうですか") == []


def test_says_less_surely_what_was_only_heard() -> None:
    written, slipped = NAMES.find("キャッシュレス決済"), NAMES.find("キャシュレスけんさい")
    assert written[0].sureness == 1.0
    assert all(hit.sureness < 1.0 for hit in slipped)


@given(st.text(max_size=400))
def test_never_raises_and_stays_within_the_text(text: str) -> None:
    for hit in NAMES.find(text):
        assert 0 <= hit.start <= hit.end <= max(len(fold(text)), len(heard(text)))


def test_a_name_in_quotation_marks_is_a_word_of_its_own() -> None:
    names = Names([("frailty", "フレイル", "")])
    assert not names.find("ときふれいる")
    assert [hit.owner for hit in names.find("健診のとき「フレイル」と言われた")] == ["frailty"]


def test_a_name_of_two_kanji_does_not_stand_at_the_end_of_a_longer_word() -> None:
    assert stands_in("部会", "町の部会が決める")
    assert not stands_in("部会", "共同運営協議会の運用部会")


@pytest.mark.parametrize(
    "question", ["ぎがって言うけど、クラウドって何", "よく「クラウドを使う」って言うよね", "それクラウドの話"]
)
def test_a_short_name_is_found_where_katakana_or_a_mark_begin_it(question: str) -> None:
    names = Names([("cloud", "クラウド", "")])
    assert [hit.owner for hit in names.find(question, slips=False)][:1] == ["cloud"]


def test_a_short_name_is_not_found_in_a_longer_run_of_hiragana() -> None:
    assert Names([("cloud", "クラウド", "")]).find("さくらうどん", slips=False) == []


@given(
    st.lists(st.sampled_from(["部会", "推進本部", "dx", "計画"]), max_size=3),
    st.sampled_from(["運用部会", "推進本部と部会", "計画", ""]),
)
def test_any_of_several_names_stands_where_one_of_them_does(names: list[str], text: str) -> None:
    assert any_stands_in(names)(text) is any(stands_in(name, text) for name in names)
