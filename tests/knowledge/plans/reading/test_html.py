"""HTML: what a reader of the page reads, in order; scripts and navigation are not the plan."""

import pytest

from knowledge.plans.progress import silent
from knowledge.plans.reading.html import read
from knowledge.plans.refusals import UnreadablePlan


def texts(page: str, encoding: str = "utf-8") -> list[str]:
    return [line.text for line in read("計画.html", page.encode(encoding), silent).lines if line.text]


def test_headings_lists_and_paragraphs_keep_their_order() -> None:
    page = "<h2>第1章<br>方針</h2>前<p>本文<sup>1</sup>と<b>強調</b></p><ul><li>一<li>二</ul>"
    page += "<ol start=3><li>三<li>四</ol>後"
    assert texts(page) == ["## 第1章方針", "前", "本文¹と強調", "・一", "・二", "3. 三", "4. 四", "後"]


def test_spanning_cells_are_said_where_they_reach() -> None:
    table = (
        "<table><caption>表1</caption><tr><th>項目<th>R6<th>R7</tr><tr><td rowspan=2>窓口<td colspan=2>実施</tr>"
        "<tr><td>・導入<br>・展開<td>検討</tr></table>"
    )
    assert texts(table) == ["表1", "| 項目 | R6 | R7 |", "| 窓口 | 実施 | 実施 |", "| 窓口 | ・導入<br>・展開 | 検討 |"]


@pytest.mark.parametrize(("declared", "encoding"), [("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("utf-8", "utf-8")])
def test_the_declared_charset_counts(declared: str, encoding: str) -> None:
    assert texts(f'<html><head><meta charset="{declared}"></head><body>計画の取組</body></html>', encoding) == [
        "計画の取組"
    ]


def test_an_xhtml_declaration_is_no_hindrance() -> None:
    assert texts('<?xml version="1.0" encoding="UTF-8"?><html><body><p>計画</p></body></html>') == ["計画"]


def test_navigation_is_left_out_and_scripts_are_no_text() -> None:
    document = read("a.html", "<title>題</title><nav>ホーム</nav><script>悪()</script><p>計画".encode(), silent)
    assert [line.text for line in document.lines if line.text] == ["計画"]
    assert [line.text for line, _ in document.left_out] == ["題", "ホーム"]


def test_entities_of_its_own_are_refused() -> None:
    with pytest.raises(UnreadablePlan, match="DTD"):
        texts('<!DOCTYPE html [<!ENTITY a "aaaa">]><html><body>&a;</body></html>')
