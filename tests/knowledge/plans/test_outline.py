"""The outline of a plan: sections under their headings, nothing lost."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.plans.document import Document, Line
from knowledge.plans.finding import as_json, find
from knowledge.plans.outline import Outline, outline_of
from tests.knowledge.plans.samples import LAYOUTS, document_of, layout

PIECES = (
    "第1章 計画の概要",
    "# 目次",
    "1. 背景",
    "(1) 目的",
    "１－(1)　窓口",
    "方針 1-(1) 手続",
    "取組事項① 窓口",
    "①対策",
    "ア 内容",
    "■現状と課題",
    "■成果目標 ■ 手続の拡充",
    "【取組】",
    "【方針1】 便利",
    "担当課：総務課",
    "担当所属\t総務課、財政課",
    "取組\tR4年度\tR5年度",
    "1.広報\t検討\t",
    "| 用語 | 説明 |",
    "|---|---|",
    "| AI | 人工知能のこと。 |",
    "※1 人工知能の略。",
    "AI※1を使います。",
    "¹Artificial Intelligenceの略。",
    "AI¹",
    "用語集",
    "AI …… 人工知能のこと。",
    "- AI",
    " - ・ 人工知能のこと。",
    "12",
    "- 3 -",
    "07",
    "",
    "",
    "本計画の期間は、令和4年度から令和7年度までとします。",
    "普及率は58%です。",
    "<ul><b>太字",
    "**強調**",
    "「自治体DX推進計画」（以下「計画」という。）",
    "デジタルデバйд",
    "目的 …………… 3",
    "図表1-1 推移",
    "----",
    "<table>",
    "<tr><td>取組<td rowspan=2>担当課</tr><tr><td>相談",
    "</table>",
    "窓口<table><tr><th>用語</th><td>意味<br>説明</td></tr><tr></tr></table>備考",
    "\t\t\t",
    "(((((((",
    "第第章章",
)
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=40)


def accounted(outline: Outline) -> Counter[int]:
    """How often each line of the source stands in a section or among those left out."""
    left = {line for line, _ in outline.left_out}
    inside = {line for section in outline.sections for b in (*section.headings, *section.blocks) for line in b.lines}
    return Counter(line.number for line in (*left, *inside))


def written(document: Document) -> Counter[int]:
    """How many lines a plan has for each of its source's, where it says something."""
    return Counter(line.number for line in set(document.lines) if line.text.strip())


@pytest.mark.parametrize("name", sorted(path.name for path in LAYOUTS.iterdir()))
def test_no_line_of_a_plan_is_lost_or_counted_twice(name: str) -> None:
    document = layout(name)
    counts = accounted(outline_of(document))
    assert counts == written(document)


@pytest.mark.parametrize("name", sorted(path.name for path in LAYOUTS.iterdir()))
def test_no_character_of_a_plan_is_lost(name: str) -> None:
    outline = outline_of(layout(name))
    for section in outline.sections:
        for block in (*section.headings, *section.blocks):
            whole = "".join(line.text for line in block.lines)
            assert all(c in whole for c in block.text if not c.isspace() and c.isalnum())


@given(LINES)
@settings(max_examples=250, deadline=None)
def test_nothing_is_lost_silently_whatever_is_read(lines: list[str]) -> None:
    document = document_of("\n".join(lines))
    counts = accounted(outline_of(document))
    assert counts == written(document)


@given(LINES)
@settings(max_examples=250, deadline=None)
def test_no_input_crashes_the_finder(lines: list[str]) -> None:
    printed = as_json(find(document_of("\n".join(lines))))
    assert all(
        isinstance(row["line"], int)
        for kind in ("terms", "measures", "figures", "lists", "doubts")
        for row in printed[kind]
    )


def test_a_table_of_contents_is_left_out_and_names_a_lost_chapter() -> None:
    outline = outline_of(
        document_of(
            "第1章 計画の概要\n1.目的\t3\n2.期間\t4\n第2章 町の現状と課題\n1.窓口の混雑\t5\n2.紙の書類\t6\n\n"
            "第1章 計画の概要\n\n"
            "1. 目的\n\n町を便利にします。\n\n2. 期間\n\n令和4年度からです。\n\n"
            "1. 窓口の混雑\n\n混んでいます。\n\n2. 紙の書類\n\n多いです。"
        )
    )
    paths = [section.path for section in outline.sections]
    assert ("第2章 町の現状と課題", "1. 窓口の混雑") in paths
    assert [line.number for line, reason in outline.left_out if reason == "目次"] == [1, 2, 3, 4, 5, 6]


