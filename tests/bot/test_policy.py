"""Which facet of an entry a question is answered with."""

import pytest

from tests.bot.talking import ask, entries
from tests.towns import towns


@pytest.mark.parametrize("name", ["デジタルデバイド", "デジタル人材"])
def test_a_name_alone_asks_for_its_meaning_and_not_for_what_the_state_does(name: str) -> None:
    body = ask("hokota", f"{name}とは")["body"]
    assert body.startswith(name)


def test_a_supplier_that_no_plan_names_is_admitted() -> None:
    reply = ask("hokota", "書かない窓口を入れる会社の名前は？")
    assert reply["kind"] == "unknown"
    assert "会社や製品の名前" in reply["text"]


def test_a_word_of_leisure_is_not_answered_by_the_name_of_a_measure_beside_it() -> None:
    assert ask("nakanojo", "日帰り温泉はキャッシュレスで入れますか")["kind"] == "unknown"


def test_money_from_the_state_for_the_town_is_no_benefit_for_residents() -> None:
    assert ask("nakanojo", "パソコンを買いかえるとき町から補助金は出ますか")["kind"] == "unknown"


def test_a_part_that_the_question_names_is_said_alone() -> None:
    reply = ask("hokota", "セキュリティ対策の国の方針は")
    assert entries(reply) == ["measure-security"]
    assert reply["body"].startswith("国の方針")


def test_a_persons_name_is_admitted_and_not_answered_with_the_body() -> None:
    reply = ask("toin", "DX推進検討会議のメンバーの名前を教えて")
    assert reply["kind"] == "unknown"
    assert "人の名前は" in reply["text"]


@pytest.mark.parametrize(
    ("question", "facet"),
    [("令和6年度のRPAはどの段階？", "schedule"), ("書かない窓口、令和5年度は何をする年なん？", "schedule")],
)
def test_the_stage_of_a_year_is_told_by_the_schedule(question: str, facet: str) -> None:
    assert [part["facet"] for part in ask("toin", question)["parts"]] == [facet]


def test_the_day_a_thing_was_opened_is_no_schedule_of_what_is_to_come() -> None:
    assert "令和2年1月" in ask("toin", "オープンデータサイトはいつ公開された？")["body"]


def test_what_it_is_for_is_told_of_what_was_just_said() -> None:
    assert "災害" in ask("toin", "ビジネスチャットっていつ入れたん？", "なんのため？")["body"]


def test_which_tasks_are_meant_is_answered_with_the_list() -> None:
    assert entries(ask("toin", "基幹系20業務って具体的に何の業務？")) == ["core-20-list"]


@pytest.mark.parametrize(("question", "entry"), [("公開型GISのGISって何", "gis"), ("自治体DX推進計画のDXって何", "dx")])
def test_of_a_word_in_a_longer_one_the_meaning_is_said(question: str, entry: str) -> None:
    assert entries(ask("toin", question)) == [entry]


def test_two_lists_are_not_said_in_one_reply() -> None:
    assert entries(ask("toin", "基本方針1にはどんな取組がある？")) == ["policy-1"]


@pytest.mark.parametrize("question", ["デジタルにいくらお金かけてるの", "DXにお金をどれだけ使ったの"])
def test_what_a_plan_costs_is_admitted_and_no_entry_about_payments_told(question: str) -> None:
    reply = ask("goka", question)
    assert reply["kind"] in ("unknown", "choices")


def test_what_a_site_can_do_is_told_and_not_what_the_plan_leaves_open_of_it() -> None:
    assert entries(ask("goka", "マイナポータルって何ができるの")) == ["myna-portal"]


def test_how_many_have_a_thing_is_told_by_one_figure_alone() -> None:
    assert entries(ask("hokota", "マイナカード持ってる人ってどれくらいいるの")) == ["fig-card-rate"]


@pytest.mark.parametrize("question", ["健康長寿課は何を担当してますか", "健康長寿課の担当は？"])
def test_what_a_department_does_is_answered_with_its_measures(question: str) -> None:
    assert entries(ask("toin", question)) == ["dept-kenko"]


