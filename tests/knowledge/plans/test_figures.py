"""Numbers that a plan states: with the matter they belong to, before what they count, begun in a chart."""

import pytest

from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of

MEASURE = "# みほん町DX計画\n\n## 取組内容\n\n### 1-1 見守り電球の設置\n\n"


def figures(text: str) -> set[tuple[str, str]]:
    """What and value of each figure."""
    return {(figure.what, figure.value) for figure in find(document_of(text)).figures}


def test_a_number_under_a_part_names_the_measure() -> None:
    text = MEASURE + "#### 取組内容\n\n電球を置きます。\n\n#### 目標値\n\n60世帯\n"
    assert ("見守り電球の設置", "60世帯") in figures(text)


def test_numbers_before_what_they_count_are_figures() -> None:
    text = "# みほん町DX計画\n\nSDGsは、17の世界的目標と、169の達成基準からなります。"
    assert {value for _, value in figures(text)} == {"17", "169"}
    assert any("世界的目標" in what for what, _ in figures(text))


@pytest.mark.parametrize("text", ["第2の柱です。", "表1の数字です。", "令和3の年です。", "(1)の取組です。"])
def test_a_number_of_a_place_counts_nothing(text: str) -> None:
    assert not figures(f"# みほん町DX計画\n\n{text}")


def test_words_drawn_over_several_years_begin_in_the_first() -> None:
    chart = "| 2024(令和6)年度 | 2025(令和7)年度 | 2026(令和8)年度 |\n|---|---|---|\n| | 電球の貸出し | |\n"
    assert ("電球の貸出し", "2025(令和7)年度から") in figures(f"{MEASURE}{chart}")


def test_a_limit_in_days_says_what_follows_it() -> None:
    [(what, value)] = figures("# みほん町DX計画\n\nカードは、申請から1週間以内で交付する仕組みを作ります。")
    assert value == "1週間以内" and "交付する仕組み" in what


def test_a_number_in_a_row_says_whose_row_it_is() -> None:
    table = "| 番号 | 取組項目 | 取組の概要 | 主管 |\n|---|---|---|---|\n"
    table += "| 11 | 文書の電子保存 | 保存文書2,300箱を電子にする。 | 総務課 |\n"
    found = figures(f"# みほん町DX計画\n\n## 取組一覧\n\n{table}")
    assert any(what.startswith("文書の電子保存") and value == "2,300箱" for what, value in found)


@pytest.mark.parametrize(
    ("sentence", "what", "value"),
    [
        ("電波の届かない集落が３つ残っています。", "集落", "3つ"),
        ("見守り電球（動きがないと知らせる、電球の形の機器）を50台貸し出します。", "見守り電球", "50台"),
    ],
)
def test_a_number_counts_what_stands_before_it(sentence: str, what: str, value: str) -> None:
    assert any(what in name and value == said for name, said in figures(f"# みほん町DX計画\n\n{sentence}"))


def test_the_number_of_a_heading_counts_nothing() -> None:
    assert not figures("# みほん町DX計画\n\n## 取組内容\n\n■施策11　校務のデジタル化\n\n端末を使います。\n")


def test_a_value_beside_its_label_in_a_sheet_is_a_figure_of_the_indicator() -> None:
    sheet = "| 工程 | R7 | R8 |\n|---|---|---|\n| 電球の貸出し | 準備 | 実施 |\n"
    sheet += "| KPI | 貸し出した世帯 | 現状値（R6） | 30世帯 | 目標値（R8） | 90世帯 |\n"
    [told] = [value for what, value in figures(MEASURE + sheet) if what == "貸し出した世帯"]
    assert "30世帯" in told
    assert "90世帯" in told
