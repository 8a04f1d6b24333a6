"""Words that a plan names with what they are for, without explaining them in a glossary."""

import pytest

from knowledge.plans.finding import find
from knowledge.plans.mentions import bodies_in, mentions
from tests.knowledge.plans.samples import document_of


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("国が策定した行政手続オンライン化ガイドラインを参考にします。", "行政手続オンライン化ガイドライン"),
        ("国は、見直しの方針を含む「書面規制の一括見直しプラン」を取りまとめました。", "書面規制の一括見直しプラン"),
        ("デジタル社会形成基本法第14条において役割が定められています。", "デジタル社会形成基本法"),
        ("基幹系情報システム（基幹系20業務）を移します。", "基幹系20業務"),
        ("技術を選ぶことのできるデジタル人材を確保します。", "デジタル人材"),
        ("国の仕様に適合した標準準拠システムへ移ります。", "標準準拠システム"),
        ("本計画は、第6次みほん町総合計画を情報化の面から支えます。", "第6次みほん町総合計画"),
        ("本町の「情報セキュリティポリシー」を見直します。", "情報セキュリティポリシー"),
        ("文書管理システムと連携した電子決裁システムを入れます。", "電子決裁システム"),
        ("災害に強く、観光の道具としても有効な公衆無線LANを置きます。", "公衆無線LAN"),
        ("令和4年度から実施していたマイナポイント事業は終わりました。", "マイナポイント事業"),
        ("スマホ教室を開き、デジタルデバイド対策につながっています。", "デジタルデバイド"),
        ("信頼できる第三者（認証局）が本人であることを証明します。", "認証局"),
        ("各課でDX推進リーダーの育成に取り組みます。", "DX推進リーダー"),
        ("県が市町村に派遣するDXアドバイザーに聞きます。", "DXアドバイザー"),
        ("「地域DX」と「行政DX」を進めます。", "行政DX"),
        ("水温を自動で測る海況観測ブイは２基です。", "海況観測ブイ"),
        ("上位計画は「みほん町第七次総合計画」です。", "みほん町第七次総合計画"),
        ("個人情報の保護に関する法律（平成15年法律第57号）に従います。", "個人情報の保護に関する法律"),
    ],
)
def test_a_word_is_named_with_what_it_is_for(sentence: str, word: str) -> None:
    assert word in {name for name, _ in mentions(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "町民アンケート（令和5年に実施した調査）によります。",
        "「はい」と答えた方は6割です。",
        "窓口（1階）で受け付けます。",
        "町民の声を聞き、改善できるところから進めます。",
    ],
)
def test_other_words_are_not_taken(sentence: str) -> None:
    assert not list(mentions(sentence))


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("町長を本部長とする「みほん町DX推進本部」を中心に進めます。", "みほん町DX推進本部"),
        ("毎年度末に、みほん町行政改革推進委員会に報告します。", "みほん町行政改革推進委員会"),
        ("みほん町情報化推進委員会（委員長：副町長）で進み具合を確認する。", "みほん町情報化推進委員会"),
        ("副町長を座長とするDX推進会議で、半年ごとに確かめます。", "DX推進会議"),
        ("ひらの市情報化推進本部（本部長：副市長）の下で進めます。", "ひらの市情報化推進本部"),
        ("関係課で構成した検討組織を立ち上げます。", "検討組織"),
    ],
)
def test_a_body_that_carries_the_plan_is_named(sentence: str, body: str) -> None:
    assert list(bodies_in(sentence)) == [body]


def test_a_body_is_told_by_the_chapter_on_how_the_plan_is_carried() -> None:
    plan = "# みほん町DX計画\n\n## 1 取組\n\n### 1-1 窓口\n\n「子育て会議」で声を聞きます。\n"
    assert not find(document_of(plan)).bodies
    plan += "\n## 2 計画の推進\n\n副町長を長とする「みほん町DX推進会議」を年2回開きます。\n"
    found = find(document_of(plan))
    assert found.bodies == ("みほん町DX推進会議",)
    assert "みほん町DX推進会議" in {term.term for term in found.terms}


def test_a_prefectures_plans_are_not_the_towns_words() -> None:
    text = "県は、令和2年6月に「みほん県デジタル戦略」を策定し、取り組んでいます。町の計画です。"
    assert "みほん県デジタル戦略" not in {term.term for term in find(document_of(text)).terms}


def test_a_longer_word_that_calls_a_note_is_another_name_of_the_shorter() -> None:
    text = "職員のデジタルリテラシー※を高めます。\n\n※リテラシー　知識を読み取って活かす力のこと。"
    [term] = find(document_of(text)).terms
    assert (term.term, term.aliases) == ("リテラシー", ("デジタルリテラシー",))


def test_numbered_words_below_another_are_words_too() -> None:
    text = "## 用語集\n\n- 共同運営事業\n - ・ 一つの仕組みを共同で使う事業。\n"
    text += " - ① 電子申請サービス（個人向け）\n - 手続をネットで行うことができるサービス。\n"
    assert {"共同運営事業", "電子申請サービス"} <= {term.term for term in find(document_of(text)).terms}


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Society 5.0[^1]を目指します。\n\n[^1]: 人間を中心とする社会。", "Society 5.0"),
        ("## 進め方\n\n学識者からなる三本町デジタル懇話会の意見を聴きます。", "三本町デジタル懇話会"),
        ("近隣３町村で「広域デジタル推進室」を設け、専門の職員を雇います。", "広域デジタル推進室"),
        ("MaaS（Mobility as a Service）を進めます。", "MaaS"),
        ("なお、ＤＸとは、デジタルの力で仕事を変えることをいう。", "DX"),
        ("職員の使い方を定めた「生成AI利用ガイドライン」を作ります。", "生成AI利用ガイドライン"),
        ("Lアラート（災害情報共有システム）につなぎます。", "Lアラート"),
        ("民間の１名をCDO補佐官に任用しています。", "CDO補佐官"),
        (
            "官民データ活用推進基本法に基づく「市町村官民データ活用推進計画」を兼ねるものです。",
            "市町村官民データ活用推進計画",
        ),
        ("| 取組内容 | 「みほんデジタル応援隊」（住民が操作を教え合うボランティア）の育成 |", "みほんデジタル応援隊"),
    ],
)
def test_a_word_explained_in_passing_is_found_wherever_it_stands(sentence: str, word: str) -> None:
    assert word in {term.term for term in find(document_of(f"# みほん町DX計画\n\n## 第1章 現状\n\n{sentence}")).terms}