def test_what_was_asked_in_the_words_of_an_admission_is_admitted() -> None:
    assert ask("toin", "副町長さんの名前は")["kind"] == "unknown"


def test_what_a_measure_is_holds_more_than_its_place_in_the_plan() -> None:
    assert "接点" in ask("goka", "フロントヤード改革って何ですか")["body"]


def test_a_step_of_a_measure_is_said_by_its_place() -> None:
    assert "配置" in ask("goka", "フロントヤード改革の三つ目はなに")["body"]


@pytest.mark.parametrize("question", ["6つの基本方針を全部", "計画の基本方針は6つやろ。全部並べて言うてみて"])
def test_how_many_there_are_is_no_number_of_one_of_them(question: str) -> None:
    assert entries(ask("toin", question)) == ["six-policies"]


def test_which_departments_work_on_a_policy_is_told_of_all_of_it() -> None:
    assert "社会教育課" in ask("toin", "方針6の担当課は")["body"]


def test_what_a_class_costs_is_admitted_however_shortly_it_is_asked() -> None:
    assert ask("toin", "スマホ教室は無料？")["kind"] == "unknown"


def test_what_was_done_in_a_year_is_told_by_the_schedule() -> None:
    assert "試行" in ask("toin", "役場のテレワーク、令和5年度は何をしとった")["body"]


def test_where_a_thing_is_kept_is_not_answered_with_what_it_is() -> None:
    assert ask("nakanojo", "AEDはどこに置いてありますか")["kind"] == "unknown"


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Wi-Fiの機械は何台つけるの", "数"),
        ("テレワークの手当はいくら出る？", "補助金や給付"),
        ("AI・RPAのメーカー", "会社や製品の名前"),
    ],
)
def test_a_count_or_a_sum_that_no_facet_says_is_not_answered_with_a_year(question: str, what: str) -> None:
    reply = ask("nakanojo", question)
    assert reply["kind"] == "unknown"
    assert what in reply["text"]


def test_what_is_hard_about_a_thing_is_not_answered_with_its_meaning() -> None:
    assert entries(ask("okutama", "公務員のテレワークって何が難しいんですか")) != ["telework"]


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("マイナンバーカードは何歳から作れる", "年齢"),
        ("電子決裁の業者名", "会社や製品の名前"),
        ("テレワーク中の残業代", "料金や費用"),
        ("公衆Wi-Fiのパスワードを教えて", "パスワード"),
        ("オープンデータはどこでダウンロードする", "置き場所"),
    ],
)
def test_a_detail_named_at_the_end_is_admitted_and_the_whole_not_told_instead(question: str, what: str) -> None:
    reply = ask("nakanojo", question)
    assert reply["kind"] == "unknown"
    assert what in reply["text"]


def test_a_fact_that_is_there_for_just_the_question_goes_before_a_date_of_something_near() -> None:
    assert "令和2年1月" in ask("toin", "会議でタブレットを使い始めたのはいつですか")["body"]


@pytest.mark.parametrize(
    ("name", "entry"), [("フロントヤード改革", "front-yard-reform"), ("業務量調査", "workload-survey")]
)
def test_a_name_alone_is_told_by_the_entrys_first_facet(name: str, entry: str) -> None:
    [part, *_] = ask("okutama", name)["parts"]
    default = towns()["okutama"].library.entries[entry].content.default_facet
    assert (part["entry"], part["facet"]) == (entry, default.name.value)


def test_an_admission_that_fits_worse_than_what_is_told_is_offered_beside_it() -> None:
    reply = ask("goka", "書類のハンコ、いつまで押させるつもりなんだろう。やめる気はあるの")
    assert reply["kind"] == "choices"
    assert reply["choices"][0]["label"].endswith("押印省略")


def test_a_misheard_word_is_no_matter_of_daily_life() -> None:
    assert ask("hokota", "出痔たる出歯井戸の対策は何かやってますか")["kind"] == "answer"