def test_running_heads_and_page_numbers_are_left_out_with_their_reason() -> None:
    texts = [
        ("みほん町計画", "第1章 背景", "本文です。", "1"),
        ("みほん町計画", "続きです。", "- 2 -"),
        ("みほん町計画", "終わりです。", "3"),
    ]
    numbered = [(page, text) for page, page_texts in enumerate(texts, 1) for text in page_texts]
    document = Document("plan.pdf", tuple(Line(n, text, page) for n, (page, text) in enumerate(numbered, 1)))
    outline = outline_of(document)
    assert {(line.number, reason) for line, reason in outline.left_out} == {
        (4, "ページ番号"),
        (5, "各ページの上下に繰り返される文字"),
        (7, "ページ番号"),
        (8, "各ページの上下に繰り返される文字"),
        (10, "ページ番号"),
    }
    assert [section.title for section in outline.sections][1:] == ["第1章 背景"]


def test_a_sentence_broken_by_the_page_is_one_paragraph() -> None:
    outline = outline_of(
        document_of(
            "1 背景\n\n申請書を持って来庁しなければならない手続が多く、働く世代から不便だとい\n\n"
            "う声が寄せられています。"
        )
    )
    assert [b.text for b in outline.sections[1].blocks] == [
        "申請書を持って来庁しなければならない手続が多く、働く世代から不便だという声が寄せられています。"
    ]


def test_a_heading_repeated_on_the_next_page_goes_on_with_its_section() -> None:
    outline = outline_of(
        document_of("## 取組\n\n### 取組事項① 窓口\n\n書きます。\n\n## 取組\n\n### 取組事項② 電話\n\n話します。")
    )
    assert [section.path for section in outline.sections[1:]] == [
        ("取組",),
        ("取組", "取組事項① 窓口"),
        ("取組", "取組事項② 電話"),
    ]


def test_numbered_lines_in_a_row_are_a_list_and_no_headings() -> None:
    outline = outline_of(document_of("### 5つの段階\n\n1 見る\n\n2 知る\n\n3 使う\n\n## 終わり\n\n以上です。"))
    assert [section.title for section in outline.sections[1:]] == ["5つの段階", "終わり"]


def test_a_numbered_heading_names_its_own_group() -> None:
    outline = outline_of(
        document_of(
            "【方針1】 便利\n\n- (1) 窓口\n\n【方針2】 安心\n\n- (1) 防災\n\n方針 1-(1) 窓口\n\n"
            "■現状と課題\n\n混みます。\n\n■今後の取組\n\n- 減らします。"
        )
    )
    assert "方針 1-(1) 窓口" in [section.title for section in outline.sections]
    assert ("【方針2】 安心", "方針 1-(1) 窓口") not in [section.path[-2:] for section in outline.sections]


def test_a_table_of_contents_without_name_and_page_numbers_is_left_out() -> None:
    outline = outline_of(layout("tabs.txt"))
    assert [line.number for line, reason in outline.left_out if reason == "目次"] == [7, 8, 9, 10, 11]
    assert [section.title for section in outline.sections if section.rank == 10] == [
        "第1章 計画の基本的事項",
        "第2章 具体的な取組",
        "第3章 参考資料",
    ]


def test_levels_of_the_document_put_numbered_headings_under_their_group() -> None:
    outline = outline_of(
        document_of(
            "## 第4章 取組\n\n### 基本方針1 便利\n\n#### 1 窓口\n\nあ。\n\n"
            "#### 2 電話\n\nい。\n\n### 基本方針2 安心\n\n#### 3 防災"
        )
    )
    assert [section.path[1:] for section in outline.sections[2:]] == [
        ("基本方針1 便利",),
        ("基本方針1 便利", "1 窓口"),
        ("基本方針1 便利", "2 電話"),
        ("基本方針2 安心",),
        ("基本方針2 安心", "3 防災"),
    ]


def test_a_numbered_chapter_ends_a_preface_on_the_same_level() -> None:
    outline = outline_of(document_of("# はじめに\n\n町が目指すものを述べます。\n\n# Ⅳ 個票\n\n## 1 窓口\n\nあ。"))
    assert [section.path for section in outline.sections[1:]] == [("はじめに",), ("Ⅳ 個票",), ("Ⅳ 個票", "1 窓口")]


def test_a_preface_without_a_level_ends_at_the_first_number() -> None:
    outline = outline_of(document_of("**はじめに**\n\n町が目指すものを述べます。\n\n**1. 一覧**\n\n- あ。"))
    assert [section.path for section in outline.sections[1:]] == [("はじめに",), ("1. 一覧",)]


def test_headings_without_any_text_between_them_stand_beside_each_other() -> None:
    outline = outline_of(document_of("\n\n".join(f"# 題{at}" for at in range(50))))
    assert max(len(section.path) for section in outline.sections) <= 2
