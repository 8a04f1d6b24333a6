"""Two questions, or two subjects of one question, in one message: each is answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.twofold import halves, sides
from bot.understanding import understand
from tests.bot.sample import sample_town
from tests.bot.talking import ask, entries


@pytest.mark.parametrize(
    ("town", "question", "expected"),
    [
        ("okutama", "テレワークとオープンデータ、それぞれ何するの", ["telework-promotion", "open-data-promotion"]),
        ("okutama", "ICTとDXの意味", ["ict", "dx"]),
        (
            "okutama",
            "デジタルデバイト対策と、あとオープンデータの推進、両方なにするか教えて",
            ["digital-divide-measures", "open-data-promotion"],
        ),
        ("goka", "RPAとEBPMって何", ["rpa", "ebpm"]),
    ],
)
def test_two_names_are_each_asked_for(town: str, question: str, expected: list[str]) -> None:
    assert entries(ask(town, question)) == expected


@pytest.mark.parametrize(
    "question", ["AIとRPAについて教えて", "マイナポータルとマイナンバーカードを連携して何をするの", "国と都は何をする"]
)
def test_what_is_one_thing_or_done_to_both_stays_one_question(question: str) -> None:
    assert len(set(entries(ask("okutama", question)))) <= 1


def test_a_body_is_not_dated_by_another_one_whose_name_ends_alike() -> None:
    assert ask("okutama", "奥多摩町DX推進部会はいつから")["kind"] == "unknown"


@pytest.mark.parametrize(
    ("message", "second"),
    [
        ("RPAとは何ですか。窓口はどこですか", "窓口はどこですか"),
        ("RPAとは何ですか。それと書かない窓口のことも", "書かない窓口のことも"),
    ],
)
def test_two_questions_are_parted(message: str, second: str) -> None:
    both = halves(understand(message))
    assert both is not None
    assert both[1].text == second


def test_a_question_with_its_reason_behind_is_one() -> None:
    assert halves(understand("マイナポータルで何ができますか？仕事が休めなくて困っています")) is None


def test_a_question_inside_another_is_no_question_of_its_own() -> None:
    question = "オレンジバスが今どこを走っとるか、スマホの地図で見られるようになる計画はある？"
    assert halves(understand(question)) is None
    assert halves(understand("スマホ教室の担当はどこですか、マイナンバーカードは何枚配りましたか")) is not None


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_never_raises(one: str, other: str) -> None:
    sides(understand(f"{one}と{other}って何"), sample_town())


def test_two_answers_to_choose_from_are_one_question() -> None:
    question = understand("この計画、市が一から考えたんですか。それとも何かお手本があるんですか")
    assert halves(question) is None
