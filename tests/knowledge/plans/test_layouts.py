"""What is found in plans of seven layouts, all of invented towns."""

from dataclasses import dataclass

import pytest

from knowledge.plans.finding import find
from knowledge.plans.findings import Findings
from tests.knowledge.plans.samples import layout


@dataclass(frozen=True)
class Expected:
    """What a plan holds: its period, terms, measures with departments, some cells of its charts, some figures."""

    file: str
    title: str
    town: str
    period: tuple[str, str]
    terms: set[str]
    measures: dict[str, tuple[str, ...]]
    cells: dict[tuple[str, str, str], str]
    figures: dict[str, str]


PLANS = (
    Expected(
        "tables.md",
        "霞浜市デジタル推進計画",
        "霞浜市",
        ("2025-04", "2029-03"),
        {"電子申請", "スマートメーター", "KPI", "EBPM", "霞浜市デジタル推進本部"},
        {
            "電子申請の拡充": ("総務課", "子育て支援課"),
            "図書館の電子書籍貸出": ("生涯学習課",),
            "水道スマートメーターの試験導入": ("上下水道課",),
        },
        {("電子申請の拡充", "電子申請の拡充", "R8"): "導入"},
        {"33.4%": "65歳以上の割合", "41,250人": "人口"},
    ),
    Expected(
        "numbered.txt",
        "白根町情報化計画",
        "白根町",
        ("2025-04", "2030-03"),
        {"人口減少", "マイナンバーカード", "音声認識AI", "オンライン会議", "クラウド", "ワンストップ", "RPA"},
        {
            "らくらく窓口の導入": ("住民課",),
            "移動スマホ教室の開催": ("企画課", "健康福祉課"),
            "議事録作成の自動化": ("総務課",),
            "紙を使わない会議": ("総務課", "議会事務局"),
        },
        {},
        {"30万枚": "会議資料の印刷", "6か所": "公民館"},
    ),
    Expected(
        "blocks.txt",
        "港北村スマートビレッジ構想",
        "港北村",
        ("2024-04", "2027-03"),
        {"むらアプリ", "見守りセンサー", "港北村スマートビレッジ推進本部"},
        {
            "デマンド交通の予約アプリ": ("地域振興課",),
            "鳥獣被害の通報システム": ("農林課", "地域振興課"),
            "見守りセンサーの貸出し": ("保健福祉課",),
        },
        {
            ("デマンド交通の予約アプリ", "説明会", "R8"): "●",
            ("鳥獣被害の通報システム", "システムの導入", "R7"): "導入",
            ("見守りセンサーの貸出し", "センサーの貸出し", "R6"): "",
        },
        {"312世帯": "一人暮らしの高齢者"},
    ),
    Expected(
        "tabs.txt",
        "三つ葉町DX実行計画",
        "三つ葉町",
        ("", ""),
        {"API", "電子契約", "DX", "ログ"},
        {
            "保育所の連絡帳アプリ": ("子育て支援課",),
            "公共施設の予約サイト": ("生涯学習課",),
            "道路の傷み通報": ("建設課",),
            "電子契約の導入": ("財政課",),
        },
        {("公共施設の予約サイト", "公共施設の予約サイト", "R5"): "構築"},
        {"12施設": "予約"},
    ),
    Expected(
        "bare.txt",
        "緑ヶ丘市デジタル化の方針",
        "緑ヶ丘市",
        ("2024-04", "2028-03"),
        {"窓口", "テレビ会議", "センサー", "オープンデータ", "デジタルデバイド"},
        {
            "書かない窓口": ("市民課",),
            "オンライン市民相談": ("福祉課", "こども課"),
            "農業データの活用": ("農政課",),
        },
        {("農業データの活用", "農業データの活用", "R8"): "2026年度から"},
        {"25戸": "農家"},
    ),
    Expected(
        "pages.txt",
        "藤見市ＤＸ推進計画",
        "藤見市",
        ("2024-04", "2028-03"),
        {"チャットボット"},
        {
            "行政手続のオンライン化": ("市民課", "デジタル推進課"),
            "ＡＩを使った相談対応": ("広報課",),
            "庁内ネットワークの無線化": ("デジタル推進課",),
        },
        {},
        {"76.4%": "マイナンバーカードの交付率", "2,853件": "電子申請の利用"},
    ),
    Expected(
        "goals.md",
        "桜川町スマートタウン計画",
        "桜川町",
        ("2024-04", "2029-03"),
        {"コンビニ交付", "生成AI", "デジタル田園都市国家構想", "電子決裁", "桜川町デジタル推進本部", "デジタル推進員"},
        {
            "公式LINEによる手続案内": ("総務課",),
            "証明書のコンビニ交付": ("税務住民課",),
            "税金のスマートフォン納付": ("税務住民課", "会計課"),
            "防災アプリの導入": ("総務課",),
            "河川カメラの設置": ("建設課",),
            "電子決裁の導入": ("総務課",),
            "生成AIの活用": ("企画財政課",),
        },
        {("証明書のコンビニ交付", "証明書のコンビニ交付", "R7"): "令和7年度"},
        {"71.5%": "スマートフォンを持っている", "38.6%": "高齢化率"},
    ),
    Expected(
        "word.md",
        "青葉区情報推進プラン2024",
        "青葉区",
        ("2024-04", "2027-03"),
        {"DX", "ノーコードツール", "青葉区情報推進会議"},
        {
            "オンライン予約の拡大": ("区民課", "保健予防課"),
            "だれでもスマホ相談所": ("地域振興課",),
            "ノーコードツールによる業務改善": ("情報政策課",),
        },
        {("オンライン予約の拡大", "予約システム", "R6"): "調達"},
        {"58%": "スマートフォン利用率"},
    ),
)


