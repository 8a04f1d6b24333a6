"""Two questions in one message, the second about what the first is answered with: both are said."""

import pytest

from tests.bot.talking import ask


def facets(town: str, *turns: str) -> list[tuple[str, str]]:
    return [(part["entry"], part["facet"]) for part in ask(town, *turns)["parts"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("公開型GISでは何をするの。担当の課も教えて", [("public-gis", "actions"), ("public-gis", "department")]),
        (
            "出退勤の管理はどう変えるつもりですか。受け持ちの課もわかれば教えてください",
            [("attendance", "actions"), ("attendance", "department")],
        ),
        ("テレワークの目標と担当を教えて", [("remote-work", "goal"), ("remote-work", "department")]),
    ],
)
def test_what_it_is_and_who_does_it_are_both_said(question: str, expected: list[tuple[str, str]]) -> None:
    assert facets("toin", question) == expected


def test_the_last_two_sentences_that_ask_are_answered_in_a_long_story() -> None:
    story = (
        "妹が役場に勤めておりまして、毎晩のように勤務時間の書類を書くのが面倒だとこぼすものですから、気になりました。"
        "町は出退勤の管理をどう変えるつもりですか。受け持ちの課もわかれば教えてください。妹に伝えます。"
    )
    assert facets("toin", story) == [("attendance", "actions"), ("attendance", "department")]


def test_what_both_questions_were_told_is_not_offered_again() -> None:
    offered = ask("toin", "公開型GISでは何をするの。担当の課も教えて")["followups"]
    assert "schedule" in offered
    assert not {"actions", "department"} & set(offered)


def test_a_number_that_no_plan_gives_leaves_the_one_answer() -> None:
    assert [entry for entry, _ in facets("toin", "キャッシュレスって何をするの？電話番号は？")] == ["cashless"]


def test_a_name_asked_for_is_sought_in_what_holds_the_words() -> None:
    told = facets("okutama", "Society5.0って何", "この言葉が最初に出たのは何という計画")
    assert told == [("society-5", "situation")]


def test_a_detail_asked_of_what_was_only_mentioned_before_is_admitted_of_it() -> None:
    reply = ask("goka", "ローカル5Gのアンテナ、うちの近所にも立つの？場所を教えて下さい")
    assert reply["kind"] == "unknown"


def test_how_many_of_each_is_told_by_the_list_of_all() -> None:
    body = ask("goka", "重点とか強化とか追加とか、それぞれ何個ずつ取り組みがあるんだっけ？")["body"]
    assert all(count in body for count in ("7つ", "5つ", "2つ"))


def test_a_second_question_that_leans_on_the_first_is_answered_beside_it() -> None:
    body = ask("okutama", "マイナポータルって誰がやってるサイト？それで何ができるの？")["body"]
    assert "国" in body
    assert "申請" in body
