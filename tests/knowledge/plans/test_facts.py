"""What a plan says of itself: its period in several wordings, its numbered edition."""

import pytest

from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("計画期間は、令和7年度から令和11年度までとします。", ("2025-04", "2030-03")),
        ("2025年4月から4年間の取組をまとめました。", ("2025-04", "2029-03")),
        ("令和6年10月から3年間の計画です。", ("2024-10", "2027-09")),
        ("このプランは、令和5年度から令和8年度までに行うことを示します。", ("2023-04", "2027-03")),
        ("国は、令和3年度から令和7年度までに取り組むこととしました。", ("", "")),
    ],
)
def test_the_period_is_read_in_many_wordings(text: str, period: tuple[str, str]) -> None:
    found = find(
        document_of(f"# みほん町DXアクションプラン\n\n## 1 はじめに\n\n{text}\n\n## 2 取組\n\n窓口を整えます。\n")
    )
    assert (found.period_from, found.period_to) == period


def test_a_numbered_edition_is_a_figure() -> None:
    found = find(document_of("# みほん町DX推進方針\n\n2.0版\n\n令和6年1月\n\n## 1 はじめに\n\n方針を定めます。\n"))
    assert found.edition == "2.0版"
    assert ("計画の版", "2.0版") in {(figure.what, figure.value) for figure in found.figures}
