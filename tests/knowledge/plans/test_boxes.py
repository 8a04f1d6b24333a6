"""Words explained on a line or in a box of their own, outside any glossary."""

import pytest

from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of

HEAD = "# みほん町DX計画\n\n## 第1章 現状\n\n"


def names(text: str) -> set[str]:
    """The words found in a chapter of a plan."""
    return {term.term for term in find(document_of(HEAD + text)).terms}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("> **コラム　デジタルツインって何？**\n>\n> 町をそのまま写した空間をつくる技術です。", "デジタルツイン"),
        ("**用語メモ　メタバース**\nネットの上に作られた、人が集まる仮想の空間。", "メタバース"),
        ("〈解説〉スマートロック　スマートフォンで開け閉めできる錠のことです。", "スマートロック"),
        ("【用語】オムニチャネル　窓口や電話などをつなげる考え方。", "オムニチャネル"),
        ("《ことば》 オープンデータ：だれでも使える形で公開されたデータのこと。", "オープンデータ"),
        ("◆ちょこっと解説◆　クラウド\n　ネットの向こうにあるものを使う形をいいます。", "クラウド"),
        (
            "| ◆コラム◆ 「都市OS」って？ |\n|---|\n| さまざまなサービスをつなぐ土台です。都市OSは共同で作ります。 |",
            "都市OS",
        ),
        ("**ＤＸとは？**\n\n技術を使って、くらしを良い方へ変えることです。", "DX"),
        ("ノーコードツール：プログラムを書かずにアプリを作ることができる道具。", "ノーコードツール"),
        ("ＢＣＰ：Business Continuity Plan（事業継続計画）の略。", "ＢＣＰ"),
        ("　　ア　ワンスオンリー　……　一度提出した情報は、二度求めないこと", "ワンスオンリー"),
        ("- **デジタルファースト**　手続を最初から最後までデジタルで完結させる。", "デジタルファースト"),
        (
            "（1）クラウドファースト原則\n　システムを整えるとき、クラウドを第一に考える原則です。\n",
            "クラウドファースト原則",
        ),
        ("デジタル推進班　各課の係長級14人で構成し、施策を形にする。", "デジタル推進班"),
    ],
)
def test_a_box_or_a_line_explains_its_word(text: str, word: str) -> None:
    assert word in names(text)


def test_a_heading_that_asks_is_no_word_where_another_one_is_explained() -> None:
    text = "### １．スマートシティ構想とは\n\nスマートシティとは、技術を使って課題を解き続けるまちのことをいいます。"
    assert names(text) == {"スマートシティ"}


def test_the_bodies_of_a_table_of_roles_are_words() -> None:
    table = "| 名　称 | 構　成 | 役　割 |\n|---|---|---|\n"
    table += "| デジタル推進会議 | 町長、課長 | 方針の決定、進捗の評価（年２回） |\n"
    table += "| ＣＩＯ補佐官 | 外部の専門人材 | ＣＩＯ（副町長）への助言 |\n"
    assert {"デジタル推進会議", "ＣＩＯ補佐官"} <= names(table)


@pytest.mark.parametrize(
    "text",
    [
        "- 広報紙の電子化：広報紙をスマートフォンで読めるようにする。",
        "実施時期：令和6年度から順次実施する予定です。",
        "課題：職員の人数が減り、手作業で行うことが難しくなっています。",
        "| 取組 | 内容 |\n|---|---|\n| 窓口の改善 | 待ち時間を減らすため、予約の仕組みを導入する。 |",
        "- UX（User Experience／サービスを通じて得る体験）を物差しにする",
    ],
)
def test_a_line_about_something_else_explains_no_word(text: str) -> None:
    assert names(text) <= {"UX"}


def test_the_bodies_of_the_chapter_on_how_the_plan_is_carried_are_words() -> None:
    text = "１章　取組\n\n　進めます。\n\n２章　体制\n　ＣＩＯ：副市長。市の情報化の最終責任者。\n"
    text += "　情報化リーダー：各課１名。課の情報化を進める役目を負う。\n"
    found = {term.term for term in find(document_of(f"みほん市情報化計画\n\n{text}")).terms}
    assert {"ＣＩＯ", "情報化リーダー"} <= found
