"""Single rules of what is found: notes, definitions in passing, measures, figures, dates."""

import pytest

from knowledge.plans.dates import first_month, last_month, reiwa
from knowledge.plans.finding import find
from knowledge.plans.findings import Findings
from knowledge.plans.marks import mark_of
from tests.knowledge.plans.samples import document_of


def terms(text: str) -> dict[str, str]:
    """Term → definition."""
    return {term.term: term.definition for term in find(document_of(text)).terms}


def measures(text: str) -> Findings:
    """What is found in a text."""
    return find(document_of(text))


@pytest.mark.parametrize(
    "called",
    [
        "ICT¹を使います。\n\n¹情報の技術のこと。",
        "ICT※1を使います。\n\n※1 情報の技術のこと。",
        "ICT(※1)を使います。\n\n※１　情報の技術のこと。",
        "ICT＊１を使います。\n\n＊１ 情報の技術のこと。",
        "ICT(注1)を使います。\n\n(注1) 情報の技術のこと。",
        "ICT※を使います。\n\n※ICT 情報の技術のこと。",
        "ICT※を使います。\n\n※ICT\n\n情報の技術のこと。",
        "ICT※を使います。\n\n※ICT\t情報の技術のこと。",
        "ICT[^1]を使います。\n\n[^1]: 情報の技術のこと。",
    ],
)
def test_a_note_is_tied_to_the_word_that_calls_it(called: str) -> None:
    assert terms(called) == {"ICT": "情報の技術のこと。"}


def test_note_numbers_that_start_again_belong_to_the_nearest_call() -> None:
    text = "AI(※1)です。\n\n※1 人工知能のこと。\n\nRPA(※1)です。\n\n※1 自動化の技術のこと。"
    assert terms(text) == {"AI": "人工知能のこと。", "RPA": "自動化の技術のこと。"}


def test_the_word_before_a_call_keeps_its_kana() -> None:
    text = "便利な、ぴったりサービス¹と31手続き²、書かない窓口³です。\n\n"
    text += "¹申請の仕組み。\n\n²対象の手続のこと。\n\n³書類を書かない窓口。"
    assert set(terms(text)) == {"ぴったりサービス", "31手続き", "書かない窓口"}


def test_an_abbreviation_is_spelled_out() -> None:
    found = find(document_of("IoT¹です。\n\n¹Internet of Things（モノのインターネット）の略。モノがつながること。"))
    assert found.terms[0].spelled == "Internet of Things"
    assert found.terms[0].aliases == ("Internet of Things", "モノのインターネット")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("「みほん町情報化推進本部」（以下「本部」という。）を置きます。", "みほん町情報化推進本部"),
        ("オープンデータとは、誰もが自由に利用できるように公開されたデータのことです。", "オープンデータ"),
        ("業務プロセスの最適化（BPR）を進めます。", "BPR"),
        ("各課の若手職員で構成された「DX推進検討会議」を設置します。", "DX推進検討会議"),
        ("支援策をとりまとめた「自治体DX推進計画」を策定しました。", "自治体DX推進計画"),
        ("副町長をCIOとし、会議を開きます。", "CIO"),
        ("住民の利便性の向上を目的とした「地域DX」を進めます。", "地域DX"),
    ],
)
def test_a_word_explained_in_passing_is_a_term(text: str, term: str) -> None:
    assert term in terms(text)


@pytest.mark.parametrize(
    "text", ["「令和の時代」の話です。", "計画（案）を示します。", "窓口（住民課）で受け付けます。", "（1）窓口"]
)
def test_what_is_not_explained_is_no_term(text: str) -> None:
    assert not terms(text)


def test_a_background_chapter_holds_no_measures() -> None:
    found = measures(
        "第1章 町の現状と課題\n\n1. 窓口の改革\n\n混んでいます。\n\n2. 紙の削減\n\n多いです。\n\n"
        "第2章 具体的な取組\n\n1. 窓口の改革\n\n減らします。"
    )
    assert [m.place.path[0] for m in found.measures] == ["第2章 具体的な取組"]


def test_national_figures_are_told_apart_from_the_towns_own() -> None:
    found = measures(
        "総務省の調査では、導入割合は45%です。\n\n本町の普及率は58%です。\n\n他市町村では30%が導入しました。"
    )
    assert [(f.value, f.scope) for f in found.figures] == [("45%", "国"), ("58%", ""), ("30%", "他")]


