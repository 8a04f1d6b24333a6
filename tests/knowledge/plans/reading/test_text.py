"""Plain text: the encodings that towns use, lines as an editor counts them, nothing changed."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plans.document import Document
from knowledge.plans.progress import silent
from knowledge.plans.reading.text import read
from knowledge.plans.refusals import Refusal, UnreadablePlan

TEXT = "第1章 計画\r\n\r\n用語\t説明\n①取組～推進\n"


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp932"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_reads_every_encoding_that_towns_use(data: bytes) -> None:
    document = read("計画.txt", data, silent)
    assert texts(document) == ["第1章 計画", "", "用語\t説明", "①取組～推進", ""]
    assert [line.number for line in document.lines] == [1, 2, 3, 4, 5]


def test_a_form_feed_begins_a_page() -> None:
    lines = read("計画.txt", "一\n二\f\n三".encode(), silent).lines
    assert [(line.text, line.page) for line in lines] == [("一", 1), ("二", 2), ("三", 2)]


def test_an_html_table_becomes_rows_that_keep_the_lines_of_their_tags() -> None:
    source = (
        "前\n<table>\n<tr><th>区分</th><th>取組</th></tr>\n<tr><td rowspan=2>窓口</td>\n<td>移動<br>窓口</td></tr>\n"
        "<tr><td>電話</td></tr>\n</table>後\n末"
    )
    told = [(line.number, line.text) for line in read("計画.md", source.encode(), silent).lines if line.text]
    assert told == [
        (1, "前"),
        (3, "| 区分 | 取組 |"),
        (4, "| 窓口 | 移動窓口 |"),
        (6, "| 窓口 | 電話 |"),
        (7, "後"),
        (8, "末"),
    ]


def test_a_table_on_one_line_is_as_many_rows_as_it_has() -> None:
    source = "表<table><caption>年表</caption><tr><td>一</td></tr><tr><td>二</td></tr></table>"
    told = [(line.number, line.text) for line in read("計画.md", source.encode(), silent).lines if line.text]
    assert told == [(1, "表"), (1, "年表"), (1, "| 一 |"), (1, "| 二 |")]


def test_a_table_that_is_never_closed_stays_as_it_is_written() -> None:
    source = "<table>\n<tr><td>一</td>\n本文"
    assert texts(read("計画.md", source.encode(), silent)) == source.split("\n")


def test_a_chart_drawn_with_spaces_becomes_rows_with_its_empty_years() -> None:
    source = (
        "  項目            令和７年度   令和８年度\n  窓口の開設                   準備\n"
        "  電話の応対      試行         実施\n\n  本文"
    )
    assert texts(read("計画.txt", source.encode(), silent)) == [
        "| 項目 | 令和７年度 | 令和８年度 |",
        "| 窓口の開設 |  | 準備 |",
        "| 電話の応対 | 試行 | 実施 |",
        "",
        "  本文",
    ]


def test_numbered_names_side_by_side_become_cells_of_one_row() -> None:
    source = "   1-1 窓口の改善        1-2 申請の改善\n   1-3 電話の改善"
    assert texts(read("計画.txt", source.encode(), silent)) == [
        "| 1-1 窓口の改善 | 1-2 申請の改善 |",
        "   1-3 電話の改善",
    ]


def test_sentences_with_gaps_in_them_stay_as_they_are() -> None:
    source = "令和７年度   令和８年度   の話です。\n  前   後"
    assert texts(read("計画.txt", source.encode(), silent)) == source.split("\n")


@pytest.mark.parametrize(
    ("data", "refusal"), [(b"\xff\xfe\xfd" * 9, Refusal.ENCODING), (b"plan\x00\x01", Refusal.BROKEN)]
)
def test_what_is_no_text_is_refused(data: bytes, refusal: Refusal) -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read("計画.txt", data, silent)
    assert refused.value.refusal is refusal


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\r\n\t")))
def test_no_character_is_lost(text: str) -> None:
    read_back = "\n".join(texts(read("計画.txt", text.encode(), silent)))
    assert read_back == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