def test_a_word_in_a_word_is_its_meaning() -> None:
    assert entries(ask("okutama", "RPAをひとことで")) == ["rpa"]


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("toin", "水道のメーターを自動で読む機械は何年度にうちへ付くの"),
        ("okutama", "住民税をペイで払えるのは何年度から"),
    ],
)
def test_what_shares_hardly_a_word_with_an_entry_is_never_answered_with_its_date(town: str, question: str) -> None:
    assert ask(town, question)["kind"] in ("unknown", "choices")


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("nakanojo", "田んぼの水の順番はいつですか"),
        ("hokota", "習い事はピアノがいいですか"),
        ("okutama", "スズメバチの巣を取ってくれますか"),
    ],
)
def test_a_matter_of_daily_life_that_no_plan_tells_is_never_answered(town: str, question: str) -> None:
    assert ask(town, question)["kind"] in ("unknown", "choices")


def test_a_common_word_beside_a_strange_one_does_not_make_it_known() -> None:
    assert ask("hokota", "ふるさと納税でメロンをもらうにはいくら寄付するの")["kind"] == "unknown"


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("nakanojo", "電子決裁のシステムの維持費は幾らですか"),
        ("nakanojo", "役場の手数料、PayPayは使えるんかい"),
        ("toin", "子育てアプリの名前はなんていうの"),
        ("okutama", "推進部会は年に何回集まるの"),
        ("okutama", "町が公開しているデータ、ダウンロードできるページのURLください"),
        ("goka", "情報化推進委員会の委員長って誰"),
        ("hokota", "テレワークのライセンスは正確には何本"),
        ("hokota", "リモート相談窓口はどっちの庁舎に置くの"),
        ("toin", "学校のタブレットを壊したら弁償ですか"),
        ("nakanojo", "キャッシュレスで払う人は何割いるの"),
    ],
)
def test_a_detail_that_the_plan_leaves_open_is_admitted(town: str, question: str) -> None:
    assert ask(town, question)["kind"] == "unknown"


def test_another_entry_that_is_near_is_said_too_where_nobody_has_phrased_the_question() -> None:
    reply = ask("goka", "前の情報化の計画のころに役場が力を入れてきたことと、これから求められることは、どう変わった")
    assert len(set(entries(reply))) == 2
    assert "これから" in reply["body"]


def test_of_a_long_message_with_hardly_a_word_of_the_plan_the_nearest_are_offered() -> None:
    text = "町にはいろんな決めごとがあると思うけれども、このつくりものはその中でどの辺の高さに立っているものなんだい"
    assert ask("goka", text)["kind"] != "answer"


def test_a_word_of_politics_is_not_answered_by_a_task_with_half_of_it() -> None:
    assert ask("okutama", "次の町長選挙、デジタルに強い人に入れたいんだけど誰がいい？")["kind"] != "answer"


@pytest.mark.parametrize(
    ("town", "question", "told"),
    [
        ("toin", "ペーパーレス会議はいつから始めたの", "令和2年1月"),
        ("nakanojo", "財政負担の考え方は何点あるんですか", "次の3つ"),
        ("hokota", "市のサイバー攻撃対策は、よその役所が何日も止まったみたいにならないように何をやるの", "ポリシー"),
        ("goka", "五霞に住んでいる者です。公金は別に役場へ行かなくても払えるようになるの？", "eLTAX"),
        ("okutama", "山あいで一人暮らしの祖母に、近くで教えてもらえる機会はありますか", "身近な場所"),
    ],
)
def test_words_of_a_detail_said_on_the_way_do_not_hide_what_the_plan_tells(town: str, question: str, told: str) -> None:
    assert told in ask(town, question)["text"]


@pytest.mark.parametrize(
    ("question", "admitted"),
    [
        ("AIの自動応答、いつから使えるようになるの？", "いつ導入するかは、計画から読み取れません"),
        ("AIやRPAの導入は何課が仕切ってるんですか", "AI・RPAの担当課は、計画に書かれていません"),
    ],
)
def test_a_date_or_a_department_that_the_plan_leaves_open_is_admitted_at_once(question: str, admitted: str) -> None:
    reply = ask("nakanojo", question)
    assert reply["kind"] == "unknown"
    assert admitted in reply["text"]


