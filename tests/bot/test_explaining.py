"""Try it: the same reply as production, with reasons that staff understand."""

import pytest

from bot.context import Context
from bot.explaining import explain
from bot.rendering import as_json
from bot.responder import respond
from tests.bot.sample import sample_town

QUESTIONS = ("RPAって何", "スマホの教室はいつから", "プールの営業時間", "119に電話したい、火事です", "", "こんにちは")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_reply_is_the_one_that_residents_get(question: str) -> None:
    outcome = respond(question, Context(), sample_town())
    assert explain(sample_town(), question).reply == as_json(outcome.reply, sample_town().office, masked=outcome.masked)


def reasons(question: str) -> str:
    return "\n".join(explain(sample_town(), question).runners[0].reasons)


def test_a_name_a_word_and_a_phrasing_explain_a_match() -> None:
    said = reasons("RPAって何ですか")
    assert "名前「RPA」があります" in said
    assert "「rpa」という語が、題や別名にあります" in said
    assert "言い換え「携帯の操作を習いたい」に100%似ています" in reasons("携帯の操作を習いたい")


def test_a_word_of_the_lexicon_names_its_group() -> None:
    assert "と同じ意味の語です（辞書 " in reasons("スマートフォンの講習会を開いてほしい")


def test_a_slip_and_a_sound_are_told() -> None:
    assert "「基本方針」と同じ音の部分" in reasons("きほんほうしんって何")
    assert "「スマホ教室」とよく似た部分" in reasons("すまほきょうしすはどこ")


def test_what_was_read_out_of_the_question_is_told() -> None:
    read = "\n".join(explain(sample_town(), "スマホの教室の担当はどこ").reading)
    assert "をたずねていると読みました" in read
    assert "どの回答項目にも辞書にもありません" in "\n".join(explain(sample_town(), "盆踊りの太鼓").reading)


@pytest.mark.parametrize(
    ("question", "said"),
    [("RPAって何", "以上なので答えます"), ("盆踊りの太鼓", "足りないので"), ("こんにちは", "探しません")],
)
def test_the_decision_is_told_with_its_limit(question: str, said: str) -> None:
    assert said in explain(sample_town(), question).decision


def test_runners_up_are_other_entries_in_order() -> None:
    runners = explain(sample_town(), "計画の方針と期間").runners
    assert len({one.entry for one in runners}) == len(runners) > 1
    assert [one.score for one in runners] == sorted((one.score for one in runners), reverse=True)
