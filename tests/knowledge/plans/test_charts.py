"""Charts by fiscal year and tables of measures: which cell names the row, and where a table ends."""

import pytest

from knowledge.plans.blocks import read_blocks
from knowledge.plans.dates import years_of
from knowledge.plans.document import Line
from knowledge.plans.finding import find
from knowledge.plans.findings import Measure
from knowledge.plans.offices import departments_in
from knowledge.plans.tables import titled
from tests.knowledge.plans.samples import document_of

HEAD = (
    "# みほん町DX計画\n\n## 取組内容\n\n### 1-1 オンライン申請\n\n"
    "| 取組内容 | 手続を増やします。 |\n| --- | --- |\n| 担当課 | 総務課 |\n\n"
)


def measure(text: str) -> Measure:
    """The one measure of a text."""
    [found] = find(document_of(text)).measures
    return found


@pytest.mark.parametrize("heading", ["工程", "年度", "スケジュール", "取組", "項目", ""])
def test_the_column_before_the_years_names_the_row(heading: str) -> None:
    chart = f"| {heading} | R7 | R8 | R9 |\n| --- | --- | --- | --- |\n| 手続の追加 | 検討 | 導入 | → |\n"
    [row] = measure(HEAD + chart).schedule
    assert (row.item, row.years) == ("手続の追加", {"R7": "検討", "R8": "導入", "R9": "→"})


def test_a_row_is_named_by_its_first_column_though_a_year_says_the_same() -> None:
    chart = "| 工程 | R7 | R8 |\n| --- | --- | --- |\n| 移行 | 準備 | 移行 |\n"
    assert [row.item for row in measure(HEAD + chart).schedule] == ["移行"]


def test_a_chart_without_names_is_the_measures_own() -> None:
    chart = "| 令和7年度 | 令和8年度 | 令和9年度 |\n| --- | --- | --- |\n| 契約 | 開始 | 継続 |\n"
    assert [row.item for row in measure(HEAD + chart).schedule] == ["オンライン申請"]


def test_words_drawn_once_over_several_years_name_their_row() -> None:
    chart = "| 令和7年度 | 令和8年度 | 令和9年度 |\n| --- | --- | --- |\n| システムの検討 | | |\n"
    assert [row.item for row in measure(HEAD + chart).schedule] == ["システムの検討"]


def test_a_table_of_goals_after_a_chart_is_none_of_its_rows() -> None:
    chart = "| 工程 | R7 | R8 | R9 |\n| --- | --- | --- | --- |\n| 追加 | 検討 | 導入 | → |\n\n"
    goals = "| KPI | 現状値（R5） | 目標値（R9） |\n| --- | --- | --- |\n| 手続の数 | 26件 | 100件 |\n"
    found = find(document_of(HEAD + chart + goals))
    assert [row.item for row in found.measures[0].schedule] == ["追加"]
    assert {(figure.value, "手続の数" in figure.what) for figure in found.figures} == {("26件", True), ("100件", True)}


@pytest.mark.parametrize("heading", ["課", "主担当", "部署", "取組主体", "担当窓口"])
def test_each_row_of_a_table_is_a_measure_with_its_department(heading: str) -> None:
    table = f"| No. | 取組 | 内容 | {heading} | 年度 |\n"
    table += "|---|---|---|---|---|\n| 1 | 電子入札 | 電子で行う | 契約課 | 2026 |"
    found = measure(f"# みほん町DX計画\n\n## 主な取組\n\n{table}\n")
    assert (found.name, found.departments, found.actions) == ("電子入札", ("契約課",), ("電子で行う",))


def test_a_table_of_measures_with_years_is_no_measure_itself() -> None:
    table = "| 取組項目 | 取組概要 | 主担当 | 2024 | 2025 |\n"
    table += "|---|---|---|---|---|\n| 遠隔相談 | 映像で結ぶ | 住民課 | ○ | ● |"
    found = measure(f"# みほん町DX計画\n\n## 2．取組一覧\n\n{table}\n")
    assert (found.name, found.departments) == ("遠隔相談", ("住民課",))
    assert found.schedule[0].years == {"R6": "○", "R7": "●"}


def test_numbers_in_a_chart_are_figures_of_their_row_and_year() -> None:
    chart = "| 工程 | R7 | R8 | R9 |\n| --- | --- | --- | --- |\n| 公開する件数 | 5件 | 10件 | 20件 |\n"
    found = find(document_of(HEAD + chart)).figures
    assert [(figure.what, figure.value) for figure in found] == [
        ("公開する件数 R7", "5件"),
        ("公開する件数 R8", "10件"),
        ("公開する件数 R9", "20件"),
    ]


def test_two_departments_on_two_lines_of_a_cell_are_two() -> None:
    table = "| 取組 | 内容 | 担当課 |\n|---|---|---|\n| 施設予約 | 電子で受け付ける | スポーツ課生涯学習課 |"
    assert measure(f"# みほん町DX計画\n\n## 主な取組\n\n{table}\n").departments == ("スポーツ課", "生涯学習課")


ROADMAP = """# みほん町DX計画

## 第1章 施策

### 施策1 窓口の改善

■取組内容

窓口を改めます。

■担当課

町民課

### 施策2 電話の改善

■取組内容

電話を改めます。

■担当課

総務課

## 第2章 全体の工程

"""