@pytest.mark.parametrize(
    ("question", "admitted"),
    [
        ("マイナンバーカード落としてしもた。止めるにはどこに電話したらいい？", "電話番号や連絡先は"),
        ("子育てアプリはなんていう名前のアプリ？", "アプリの名前"),
    ],
)
def test_a_number_to_ring_and_the_name_of_an_app_are_no_matter_of_any_plan(question: str, admitted: str) -> None:
    reply = ask("toin", question)
    assert reply["kind"] == "unknown"
    assert admitted in reply["text"]


def test_what_is_wrong_with_a_thing_is_told_by_its_situation() -> None:
    reply = ask("toin", "役場のシステムを国に合わせてそろえるって聞きました", "今までのやり方やと何があかんの？")
    assert "妨げ" in reply["body"]


@pytest.mark.parametrize(
    "question",
    [
        "マイナンバーカードの保有率、市は何パーセントまで上げるのが目標？",
        "マイナカードを何年までに何％の人に持たせるっていう市の目標はあるの？",
    ],
)
def test_what_share_is_aimed_at_is_not_told_by_the_share_there_is(question: str) -> None:
    reply = ask("hokota", question)
    assert reply["kind"] == "unknown"
    assert "目標" in reply["text"].split("。")[0]


def test_a_list_that_is_wanted_whole_goes_before_what_is_left_open_of_it() -> None:
    question = "役場の中の課題から出てきた「強化」の取組って、具体的に何があるの？全部知りたいです"
    assert entries(ask("goka", question)) == ["strengthened-measures"]


def test_an_admission_calls_the_thing_by_its_name_alone() -> None:
    assert ask("toin", "マイナンバーカードを止めるにはどこに電話したらいい？")["text"].startswith(
        "「マイナンバーカード」の"
    )


def test_how_two_differ_is_told_by_the_part_that_is_about_their_difference() -> None:
    assert ask("hokota", "国のいうDXと市のいうDX、どこが違う")["body"].startswith("大もとは同じです")


@pytest.mark.parametrize(
    ("town", "question", "missing"),
    [
        ("hokota", "DX推進本部で一番上の人は誰", "本部長"),
        ("okutama", "今の町長さんの名前はなんですか", "誰か"),
        ("hokota", "きのう申し込んだオンライン申請、もう受理されましたか", "進み具合"),
        ("toin", "次のスマホ教室は何月何日?", "日時"),
        ("nakanojo", "無線LANが最初に入るのはどこの施設?", "場所"),
    ],
)
def test_who_which_day_and_how_far_ones_own_matter_is_are_admitted(town: str, question: str, missing: str) -> None:
    reply = ask(town, question)
    assert reply["kind"] == "unknown"
    assert missing in reply["text"]


def test_an_admission_that_only_mentions_a_thing_is_not_said_of_it() -> None:
    question = "マイナポータルで何ができるの?保育園に入れるところで気になって"
    assert entries(ask("goka", question))[0] == "myna-portal"


def test_an_amount_is_admitted_where_what_speaks_of_money_names_none() -> None:
    reply = ask("nakanojo", "デジタル化に町の予算を合計いくら使うんですか")
    assert reply["kind"] == "unknown"
    assert "予算" in reply["text"]


def test_what_was_until_now_is_one_side_of_a_comparison() -> None:
    question = "ガバメントクラウドにすると、これまでの役所のコンピューターとはどう違うの"
    reply = ask("hokota", question)
    assert entries(reply) == ["government-cloud"]
    assert "独自に" in reply["body"]


def test_an_admission_about_a_part_that_is_not_named_gives_way_to_what_is_told() -> None:
    assert ask("goka", "DX計画　国の関連法　なに")["kind"] == "answer"


def test_an_admission_that_fits_far_worse_is_not_said() -> None:
    assert entries(ask("nakanojo", "はんこはなくなるの"))[0] == "seal-omission"
