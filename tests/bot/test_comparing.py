"""Two things side by side: what they are, or what is asked of each."""

import pytest

from tests.bot.talking import ask, entries


def test_two_parts_of_one_entry_are_compared() -> None:
    body = ask("goka", "TYPE1とTYPE2の違い")["body"]
    assert "TYPE1は優良モデル" in body
    assert "TYPE2はデータ連携" in body


def test_a_name_that_says_whose_the_next_one_is_is_no_side() -> None:
    reply = ask("okutama", "DXの「本部」と「部会」、役割はどう違うんですか")
    assert entries(reply) == ["headquarters", "working-group"]


def test_the_aspect_asked_is_said_of_each() -> None:
    reply = ask("toin", "スマホ教室とWi-Fi、担当は同じですか")
    assert [part["facet"] for part in reply["parts"]] == ["department", "department"]
    assert entries(reply) == ["digital-divide", "public-wifi"]


def test_how_far_two_things_have_come_is_told_by_their_schedules() -> None:
    reply = ask("toin", "勤怠管理と電子決裁、どっちが進んでるの")
    assert [part["facet"] for part in reply["parts"]] == ["schedule", "schedule"]


def test_one_facet_that_tells_it_of_both_is_said_once() -> None:
    reply = ask("toin", "AIとRPAどっちが導入進んでるの")
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [("ai-rpa", "schedule")]


def test_what_is_planned_year_by_year_is_told_by_the_schedule() -> None:
    reply = ask("nakanojo", "AIとRPAの年ごとの予定、はじめと令和5年からでどう変わる")
    assert {part["facet"] for part in reply["parts"]} == {"schedule"}


def test_without_an_aspect_of_both_it_is_two_definitions() -> None:
    assert entries(ask("nakanojo", "ITとICTの違い")) == ["it", "ict"]


def test_whether_the_department_is_the_same_is_told_of_both() -> None:
    reply = ask("toin", "保育のデジタル化と子育て支援のデジタル化、担当は同じ課？")
    assert [(p["entry"], p["facet"]) for p in reply["parts"]] == [
        ("digital-childcare", "department"),
        ("digital-parenting", "department"),
    ]


def test_what_the_town_does_about_two_things_is_told_by_its_measures() -> None:
    reply = ask("nakanojo", "キャッシュレスの支払いとAI。町はどっちも同じくらいやる気なの？")
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [
        ("cashless-payments", "actions"),
        ("ai-rpa", "actions"),
    ]


def test_two_things_that_the_plan_leaves_open_are_no_answer() -> None:
    assert ask("goka", "窓口のキャッシュレスとコンビニ交付、始まるのはどっちが早い")["kind"] == "unknown"


def test_two_lists_of_measures_are_not_told_by_one_measure_of_each() -> None:
    body = ask("goka", "「重点」の取組と「追加」の取組、それぞれ何がもとになってるのか違いを知りたい")["body"]
    assert "自治体DX推進計画" in body
    assert "デジタル田園都市国家構想" in body


def test_how_a_thing_is_now_and_what_is_to_come_of_it_are_both_told() -> None:
    reply = ask("nakanojo", "公民館の予約のやり方、今のやり方とこれからを比べるとどう違うの")
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [
        ("facility-booking", "situation"),
        ("facility-booking", "actions"),
    ]


def test_for_whom_two_things_are_is_told_by_their_goals() -> None:
    reply = ask("toin", "「通信環境の強靱化」と「公衆無線LANの整備」は、誰のためなのかが違うの")
    assert {part["facet"] for part in reply["parts"]} == {"goal"}


def test_an_amount_compared_is_told_by_the_figures() -> None:
    assert "45%" in ask("hokota", "AIとRPA、市町村で入れている割合が高いのはどっち")["body"]


def test_which_of_two_parts_comes_first_is_told_by_the_schedule_of_each() -> None:
    reply = ask("toin", "勤怠のシステムと議事録をつくるシステム、先に動くのはどっち？")
    assert [part["facet"] for part in reply["parts"]] == ["schedule", "schedule"]


def test_the_nations_plan_is_compared_with_the_towns_own() -> None:
    body = ask("toin", "国の自治体DX推進計画とうちの町の計画、終わる時期は同じ？")["body"]
    assert "令和8年3月" in body
    assert "令和7年度" in body


def test_what_is_now_and_what_is_to_come_of_one_thing_are_set_side_by_side() -> None:
    reply = ask("nakanojo", "紙の書類でいま困っていることと、これからどうするかを並べて教えて")
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [
        ("paperless", "situation"),
        ("paperless", "actions"),
    ]


def test_the_good_and_the_bad_of_one_thing_are_both_told() -> None:
    assert "妨げ" in ask("okutama", "ネットを三つに分けるやり方の、いい点と困る点は？")["body"]


def test_two_clauses_about_one_thing_are_looked_up_each() -> None:
    reply = ask("toin", "テレワークは二つ出てきますよね。役場の職員向けのと町の会社向けのと、何が違うの")
    assert "remote-work" in entries(reply)
    assert len(set(entries(reply))) == 2


def test_how_far_it_is_now_and_what_comes_next_needs_no_word_of_comparing() -> None:
    reply = ask("nakanojo", "手続のオンライン化は今どこまでできてて、これから何をするの")
    assert [part["facet"] for part in reply["parts"]] == ["situation", "actions"]


@pytest.mark.parametrize(
    ("town", "question", "told"),
    [
        (
            "toin",
            "デジタル・ディバイドとデジタルリテラシー。カタカナばかりで区別がつかん",
            ["格差", "リテラシー"],
        ),
        ("toin", "CIOとCIO補佐官って何が違うの？町の人がやるの、外の人がやるの？", ["副町長", "外部"]),
        (
            "hokota",
            "デジタルファーストとワンスオンリー、それぞれどういう意味？ごっちゃになってて",
            ["デジタルファースト", "ワンスオンリー"],
        ),
    ],
)
def test_two_names_are_told_apart_in_many_wordings(town: str, question: str, told: list[str]) -> None:
    body = ask(town, question)["body"]
    assert all(word in body for word in told)


def test_a_thing_told_from_the_one_before_stands_beside_it() -> None:
    assert entries(ask("toin", "IoTって何のこと？", "じゃあICTとは別なの？どう違う？")) == ["iot", "ict"]


def test_what_is_said_after_the_question_is_no_side_of_it() -> None:
    question = "AI-OCRとは何か、ふつうのスキャンと何が違うのかを短く説明してください。町の広報紙の記事にするので"
    assert entries(ask("toin", question)) == ["ai-ocr"]


def test_two_names_of_which_one_entry_tells_both_are_told_by_it() -> None:
    reply = ask("hokota", "部分最適と全体最適、市はどっちを前提にDXを進めるんですか？")
    assert entries(reply) == ["optimization"]


def test_an_old_and_a_new_name_of_another_plan_are_told_by_that_plan() -> None:
    question = (
        "「みえデジタル戦略推進計画」と「みえのデジタル社会の形成に向けた戦略推進計画」、今のはどっち？いつ変わったん？"
    )
    assert "令和4年12月" in ask("toin", question)["body"]


def test_two_spellings_of_one_name_are_told_by_the_entry_made_for_them() -> None:
    question = "情報システムの「標準化・共通化」と「標準化・共有化」、二つ書いてあるけど別の話なん?"
    assert entries(ask("toin", question)) == ["faq-standardization-names"]
