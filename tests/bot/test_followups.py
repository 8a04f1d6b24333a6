"""A message that leans on the reply before it."""

import pytest

from tests.bot.talking import ask, entries

LIST = "31の手続きってどんな内訳？"


@pytest.mark.parametrize("wish", ["じゃあ介護のを全部おしえて", "介護のやつ全部教えて"])
def test_all_of_one_item_is_its_own_list_and_not_the_same_again(wish: str) -> None:
    assert entries(ask("hokota", LIST, wish)) == ["list-care-procedures"]


def test_all_of_a_list_that_was_said_is_the_list() -> None:
    assert "list-31-procedures" in entries(ask("hokota", LIST, "じゃあ全部教えて"))


@pytest.mark.parametrize(
    "question", ["何年度から始まる予定だったの", "いつから使えるようになるんですか", "それいつ始めるの"]
)
def test_a_question_that_says_nothing_of_its_subject_is_asked_of_the_entry_before(question: str) -> None:
    [part] = ask("toin", "テレワークの推進について教えて", question)["parts"]
    assert (part["entry"], part["facet"]) == ("remote-work", "schedule")


def test_a_question_with_a_subject_of_its_own_leaves_the_entry_before() -> None:
    assert entries(ask("toin", "テレワークの推進について教えて", "スマホ教室はいつから始まる予定ですか")) == [
        "digital-divide"
    ]


@pytest.mark.parametrize("no", ["いいえ、ちがいます", "違います", "いいえ", "ちゃうねん", "どれも違う"])
def test_a_bare_no_after_choices_takes_none_of_them(no: str) -> None:
    assert ask("toin", "カード")["kind"] == "choices"
    assert ask("toin", "カード", no) == ask("toin", "カード", "0")


def test_a_bare_no_after_an_answer_is_no_new_question() -> None:
    assert ask("goka", "RPAとは", "いいえ、ちがいます")["kind"] == "notice"


def test_a_facet_that_holds_what_is_new_goes_before_one_that_was_near() -> None:
    systems = "税とか住民票のシステムを、国の決めた形に移すそうですね"
    reply = ask("nakanojo", systems, "それは町だけで進めるの、よその町とも手を組む？")
    assert "近隣町村" in reply["body"]


def test_a_thing_of_which_nothing_spoken_of_has_a_word_is_a_topic_of_its_own() -> None:
    assert entries(ask("goka", "テレワークって何？", "じゃあ入札のほうは何をするの？")) == ["e-bidding"]


def test_a_price_is_asked_of_the_entry_before_and_not_of_the_plan() -> None:
    assert "無償" in ask("goka", "オープンデータって何ですか", "それはただで使えるの？")["body"]


def test_a_year_alone_asks_the_entry_before_and_no_table_of_all_years() -> None:
    [part] = ask("nakanojo", "コンビニで住民票は取れるの？", "それは何年度から？")["parts"]
    assert (part["entry"], part["facet"]) == ("convenience-store-certificates", "schedule")


def test_what_is_decided_is_told_by_what_the_plan_means_to_do() -> None:
    reply = ask("nakanojo", "AIチャットボットは入れるの？", "もう導入は決まりですか")
    assert "検討" in reply["body"]


def test_what_is_still_lacking_is_told_by_the_state_of_things() -> None:
    reply = ask("nakanojo", "オープンデータって何ですか", "まだできていないのはどこ？")
    assert reply["parts"][0]["facet"] == "situation"


def test_a_name_that_stands_in_what_the_entry_before_tells_is_no_new_topic() -> None:
    reply = ask("toin", "窓口で現金以外でも払えるようにするって聞いたんやけど", "受け持ちは会計課だけなん？")
    assert "政策課" in reply["body"]


def test_a_date_that_the_plan_leaves_open_is_not_admitted_where_none_was_asked() -> None:
    reply = ask("nakanojo", "職員さん向けの研修はやるんですか", "何の研修？")
    assert reply["kind"] == "answer"
    assert "セキュリティ" in reply["body"]


