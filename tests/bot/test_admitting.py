"""What the plan leaves open is admitted where it is named, and a price of nothing is no price of a neighbour."""

import pytest

from tests.bot.talking import ask


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("toin", "オレンジバスの自動運転はいつから始まりますか"),
        ("okutama", "ふるさと納税でドローン配送のお礼はいつ届くの"),
    ],
)
def test_a_thing_that_the_plan_leaves_open_is_admitted_though_a_word_beside_it_is_known(
    town: str, question: str
) -> None:
    assert ask(town, question)["kind"] != "answer"


def test_what_the_best_facet_tells_itself_is_no_admission() -> None:
    assert ask("toin", "スマホ教室で教えてくれますか")["kind"] == "answer"


@pytest.mark.parametrize("question", ["お金はいくらかかるの？", "お金はいくらかかるの？この計画", "補助金は出ますか"])
def test_a_price_or_a_benefit_of_nothing_is_asked_of_the_plan(question: str) -> None:
    reply = ask("toin", question)
    assert reply["kind"] == "unknown"
    assert "東員町デジタル化推進計画" in reply["text"]


def test_a_price_of_something_is_asked_of_that() -> None:
    assert "スマホ教室" in ask("toin", "スマホ教室はいくらですか")["text"]
