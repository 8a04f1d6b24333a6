"""What the plan leaves open is admitted where it is named."""

import pytest

from bot.admitting import hardly_fits
from bot.understanding import understand
from bot.weighing import weigh
from tests.bot.talking import ask, entries
from tests.towns import towns


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


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("okutama", "峰谷の奥は携帯がつながらない。電波の塔を立てるのは何年度の予定になってる？"),
        ("toin", "バス停で待っとるとき、オレンジバスが今どこ走っとるかスマホの地図で見られるようにしてくれるん？"),
    ],
)
def test_an_entry_that_only_says_what_is_left_open_goes_before_a_neighbour(town: str, question: str) -> None:
    reply = ask(town, question)
    assert reply["kind"] == "unknown"
    assert "書かれていません" in reply["text"]


def test_a_word_called_by_its_name_is_explained_whatever_else_is_in_the_message() -> None:
    question = "孫に「ばあちゃんはデジタルディバイドってやつだね」と笑われました。何のことやら、教えてください"
    assert entries(ask("goka", question))[0] == "digital-divide"


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("goka", "ローカル5Gの電波はうちの地区にも飛ぶようになりますか"),
        ("goka", "オンライン会議は Zoom ですか Teams ですか"),
        ("nakanojo", "スマホの講座は申し込みがいるの、定員はあるの"),
    ],
)
def test_an_admission_that_is_liker_and_fuller_than_what_is_told_is_said(town: str, question: str) -> None:
    assert ask(town, question)["kind"] == "unknown"


def test_a_meaning_is_told_though_an_admission_has_the_words_too() -> None:
    assert ask("okutama", "ディーエックスって結局わしらの何がどうなるってこと")["kind"] == "answer"


@pytest.mark.parametrize(
    ("question", "hardly"),
    [
        ("紙でやってた仕事をただパソコンに置きかえるだけじゃ意味ない。仕事のやり方そのものはどうするんですか", True),
        ("職員が使うパソコンは何台ありますか", False),
    ],
)
def test_an_admission_with_hardly_a_word_of_the_question_does_not_fit(question: str, *, hardly: bool) -> None:
    weighed = weigh(understand(question), towns()["okutama"])
    admission = next(c for c in weighed.candidates if c.entry.content.id == "office-equipment")
    assert hardly_fits(admission) is hardly
