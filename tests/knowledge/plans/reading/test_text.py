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