@pytest.mark.parametrize(
    "chart",
    [
        "| 項目 | 令和7年度 | 8年度 | 9年度 |\n|---|---|---|---|\n"
        "| 窓口の改善 | 準備 | | 実施 |\n| 電話の改善 | 試行 | 実施 | |",
        "　　　　　　　７年度　　８年度　　９年度\n"
        "　窓口の改善　　準備　　　　　　　　実施\n　電話の改善　　試行　　　実施",
    ],
)
def test_a_chart_of_all_measures_belongs_to_those_it_names(chart: str) -> None:
    found = find(document_of(ROADMAP + chart))
    assert [(m.name, [row.years for row in m.schedule]) for m in found.measures] == [
        ("窓口の改善", [{"R7": "準備", "R8": "", "R9": "実施"}]),
        ("電話の改善", [{"R7": "試行", "R8": "実施", "R9": ""}]),
    ]


def test_years_without_an_era_stand_beside_one_with_it_or_beside_each_other() -> None:
    assert years_of(("取組", "令和7年度", "8年度", "9年度")) == {1: "R7", 2: "R8", 3: "R9"}
    assert years_of(("", "7年度", "8年度")) == {1: "R7", 2: "R8"}
    assert years_of(("5年度", "窓口", "9年度")) == {}


SHEET = "| {code} | {name} | | | |\n|---|---|---|---|---|\n| 担当課 | ◎{office}、○税務課（◎は主担当） | | | |\n"
SHEET += (
    "| 取組内容 | {name}を進めます。 | | | |\n| 工程 | Ｒ７ | Ｒ８ | Ｒ９ | Ｒ10 |\n| 導入 | 設計 | 改修 | 開設 | ⇒ |\n"
)
SHEET += "| KPI | 50分（Ｒ６）→ 20分（Ｒ10） | | | |\n\n"


@pytest.mark.parametrize(("first", "second"), [("PJ01", "PJ02"), ("施策1-1", "施策1-2"), ("No.1", "No.2")])
def test_the_first_row_of_a_sheet_names_its_measure(first: str, second: str) -> None:
    text = "# みほん町DX計画\n\n## 重点プロジェクト\n\n### くらし\n\n"
    text += SHEET.format(code=first, name="窓口の改革", office="市民課")
    text += SHEET.format(code=second, name="除雪の見える化", office="建設課")
    found = find(document_of(text)).measures
    assert [(m.name, m.departments) for m in found] == [
        ("窓口の改革", ("市民課", "税務課")),
        ("除雪の見える化", ("建設課", "税務課")),
    ]
    assert all(m.schedule[0].years == {"R7": "設計", "R8": "改修", "R9": "開設", "R10": "⇒"} for m in found)


@pytest.mark.parametrize("row", ["| 担当課 | 総務課 |", "| 窓口の改革 | 手続を増やす。 | すぐに |", "| R7 | 検討 |"])
def test_a_row_without_a_number_of_its_own_names_no_sheet(row: str) -> None:
    [block] = read_blocks([Line(1, row)])
    assert not titled(block)


def test_departments_are_told_without_what_each_one_does() -> None:
    assert departments_in("企画課（とりまとめ）・全課") == ["企画課", "全課"]
    assert departments_in("総務課（議会事務局）") == ["総務課", "議会事務局"]


def test_a_box_beside_a_measure_is_no_part_of_it() -> None:
    text = "# みほん町DX計画\n\n## 施策の展開\n\n### 施策1-1 相談所の開設\n\n**【取組の方向】** 相談所を開きます。\n\n"
    text += "**【所管課】** 福祉課・公民館\n\n> **コラム 双子の町って？**\n>\n> 町を写した、空間です。\n"
    assert measure(text).departments == ("福祉課", "公民館")


def test_chapters_numbered_in_kanji_hold_their_measures() -> None:
    text = "みほん町DX計画\n\n一　はじめに\n\n　町の計画です。\n\n二　町のとりくみ\n\n"
    for number, name in (("１", "窓口の改革"), ("２", "除雪の見える化")):
        text += f"◇{number}　{name}\n　【担当】総務課\n　【内容】進めます。\n　【工程】R6：調査　R7：運用\n\n"
    assert [m.name for m in find(document_of(text)).measures] == ["窓口の改革", "除雪の見える化"]


def test_a_word_and_a_number_of_the_plans_own_name_a_measure_before_its_keys() -> None:
    text = "みほん市情報化計画\n\n１章　計画の目的\n　データの公開を進めてきた。\n\n３章　個別計画\n\n"
    for number, name in (("01", "市税の納付"), ("02", "入所の調整")):
        text += f"個別計画{number}　{name}\n　担　当：納税課　　協力：会計課\n　ねらい：夜でも納められる。\n"
        text += "　や　る　こ　と：対応する。\n　日　程：６年度 改修　７年度 開始　８年度 継続\n\n"
    found = find(document_of(text)).measures
    assert [(m.name, m.departments) for m in found] == [
        ("市税の納付", ("納税課", "会計課")),
        ("入所の調整", ("納税課", "会計課")),
    ]
    assert found[0].schedule[0].years == {"R6": "改修", "R7": "開始", "R8": "継続"}


@pytest.mark.parametrize("key", ["主管課／関係課", "担当課・関係課", "所管及び関係部署"])
def test_two_keys_for_departments_in_one_cell_are_one_key(key: str) -> None:
    sheet = f"| 事業名 | 電子入札 |\n|---|---|\n| 内容 | 電子で行う。 |\n| {key} | 契約課／会計課 |\n"
    assert measure(f"# みほん町DX計画\n\n## 取組\n\n{sheet}").departments == ("契約課", "会計課")
