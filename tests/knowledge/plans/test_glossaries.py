"""Glossaries as towns print them: rows of the syllabary, columns of pages, words set apart by spaces."""

import pytest

from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of


def terms(glossary: str) -> dict[str, str]:
    """Word → explanation of a plan that holds this glossary."""
    found = find(document_of(f"# みほん町DX計画\n\n## 1 取組\n\n窓口の取組を進めます。\n\n{glossary}"))
    return {term.term: term.definition for term in found.terms}


def test_the_page_of_a_word_is_no_part_of_its_explanation_and_no_figure() -> None:
    table = "| 行 | 用語 | 説明 | 頁 |\n|---|---|---|---|\n| あ | アプリ | 電話で使うソフトのこと。 | 7 |\n"
    assert terms(f"## 用語集\n\n{table}") == {"アプリ": "電話で使うソフトのこと。"}
    assert not find(document_of(f"# みほん町DX計画\n\n## 用語集\n\n{table}")).figures


def test_rows_of_the_alphabet_are_no_words() -> None:
    text = "### 用語集\n\n#### A～Z\n\nAI\n　　人工知能のこと。\n\n"
    text += "#### あ～お\n\nアジャイル\n　　小さく試しながら作ること。\n"
    assert set(terms(text)) == {"AI", "アジャイル"}


def test_words_set_apart_by_spaces_are_each_one_line() -> None:
    text = "附　用語の説明\n\n　オンライン　　ネットにつながっている状態で使うことの全体\n"
    text += "　無線LAN　　　線を使わない通信\n"
    assert terms(text) == {"オンライン": "ネットにつながっている状態で使うことの全体", "無線LAN": "線を使わない通信"}


def test_two_words_side_by_side_are_two() -> None:
    table = "| ことば | いみ | ことば | いみ |\n|---|---|---|---|\n"
    table += "| アプリ | 電話で使うソフト。 | 生成AI | 文章を作る人工知能。 |\n"
    assert terms(f"## 巻末\n\n{table}") == {"アプリ": "電話で使うソフト。", "生成AI": "文章を作る人工知能。"}


def test_a_line_in_the_explanations_column_begins_no_word() -> None:
    text = "用語集\n\nＥＢＰＭ　　　　　　　　　Evidence-Based Policy Makingの略。\n"
    text += (
        "　　　　　　　　　　　　　統計などの確かな根拠に基づいて政\n　　　　　　　　　　　　　策を立案すること。\n\n"
    )
    text += "ＬＡＮ　　　　　　　　　　建物の中だけの通信。\n"
    assert set(terms(text)) == {"ＥＢＰＭ", "ＬＡＮ"}


@pytest.mark.parametrize("heading", ["（用語の説明）", "Ⅴ．用語の整理", "巻末　ことばの窓", "資料１ 用語に関する解説"])
@pytest.mark.parametrize("between", ["｜", "　", "＝", "："])
def test_a_glossary_is_known_by_its_heading_however_its_lines_are_divided(heading: str, between: str) -> None:
    lines = f"\n\nエッジ{between}利用者に近い場所で処理すること。\n\nアカウント{between}サービスを使うための権利。\n"
    assert set(terms(heading + lines)) == {"エッジ", "アカウント"}


def test_numbered_lines_under_any_heading_are_words_where_most_are_explained() -> None:
    words = {"免許証": "運転の資格を記録した札。", "ナッジ": "よい行いをそっと後押しする工夫。"}
    words |= {"共創ラボ": "住民と企業が一緒に新しい仕組みを試す場。", "ガバクラ": "国が用意する共通の環境。"}
    lines = "\n".join(f"{sign} {word} … {told}" for sign, (word, told) in zip("①②③④", words.items(), strict=True))
    assert terms(f"**脚注（本文に出る順）**\n\n{lines}\n") == words


def test_a_cell_over_both_columns_is_no_word() -> None:
    rows = "| アプリ | 電話で使うソフト。 |\n| ここまでが画面の言葉です | ここまでが画面の言葉です |\n"
    assert set(terms(f"## 用語集\n\n| 用語 | 説明 |\n|---|---|\n{rows}")) == {"アプリ"}
