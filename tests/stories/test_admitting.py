"""What the plan leaves open is admitted where just that is asked, and a known word in kana is never called unknown."""

from typing import Any

import pytest

from admin.commands.ask import replies
from tests.towns import towns


def ask(*turns: str) -> dict[str, Any]:
    return replies(turns, towns()["nakanojo"])[-1]


@pytest.mark.parametrize(
    ("question", "admitted"),
    [
        ("情報化推進委員会の委員長は誰", "委員の顔ぶれ、委員長"),
        ("住民税の納期限はいつ", "税金や水道料金の納め方"),
        ("Wi-Fiスポットは何か所あるんだい", "数（何か所あるか）"),
        ("公衆無線LANのパスワードは", "パスワード"),
    ],
)
def test_what_is_left_open_is_admitted_where_just_that_is_asked(question: str, admitted: str) -> None:
    reply = ask(question)
    assert reply["kind"] == "unknown"
    assert admitted in reply["text"]


def test_what_the_entry_does_say_is_said_although_it_admits_something_near() -> None:
    assert "34.8%" in ask("マイナンバーカードの交付枚数率は何%？")["body"]


@pytest.mark.parametrize(
    ("question", "entry"),
    [("でんしけっさいってなに", "e-approval-term"), ("おういんしょうりゃくとは", "seal-omission")],
)
def test_a_known_word_in_kana_is_explained(question: str, entry: str) -> None:
    assert ask(question)["parts"][0]["entry"] == entry


def test_two_questions_need_no_question_mark_between_them() -> None:
    reply = ask("デジタル庁いつできた、あと実行計画は？")
    assert [part["entry"] for part in reply["parts"]] == ["digital-agency", "digital-government-action-plan"]


def test_how_far_it_has_come_is_asked_of_what_was_spoken_of() -> None:
    assert ask("オープンデータの目標は？", "今はどこまでできてるの")["parts"][0]["facet"] == "situation"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("konbini de juminhyo wa itsu kara", "convenience-store-certificates"),
        ("AI wo itsu kara tsukau no", "ai-rpa"),
        ("cloud tte nani?", "cloud"),
    ],
)
def test_particles_between_romaji_are_heard_as_particles(question: str, entry: str) -> None:
    assert ask(question)["parts"][0]["entry"] == entry
