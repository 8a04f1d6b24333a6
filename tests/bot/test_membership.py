"""Whether a thing is in a list is answered with yes, near or no, never with the bare list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.context import Context
from bot.membership import decide
from bot.understanding import understand
from tests.bot.sample import sample_town
from tests.bot.talking import ask, entries


@pytest.mark.parametrize(
    ("town", "turns", "item"),
    [
        ("okutama", ("基幹業務は何がある", "戸籍は入ってる？"), "戸籍"),
        ("okutama", ("重点取組事項にテレワークは含まれる？",), "テレワークの推進"),
        ("nakanojo", ("マイナンバーカードは国の重点に入ってる？",), "1-(2) マイナンバーカードの普及促進"),
        ("goka", ("用語集にRPAは載ってますか",), "RPA"),
        ("nakanojo", ("オープンデータの一覧", "トイレはある？"), "公衆トイレ一覧"),
        ("nakanojo", ("略語の一覧", "SDGsは載ってる？"), "SDGs（国連の国際目標）"),
    ],
)
def test_says_yes_with_the_item_and_the_lists_source(town: str, turns: tuple[str, ...], item: str) -> None:
    reply = ask(town, *turns)
    assert reply["body"].startswith(f"はい、「{item}」は「")
    assert reply["body"].endswith("に入っています。")
    assert "出典：" in reply["text"]


def test_a_name_that_only_means_nearly_the_same_is_no_but_the_near_one_is_said() -> None:
    body = ask("okutama", "標準化の20業務に車の税は入ってる？")["body"]
    assert "その名前のものはありません" in body
    assert "近いものに「軽自動車税」" in body


def test_another_word_for_an_item_is_the_item() -> None:
    assert ask("okutama", "20業務に国保は入ってる？")["body"].startswith("はい、「国民健康保険」は")


def test_two_things_are_both_answered() -> None:
    body = ask("okutama", "20業務に介護保険と戸籍は入ってる？")["body"]
    assert "はい、「介護保険」は" in body
    assert "はい、「戸籍」は" in body


@pytest.mark.parametrize("question", ["20業務に戸籍と水道は入ってる？", "20業務に国保と介護は入ってる？全部の名前も"])
def test_the_whole_list_is_said_where_one_of_two_is_not_in_it_or_all_is_asked_for(question: str) -> None:
    body = ask("okutama", question)["body"]
    assert body.count("\n・") == 20
    assert "ありません" not in body


def test_says_no_with_the_whole_list_where_the_list_says_that_it_is_whole() -> None:
    body = ask("okutama", "標準化の20業務", "図書館は入ってる？")["body"]
    assert "その名前のものはありません" in body
    assert body.count("\n・") == 20


def test_a_list_of_groups_cannot_say_no() -> None:
    assert "ありません。一覧" not in ask("hokota", "31手続に図書館は入ってる？")["body"]


def test_only_the_list_spoken_of_says_yes() -> None:
    assert not ask("hokota", "オンライン化する手続きを全部", "戸籍は入ってる？")["body"].startswith("はい")


def test_the_next_thing_is_looked_for_in_the_same_list() -> None:
    reply = ask("hokota", "20業務に生活保護は入ってる？", "就学は？")
    assert reply["body"].startswith("はい、「就学」は")


def test_whether_the_plan_says_a_thing_is_no_question_of_a_list() -> None:
    assert not ask("goka", "役場の電話が混みあった反省は計画に入っていますか")["body"].startswith("はい")


def test_two_things_at_once_get_the_list() -> None:
    body = ask("okutama", "標準化の20業務に国保と介護は入っていますか")["body"]
    assert "国民健康保険" in body
    assert "介護保険" in body


def test_for_whom_a_measure_is_asks_of_no_list_with_such_a_word() -> None:
    assert entries(ask("toin", "スマホ教室は年寄りだけが対象？")) == ["digital-divide"]


def test_a_thing_that_comes_in_is_in_no_list_that_nobody_named() -> None:
    assert not ask("nakanojo", "人口のデータは入る？")["body"].startswith("はい")


def test_which_of_two_holds_a_thing_is_no_question_of_yes_or_no() -> None:
    assert "その名前のものはありません" not in ask("nakanojo", "方針1と方針3、国の重点が入ってるのはどっち")["text"]


def test_whether_a_thing_comes_in_is_told_by_the_list() -> None:
    assert ask("okutama", "20業務に介護は入る？")["body"].startswith("はい、「介護保険」は")


def test_asking_which_list_is_no_question_of_yes_or_no() -> None:
    assert entries(ask("toin", "データヘルスは基本方針のどれに入ってる")) == ["policy-2"]


@given(st.text(max_size=40))
def test_never_raises(text: str) -> None:
    decide(understand(f"{text}は入ってる？"), Context(), sample_town())


def test_two_things_called_by_other_words_are_both_found_in_a_list_of_lists() -> None:
    body = ask("nakanojo", "推奨データの項目に、避難場所と病院の一覧は入ってますか")["body"]
    assert "避難場所" in body
    assert "医療機関" in body


def test_that_a_word_is_listed_may_only_be_said_on_the_way() -> None:
    body = ask("goka", "用語集に「デザイン」て載ってるけどポスターの見た目の話け？")["body"]
    assert not body.startswith("はい")
    assert "利用者" in body
