"""Findings of the invented town's plan, made by hand."""

from dataclasses import replace

from knowledge.plans.findings import Doubt, Figure, Findings, Listed, Measure, Place, ScheduleRow, Term


def at(*path: str, line: int = 1, last: int = 0, page: int | None = None) -> Place:
    return Place(path, line, last or line, page)


RPA = Term(
    "RPA",
    ("ロボットによる自動化",),
    "Robotic Process Automation の略。人がパソコンで行う決まった作業を、ソフトウェアに行わせること。",
    at("用語集", line=141),
    "Robotic Process Automation",
)
WINDOW = Measure(
    "書かない窓口の導入",
    at("第4章 具体的な取組", "基本方針1 便利な市民サービス", line=45, last=55),
    "基本方針1 便利な市民サービス",
    ("市民課", "情報政策課"),
    "転入などの手続では、同じ住所や氏名を何枚もの用紙に書いていただいています。",
    "申請書を書かずに、窓口の手続が終わる。",
    ("窓口支援システムの導入", "証明書の窓口への展開"),
    (
        ScheduleRow("窓口支援システムの導入", {"R6": "検討", "R7": "構築", "R8": "運用", "R9": "運用"}),
        ScheduleRow("証明書の窓口への展開", {"R6": "検討", "R7": "", "R8": "実施", "R9": "実施"}, ("R7",)),
    ),
)
BARE = Measure("オープンデータの充実", at("第4章", line=101))
CARDS = Figure("マイナンバーカードの保有率", "71.4%", "令和5年12月末", at("第2章 現状と課題", line=27))
UNDATED = Figure("公開しているデータ", "18種類", "", at("第4章", line=103))
POLICIES = Listed("基本方針", ("便利な市民サービス", "かしこい市役所", "だれも取り残さない地域"), at("第3章", line=35))
FOUND = Findings(
    title="みほん市DX推進計画",
    town="みほん市",
    edition="",
    published="2024-03",
    period_from="2024-04",
    period_to="2028-03",
    bodies=("みほん市DX推進本部",),
    laws=("官民データ活用推進基本法",),
    terms=(RPA,),
    measures=(WINDOW, BARE),
    figures=(CARDS, UNDATED),
    lists=(POLICIES,),
    doubts=(Doubt(12, "デジタルデバйд", "デジタルデバイド", "ほかの文字がまじっています"),),
)
EMPTY = replace(FOUND, terms=(), measures=(), figures=(), lists=())