def test_an_admission_goes_behind_what_says_as_much_and_is_liker() -> None:
    reply = ask("toin", "役場の本庁はもう無線がつながるんですよね", "では、これから回線を直していく建物はどこですか")
    assert "総合文化センター" in reply["body"]
    assert reply["kind"] == "answer"


def test_whether_a_price_falls_is_a_question_of_the_price() -> None:
    assert ask("nakanojo", "役場の支払いはキャッシュレスになる？", "手数料そのものは安くなるの？")["kind"] == "unknown"


def test_what_is_pointed_at_is_asked_itself() -> None:
    reply = ask("hokota", "職員さんのデジタルの知識は人によって差があるの？", "それ、どうやって直すの")
    assert "研修" in reply["body"]


def test_a_class_that_is_held_somewhere_does_not_say_how_one_applies() -> None:
    assert ask("hokota", "スマホ教室ってやってますか", "申し込みは電話でいいの？")["kind"] == "unknown"


def test_which_one_is_asked_of_a_word_that_was_said() -> None:
    reply = ask("goka", "セキュリティの取組を教えてください", "クラウドって何のクラウド？")
    assert "自治体情報セキュリティクラウド" in reply["body"]


@pytest.mark.parametrize("question", ["晩ご飯は何を食べようかな", "隣町の花火大会はいつ"])
def test_a_matter_of_daily_life_is_not_taken_for_a_question_about_the_entry_before(question: str) -> None:
    assert ask("toin", "RPAとは", question)["kind"] == "unknown"


def test_what_is_surely_found_nowhere_is_told_by_the_entry_before() -> None:
    reply = ask("goka", "リモートの会議も進めるの", "町は呼ばれて出るだけなの、それとも自分たちで開くの")
    assert set(entries(reply)) == {"online-meetings"}


@pytest.mark.parametrize(
    ("town", "before", "question", "entry"),
    [
        ("goka", "追加の取組って2つあるんですよね", "2つ目のほうはどんな技術を使うの？", "regional-infrastructure"),
        ("goka", "強化取組事項をおしえて", "3つめの中身は？", "online-meetings"),
        ("goka", "追加取組事項って何と何ですか", "あとのほうをもう少し詳しく聞きたいです", "regional-infrastructure"),
    ],
)
def test_what_is_asked_of_a_place_in_a_list_is_asked_of_the_thing_there(
    town: str, before: str, question: str, entry: str
) -> None:
    assert entries(ask(town, before, question))[0] == entry


def test_a_place_that_nothing_more_is_asked_of_is_said_as_the_lists_item() -> None:
    [part] = ask("goka", "追加の取組って2つあるんですよね", "2つ目のやつは？")["parts"]
    assert (part["entry"], part["facet"]) == ("added-measures", "items")


@pytest.mark.parametrize(
    ("town", "before", "question", "entry"),
    [
        (
            "goka",
            "この計画って何年度まで続くの",
            "そのあいだ、ちゃんと進んでるかは何で見張るの？",
            "progress-management",
        ),
        (
            "hokota",
            "マイナンバーカードを市では増やしたいんですか？",
            "じゃあポイントもらえるやつ、今から申し込んでも間に合う？",
            "myna-point",
        ),
    ],
)
def test_what_a_stranger_tells_far_better_than_the_family_is_a_new_topic(
    town: str, before: str, question: str, entry: str
) -> None:
    assert entries(ask(town, before, question)) == [entry]


@pytest.mark.parametrize(
    ("town", "before", "question", "entry"),
    [
        ("okutama", "方針の期間を教えて", "ではそのあいだに書き換えられることはないの", "review"),
        ("nakanojo", "紙を減らす取組はありますか", "じゃあ各課には誰か置くんですか", "it-leader"),
    ],
)
def test_what_the_family_has_hardly_a_word_of_is_told_by_the_stranger_who_has(
    town: str, before: str, question: str, entry: str
) -> None:
    assert entries(ask(town, before, question))[0] == entry


