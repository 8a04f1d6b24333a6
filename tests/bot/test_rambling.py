"""The question is found in a long story."""

import pytest

from bot.rambling import heart_of
from bot.understanding import understand
from tests.bot.talking import ask
from tests.towns import towns


@pytest.mark.parametrize(
    ("story", "entry"),
    [
        (
            "うちの婆さんが腰をやってしまって、病院の送り迎えで毎日くたくたです。回覧板もたまる一方で、隣の家に叱られました。"
            "役場では職員さんが家で仕事をするようになるんですか。待っています、よろしくお願いします。",
            "remote-work",
        ),
        (
            "孫が運動会で一等になりましてね、写真をたくさん撮ったんですよ。お金も払いに行かないといかんし忙しくて。"
            "スマホの使い方を教えてくれる教室はこれからやるんやろか。ほんまに困っとるんです。",
            "digital-divide",
        ),
    ],
)
def test_the_sentence_that_asks_is_the_question(story: str, entry: str) -> None:
    _, weighed, _ = heart_of(understand(story), towns()["toin"])
    assert weighed.candidates[0].entry.content.id == entry


def test_a_sentence_that_points_back_is_read_with_the_one_before() -> None:
    story = (
        "畑の帰りに友達に会いましてね、息子さんが工事の会社をやっとるんです。"
        "役場との契約書が紙ではなくて電子になるとか。そんな話、町の計画に書いてあるの？"
    )
    question, _, _ = heart_of(understand(story), towns()["toin"])
    assert "契約書" in question.text


def test_a_question_with_hardly_a_word_of_its_own_is_read_with_the_sentence_before() -> None:
    text = (
        "うちの子らに、東員町の昔のことやお祭り、土地柄なんかを学校で学んでほしいんです。"
        "デジタルを使って何かする計画はありますか"
    )
    assert "教材" in ask("toin", text)["body"]