def test_a_figure_carries_its_date() -> None:
    found = measures("令和6年10月末時点におけるカードの普及率は58%です。")
    assert [(f.what, f.value, f.as_of) for f in found.figures] == [("カードの普及率", "58%", "令和6年10月末")]


def test_a_table_of_numbers_gives_a_figure_a_cell() -> None:
    found = measures("【保有状況（令和5年10月末時点）】\n\n\t全国\tみほん市\n保有率\t72.7%\t64.9%")
    assert [(f.what, f.value, f.as_of) for f in found.figures] == [
        ("保有状況 保有率 全国", "72.7%", "令和5年10月末"),
        ("保有状況 保有率 みほん市", "64.9%", "令和5年10月末"),
    ]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("R4年度", "R4"),
        ("令和４年度", "R4"),
        ("2022(令和4)年度", "R4"),
        ("R4年度(2022)", "R4"),
        ("2022年度", "R4"),
        ("R4 2022", "R4"),
        ("令和元年度", "R1"),
        ("平成30年度", "H30"),
        ("検討", ""),
        ("4", ""),
        ("令和4年度から実施", ""),
    ],
)
def test_heading_cells_are_read_as_years(cell: str, year: str) -> None:
    assert reiwa(cell) == year


def test_months_of_a_period_follow_the_fiscal_year() -> None:
    assert (first_month("令和4年度"), last_month("令和7年度")) == ("2022-04", "2026-03")
    assert (first_month("2021年1月"), last_month("2026年3月")) == ("2021-01", "2026-03")


@pytest.mark.parametrize(
    ("text", "style", "numbers"),
    [
        ("第1章 背景", "chapter", (1,)),
        ("第十二節 目的", "section", (12,)),
        ("１．窓口", "point", (1,)),
        ("(３) 窓口", "paren", (3,)),
        ("①窓口", "circled", (1,)),
        ("方針 1-(2) 窓口", "label", (1, 2)),
        ("方針方針 3 - (3) 地域", "label", (3, 3)),
        ("取組事項③ 窓口", "label", (3,)),
        ("施策番号 2-3 窓口", "label", (2, 3)),
        ("基本目標Ⅱ 安心", "label", (2,)),
        ("２－(1)　窓口", "dotted", (2, 1)),
        ("1.2 国の動き", "dotted", (1, 2)),
        ("01 背景", "zero", (1,)),
        ("(ア) 窓口", "kana", (ord("ア"),)),
        ("【方針1】 便利", "label", (1,)),
    ],
)
def test_marks_of_headings_are_read(text: str, style: str, numbers: tuple[int, ...]) -> None:
    mark = mark_of(text)
    assert mark is not None and (mark.style, mark.numbers) == (style, numbers)


@pytest.mark.parametrize("text", ["58%です", "2022年1月", "令和4年度", "20業務のシステム", "DX推進", "1,000円"])
def test_numbers_that_belong_to_the_text_are_no_marks(text: str) -> None:
    assert mark_of(text) is None


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "「",
        "※",
        "a ",
        "\t",
        "|",
        "1",
        "・",
        "…",
        "第",
        "年",
        "令和4年度",
        "「あ」",
        "AI（",
        "ア",
        "<",
        "窓口漢字カナ",
    ],
)
def test_a_flood_of_one_thing_ends(piece: str) -> None:
    found = find(document_of(piece * (20_000 // len(piece))))
    assert not found.measures


def test_the_heading_row_of_a_chart_is_no_measure() -> None:
    found = measures(
        "## 取組\n\n### 1 窓口\n\n| 取組内容 | 導入 |\n| 担当課 | 総務課 |\n\n"
        "| 取組項目 | R6年度 | R7年度 |\n| 導入 | 検討 | 実施 |"
    )
    assert [(m.name, m.departments, m.schedule[0].years) for m in found.measures] == [
        ("窓口", ("総務課",), {"R6": "検討", "R7": "実施"})
    ]


def test_a_row_that_slipped_one_column_is_read_where_it_belongs() -> None:
    table = "性別\t年齢\tいる\tいない\n男性\t10代\t80\t20\n\t20代\t70\t30\n\t30代\t60\t40\n80歳以上\t50\t45\t"
    found = measures(f"図表1 相談相手 単位：%\n\n{table}")
    slipped = [(f.what, f.value) for f in found.figures if "80歳以上" in f.what]
    assert slipped == [("相談相手 男性 80歳以上 いる", "50%"), ("相談相手 男性 80歳以上 いない", "45%")]
    assert any("ずれて" in doubt.why for doubt in found.doubts)
