"""The same asked of two things, in one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alike import asked_alike
from bot.understanding import understand
from tests.bot.talking import ask


def facets(town: str, question: str) -> list[tuple[str, str]]:
    return [(part["entry"], part["facet"]) for part in ask(town, question)["parts"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("子育てアプリの担当と、防災無線の担当、それぞれどこ？", ["digital-parenting", "digital-disaster"]),
        ("スマホ教室はどこの課、Wi-Fiはどこの課？", ["digital-divide", "public-wifi"]),
        ("防災無線とスマホ教室の担当課は", ["digital-disaster", "digital-divide"]),
        ("フレイル予防の課と子どものタブレットの課を知りたい", ["data-health", "digital-education"]),
        ("キャッシュレスの担当課は？あと電子決裁は？", ["cashless", "paperless"]),
    ],
)
def test_the_department_of_each_is_said(question: str, expected: list[str]) -> None:
    assert facets("toin", question) == [(entry, "department") for entry in expected]


def test_the_goal_of_each_is_said() -> None:
    found = facets("toin", "テレワークの目標とペーパーレス化の目標を教えて")
    assert found == [("remote-work", "goal"), ("paperless", "goal")]


def test_what_is_told_of_one_thing_stays_one_answer() -> None:
    assert facets("toin", "勤怠管理の開始時期とスケジュール管理の開始時期は？") == [("attendance", "schedule")]


def test_a_second_sentence_with_a_wish_of_its_own_is_no_name() -> None:
    question = "住民票の代金とか体育館の使用料、いつまで現金だけなの？カードやスマホで払えるようにする気は？"
    assert ask("nakanojo", question)["kind"] == "answer"


def test_what_is_asked_of_each_of_two_parts_without_names_is_said_of_both() -> None:
    reply = ask("okutama", "電子申請と電子調達って、それぞれ使うのは誰？")
    assert "個人" in reply["body"]
    assert "事業者" in reply["body"]


@given(st.text(alphabet="のと、担当課はいつからABあ？\n", max_size=80))
def test_never_raises(text: str) -> None:
    asked_alike(understand(text))


def test_the_days_of_two_things_are_both_said() -> None:
    reply = ask("nakanojo", "デジタル庁ができた日と、国が自治体DX推進計画を決めた日を教えてください")
    assert "2021年9月1日" in reply["body"]
    assert "2020年12月25日" in reply["body"]
