"""What is called by its place is found in the list or the row that is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.context import Context
from bot.places import decide
from bot.understanding import ordinals, understand
from tests.bot.sample import sample_town
from tests.bot.talking import ask, entries


@pytest.mark.parametrize(
    ("town", "turns", "entry"),
    [
        ("hokota", ("二つ目の基本方針の取り組みは", "三つ目は"), "list-policy-3"),
        ("toin", ("4番目の柱の取り組みは", "5番目は", "6つ目は"), "policy-6"),
        ("toin", ("柱は6本やったかな、3本目は何",), "policy-3"),
        ("toin", ("柱の2本目は",), "policy-2"),
    ],
)
def test_a_row_of_entries_is_counted_itself_and_not_the_items_of_one(
    town: str, turns: tuple[str, ...], entry: str
) -> None:
    reply = ask(town, *turns)
    assert entries(reply) == [entry]
    assert "番目は「" not in reply["body"]


@pytest.mark.parametrize(
    ("town", "turns", "said"),
    [
        ("okutama", ("(4)の政策は何",), "4番目は「情報セキュリティ対策の徹底"),
        ("goka", ("5つのステップの3段階目",), "3番目は「分かる」"),
        ("goka", ("重点取組の3番", "4番は"), "4番目は「マイナンバーカード"),
        ("okutama", ("2つ目の基本方針は", "3つ目は"), "3番目は「地域社会のデジタル化」"),
    ],
)
def test_an_item_is_found_by_its_place(town: str, turns: tuple[str, ...], said: str) -> None:
    assert said in ask(town, *turns)["body"]


@pytest.mark.parametrize(
    ("town", "question", "found"),
    [
        ("okutama", "方針の2番と3番の違い", ["policy-2", "policy-3"]),
        ("nakanojo", "方針の2番と3番、どう違うんですか", ["policy-2", "policy-3"]),
        ("hokota", "1番目の基本方針と3番目の違い", ["list-policy-1", "list-policy-3"]),
    ],
)
def test_two_places_are_set_side_by_side(town: str, question: str, found: list[str]) -> None:
    assert entries(ask(town, question)) == found


def test_all_of_what_is_called_by_its_number_is_no_neighbours() -> None:
    assert entries(ask("nakanojo", "方針1の取組を全部")) == ["policy-1"]


def test_the_item_just_said_can_be_asked_about() -> None:
    assert set(entries(ask("hokota", "基本方針は何", "二つ目は", "その取り組みは"))) == {"list-policy-2"}


@pytest.mark.parametrize(("text", "places"), [("2番と3番の違い", [2, 3]), ("(4)の政策", [4]), ("3段階目", [3])])
def test_hears_every_place(text: str, places: list[int]) -> None:
    assert ordinals(text) == places


@given(st.text(max_size=30), st.integers(0, 99))
def test_never_raises(text: str, number: int) -> None:
    decide(understand(f"{text}の{number}番目と{number}番の違い"), Context(), sample_town())


def test_another_place_after_an_item_is_counted_in_the_same_list() -> None:
    body = ask("goka", "重点取組事項の7番目は", "じゃあ2番目は？")["body"]
    assert body.startswith("7つの重点取組事項の2番目")


@pytest.mark.parametrize(
    ("asked", "entry", "facet"),
    [
        ("3つめはどんな中身？", "smart-counter", "actions"),
        ("4つめの担当は？", "cashless", "department"),
        ("2番目の課題は？", "online-procedures", "situation"),
        ("最後のやつを詳しく", "cashless", "actions"),
    ],
)
def test_a_place_in_a_list_leads_to_the_entry_of_that_title(asked: str, entry: str, facet: str) -> None:
    reply = ask("toin", "基本方針1の取組は？", asked)
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [(entry, facet)]


def test_a_place_alone_is_answered_with_the_name_and_then_with_what_is_done() -> None:
    turns = ("基本方針1の取組は？", "3つめは？")
    assert "3番目は「窓口サービスのスマート化」" in ask("toin", *turns)["body"]
    assert entries(ask("toin", *turns, "何するの？"))[0] == "smart-counter"


def test_a_bare_question_is_told_of_all_before_a_part() -> None:
    body = ask("toin", "AI・RPAの利用促進って", "なにするん？")["body"]
    assert body.startswith("計画では、決まりきった業務を中心に、RPA、AI-OCR、チャットボット、議事録作成システムを入れ")


def test_two_places_among_a_list_named_before_them_are_compared() -> None:
    assert len(ask("okutama", "3つの基本方針のうち、1番目と3番目はどう違う？")["parts"]) == 2


def test_the_next_of_a_row_is_asked_for_with_an_opening_word() -> None:
    assert entries(ask("hokota", "基本方針の1番は何ですか", "じゃあ2番は？")) == ["list-policy-2"]


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("デジタル実装タイプの推進って、追加で入れた取り組みだよね", "もう一個のほうは？"), "地域デジタル基盤"),
        (
            (
                "基幹業務システムの標準化と共通化って何をするんですか",
                "ガバメントクラウドに移すのはわかった。もう一つのほうは？",
            ),
            "標準仕様",
        ),
    ],
)
def test_the_other_of_two_things_is_told(turns: tuple[str, str], said: str) -> None:
    assert said in ask("goka", *turns)["body"]


def test_a_place_in_the_list_just_said_is_called_by_that_lists_own_word() -> None:
    assert "補助金" in ask("nakanojo", "お金のことも計画に書いてある？", "考え方の3つ目は？")["body"]


def test_the_last_can_be_asked_for_once_more() -> None:
    assert "無償" in ask("goka", "オープンデータの条件、3つあるんだよね", "最後のやつもう一回")["body"]


def test_what_has_just_this_phrasing_is_no_place_in_the_list_just_said() -> None:
    asked = "デジタル原則の2番目の中身"
    before = "国のデジタル原則の5つを全部教えて"
    assert entries(ask("hokota", before, asked))[0] == entries(ask("hokota", asked))[0] == "list-principle-2"
