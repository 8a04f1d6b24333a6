"""Headings underlined and cells over several lines, as converters write them into plain text."""

import pytest

from knowledge.plans.reading.text import document_of


def lines(text: str) -> list[str]:
    return [line.text for line in document_of("plan.md", text).lines]


def test_underlined_lines_are_headings_of_two_levels() -> None:
    text = "目的\n====\n\n本文です。\n\n手段\n----\n\n本文です。\n"
    assert [line for line in lines(text) if line.startswith("#")] == ["# 目的", "## 手段"]


@pytest.mark.parametrize(
    "text",
    [
        "手段\n----\n\n本文です。",
        "項目  数値\n====\n\n件数  5件",
        "一行目です。\n二行目\n====",
        "====\n\n本文です。",
    ],
)
def test_a_rule_without_a_heading_over_it_stays_a_rule(text: str) -> None:
    assert lines(text) == text.split("\n")


def test_the_lines_of_a_cell_are_one_where_each_row_has_its_border() -> None:
    rows = ["| 受け持ち | 総務課   |", "| 困って | 電話が長く、 |\n| いること | 待たされる。 |", "| 歩み | 準備 |"]
    border = "+------+------+"
    drawn = lines("\n".join([border, *(f"{row}\n{border}" for row in rows)]))
    assert [line for line in drawn if line.startswith("|")] == [
        "| 受け持ち | 総務課 |",
        "| 困っていること | 電話が長く、待たされる。 |",
        "| 歩み | 準備 |",
    ]
    assert len(drawn) == 8


def test_rows_without_borders_between_them_stay_rows() -> None:
    text = "┌──┬──┐\n│課名│件数│\n├──┼──┤\n│総務│３件│\n│税務│５件│\n└──┴──┘"
    assert lines(text) == text.split("\n")