def test_a_name_is_wanted_of_the_kin_that_is_far_liker_though_the_list_has_the_words_too() -> None:
    reply = ask("hokota", "国が選んだ手続きのリストは？", "じゃあ災害にあった人のは何て名前？")
    assert entries(reply) == ["list-disaster-procedure"]


def test_since_when_is_told_of_the_part_that_was_spoken_of() -> None:
    assert "令和2年度" in ask("toin", "防災無線をデジタルにするんだよね", "それは、いつからですか")["body"]


def test_how_it_is_done_is_not_left_open_where_something_tells_it() -> None:
    assert set(entries(ask("nakanojo", "キャッシュレス払いは？", "どうやって進めるの"))) == {"cashless-payments"}


def test_whether_there_is_one_yet_is_asked_of_what_was_said() -> None:
    assert entries(ask("toin", "ガバメントクラウドって何", "もうあるんですか？"))[0] == "government-cloud"


def test_a_word_that_is_written_out_is_not_heard_as_a_name_that_begins_like_it() -> None:
    assert "dept-chomin" not in entries(ask("toin", "若手の会議ってどんなん", "町民も出られる？"))


@pytest.mark.parametrize("question", ["どういうときに？", "じゃあ、どういうときに？"])
def test_a_follow_up_in_the_wording_of_a_phrasing_is_told_by_its_facet(question: str) -> None:
    [part] = ask("nakanojo", "計画って見直すんですか", question)["parts"]
    assert part["entry"] == "plan-review"


def test_from_which_year_it_runs_is_asked_of_what_was_said() -> None:
    assert "令和6年度" in ask("toin", "書かない窓口ってなに", "町では何年度から動くの？")["body"]


def test_whom_to_ask_names_no_subject_of_its_own() -> None:
    reply = ask("toin", "契約を電子でやる予定はある？", "問い合わせる場合の受け持ちの課は")
    assert [(part["entry"], part["facet"]) for part in reply["parts"]] == [("paperless", "department")]


def test_what_the_family_tells_as_well_is_no_new_topic() -> None:
    reply = ask("goka", "テレワークって何のこと？", "五霞町の職員もやるんですか")
    assert entries(reply)[0] == "telework-promotion"


def test_the_meaning_asked_before_is_not_asked_again_of_a_word_that_names_nothing() -> None:
    assert entries(ask("goka", "テレワークというのは、どういう働き方ですか", "種類は？")) == ["telework-kinds"]


def test_a_name_is_wanted_of_the_kin_that_the_words_describe() -> None:
    assert entries(
        ask("toin", "計画を進める委員会には誰が入ってるんですか", "若い職員の集まりのほうは何ていうの？")
    ) == ["dx-meeting"]


def test_a_procedure_is_no_wish_to_hear_on() -> None:
    assert entries(ask("okutama", "基本方針の1つ目って何でしたっけ", "スマホで手続きもできるようにするの？")) == [
        "policy-1"
    ]


def test_a_short_question_is_of_what_was_said_second_too() -> None:
    reply = ask("nakanojo", "ロボットで仕事を自動化するって", "空いた職員は何するの？")
    assert entries(reply)[0] == "ai-rpa"


def test_a_date_in_another_facet_is_told_where_it_holds_all_that_is_asked() -> None:
    reply = ask(
        "hokota", "市の職員はDXの勉強とかしてるんでしょうか", "写真が載ってた体験会、あれは何年度に開いたもの？"
    )
    assert "令和5年度" in reply["body"]


def test_the_items_of_a_list_just_said_are_that_list_again() -> None:
    reply = ask("goka", "計画に出てくる「追加取組」って、どこから来た話？", "中身は何と何なの")
    assert entries(reply) == ["added-measures"]
