"""What of a message asks is told from what is only said beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sentences import (
    asking_part,
    asking_sentences,
    is_tag,
    sentences,
    up_to_asking,
    without_frame,
    without_interjections,
)


def test_what_is_said_beside_a_question_asks_for_nothing() -> None:
    assert (
        asking_part("AIは何をお手本にして進めるんですか?高校の課題で調べてます")
        == "AIは何をお手本にして進めるんですか?"
    )


def test_a_message_that_asks_in_no_sentence_is_read_whole() -> None:
    assert asking_part("困った。スマホが使えない。") == "困った。スマホが使えない。"


def test_a_question_too_short_to_say_of_what_is_read_with_the_rest() -> None:
    assert asking_part("スマホ教室をやるそうですね。いつから?") == "スマホ教室をやるそうですね。いつから?"


def test_a_sentence_that_points_back_comes_with_the_one_before() -> None:
    text = "契約書が紙でなくて電子になるそうです。そんな話、町の計画に書いてあるの?ではまた今度。"
    assert asking_sentences(text) == ["契約書が紙でなくて電子になるそうです。そんな話、町の計画に書いてあるの?"]


@given(st.text(alphabet="かの。?\n教えて町 ", max_size=80))
def test_every_sentence_found_stands_in_the_message(text: str) -> None:
    assert all(each in text for each in sentences(text))
    assert set(asking_part(text)) <= set(text)


def test_what_comes_after_the_question_is_cut_off_and_what_comes_before_is_kept() -> None:
    text = "鹿に畑やられる。補助金の申請はどこですか?移住してきたので気になって"
    assert up_to_asking(text) == "鹿に畑やられる。補助金の申請はどこですか?"


def test_an_aside_after_the_question_does_not_hide_that_it_asks() -> None:
    text = "母子手帳のことで聞きたいことがあります。受け持ちの課を教えてください（生後4か月の母です）"
    assert asking_part(text) == "受け持ちの課を教えてください（生後4か月の母です）"
    assert asking_part("計画は読みました。担当はどこの課ですか🙏✨") == "担当はどこの課ですか🙏✨"


def test_a_sentence_that_wants_to_be_agreed_with_asks_nothing_beside_one_that_asks() -> None:
    text = "RPAは年間いくら払うんですか。税金ですよね?"
    assert is_tag("税金ですよね?")
    assert not is_tag("どこでしょう?")
    assert asking_part(text) == "RPAは年間いくら払うんですか。"


@pytest.mark.parametrize(
    "frame",
    [
        "計画にありますか?",
        "それって町の計画に書いてありますか?",
        "この方針には載ってるんですか",
        "keikaku ni arimasu ka?",
    ],
)
def test_whether_the_plan_says_it_is_no_question_of_its_own(frame: str) -> None:
    asked = "家から仕事ができるようになりますか。"
    assert without_frame(asked + frame) == asked
    assert without_frame(frame) == frame


def test_a_question_that_goes_on_after_naming_the_plan_is_no_frame() -> None:
    text = "五霞に住んでいる者です。計画に載ってる重点取組は何?"
    assert without_frame(text) == text


def test_the_other_of_two_answers_comes_with_the_question() -> None:
    asked = asking_sentences("この計画は市が一から考えたんですか。それとも何かお手本があるんですか。")
    assert asked[-1].startswith("この計画")


def test_what_only_says_that_the_last_reply_was_heard_is_no_part_of_the_question() -> None:
    assert without_interjections("へえー。そうなんだ。で、費用は?") == "で、費用は?"
    assert without_interjections("うん。") == "うん。"
    assert without_interjections("はいはい教室の予定") == "はいはい教室の予定"


@given(st.text(alphabet="はいうんへえ。、ー教室", max_size=40))
def test_without_interjections_the_end_of_the_message_stays(text: str) -> None:
    assert text.endswith(without_interjections(text))


def test_a_sentence_that_points_back_in_its_middle_comes_with_the_one_before() -> None:
    text = "役所ごとに書き方が違うと困ります。背景の章ではそこをどうすると言っていますか?大学生です。"
    assert asking_sentences(text) == ["役所ごとに書き方が違うと困ります。背景の章ではそこをどうすると言っていますか?"]
