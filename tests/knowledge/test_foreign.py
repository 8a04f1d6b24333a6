"""An English sentence is looked up by Japanese words."""

import pytest

from knowledge import lexicon
from knowledge.documents import Document
from knowledge.foreign import english, in_own_words
from knowledge.index import Index
from knowledge.weights import load

INDEX = Index.build([Document("one", "DX推進計画", "中小企業を支援する", ())], lexicon.bundled(), load("town"))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("I have a small shop, will town support me?", "中小企業"),
        ("how do you send alerts when typhoon comes", "台風"),
        ("my mother cannot use smartphone at all", "デジタルデバイド"),
        ("do you have free wifi in town", "公衆無線LAN"),
        ("What are the three network layers?", "三層の対策"),
        ("How many priority items are there?", "重点取組事項"),
        ("Which department is in charge of it?", "担当課"),
        ("What will the town do in 2024?", "令和6年度"),
        ("What is the card rate of this town?", "カード"),
        ("What does machine readable data mean?", "機械判読"),
    ],
)
def test_says_an_english_word_in_japanese(sentence: str, word: str) -> None:
    assert word in in_own_words(sentence, INDEX)


def test_words_that_say_nothing_are_left_out() -> None:
    assert "vietnam" not in in_own_words("hello i am from vietnam, please explain the plan", INDEX)


def test_a_word_that_nothing_here_means_stays() -> None:
    assert "restaurant" in in_own_words("where is a good restaurant here", INDEX)


def test_who_is_in_charge_is_no_charge() -> None:
    assert "料金" not in in_own_words("Which department is in charge of childcare?", INDEX)


def test_a_long_term_asks_for_no_term() -> None:
    assert "用語" not in in_own_words("Is the policy connected with the long term plan?", INDEX)


def test_a_japanese_text_stays_as_it_is() -> None:
    assert in_own_words("町のWi-Fiはどこ", INDEX) == "町のWi-Fiはどこ"


def test_every_english_word_leads_to_japanese_ones() -> None:
    assert all(group.broader for group in english().groups)


def test_an_abbreviation_that_the_town_uses_is_said_once() -> None:
    said = in_own_words("who is the boss of dx in this town", INDEX)
    assert "dx" in said
    assert "デジタルトランスフォーメーション" not in said


def test_the_english_it_is_no_technology() -> None:
    assert "情報通信技術" not in in_own_words("this policy, until when does it run", INDEX)