@pytest.fixture(params=PLANS, ids=lambda plan: plan.file, scope="module")
def plan(request: pytest.FixtureRequest) -> tuple[Expected, Findings]:
    """Each plan with what is found in it."""
    return request.param, find(layout(request.param.file))


def test_the_plan_itself_is_told(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert (found.title, found.town) == (expected.title, expected.town)
    assert (found.period_from, found.period_to) == expected.period


def test_every_term_is_found_and_none_is_made_up(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    names = {term.term for term in found.terms}
    assert expected.terms <= names
    assert len(names - expected.terms) <= 1, names - expected.terms


def test_every_definition_explains_its_own_word(plan: tuple[Expected, Findings]) -> None:
    _, found = plan
    for term in found.terms:
        others = {other.definition for other in found.terms if other is not term and other.place != term.place}
        assert term.definition and term.definition not in others


def test_every_measure_is_found_and_none_is_made_up(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert {measure.name for measure in found.measures} == set(expected.measures)


def test_departments_are_those_of_the_measure(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert {measure.name: measure.departments for measure in found.measures} == expected.measures


def test_every_measure_says_what_is_done_and_under_which_heading(plan: tuple[Expected, Findings]) -> None:
    _, found = plan
    assert all(measure.actions and measure.group for measure in found.measures)


def test_cells_of_charts_stand_under_their_years(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    said = {
        (measure.name, row.item, year): cell
        for measure in found.measures
        for row in measure.schedule
        for year, cell in row.years.items()
    }
    assert {key: said.get(key) for key in expected.cells} == expected.cells


def test_figures_say_what_they_count(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    for value, what in expected.figures.items():
        assert any(figure.value.endswith(value) and what in figure.what for figure in found.figures), (value, what)


def test_every_finding_names_its_lines(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    last = len(layout(expected.file).lines)
    for finding in (*found.terms, *found.measures, *found.figures, *found.lists):
        assert 1 <= finding.place.line <= finding.place.last <= last
