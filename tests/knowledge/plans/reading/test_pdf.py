"""PDF: columns, raised numbers, merged cells, tables that hang together, pages that lie on their side."""

import re
from collections.abc import Callable

import pytest
from fpdf import FPDF

from knowledge.plans.progress import silent
from knowledge.plans.reading.pdf import read
from knowledge.plans.reading.pdf_streams import unpacks_to_too_much
from tests.knowledge.plans.made import FONT

SENTENCE = "段落{}：本市では、デジタル技術を使って行政サービスを見直し、施策の推進に取り組みます。"


def texts(draw: Callable[[FPDF], None], *, turned: int = 0) -> list[str]:
    """What is read from one page on which something was drawn."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_font("noto", fname=FONT)
    pdf.set_font("noto", size=10)
    pdf.add_page()
    draw(pdf)
    data = bytes(pdf.output())
    if turned:
        data = data.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % turned, 1)
        assert b"/Rotate" in data
    return [line.text for line in read("a.pdf", data, silent).lines]


def two_columns(pdf: FPDF) -> None:
    pdf.text(40, 40, "両方の段にまたがる長い見出しで、計画の取組を二つの段に分けて説明しています")
    for column, left in enumerate((40.0, 310.0)):
        for number in range(1, 8):
            sentence = SENTENCE.format(column * 7 + number)
            for row in range(0, len(sentence), 24):
                pdf.text(left, 70 + number * 50 + row / 24 * 14 + column * 5, sentence[row : row + 24])


def test_two_columns_are_read_one_after_the_other() -> None:
    read_back = texts(two_columns)
    assert read_back[0].startswith("両方の段に")
    assert read_back[1:] == [SENTENCE.format(number) for number in range(1, 15)]


def test_a_word_after_a_sentence_of_the_widest_line_stays_apart() -> None:
    def draw(pdf: FPDF) -> None:
        for at, text in enumerate(
            ("用語", "ネット越しに使うソフトやデータの置き場。", "コード決済", "模様を読み取って払う。")
        ):
            pdf.text(60, 60 + 15 * at, text)

    assert texts(draw)[-3:] == ["ネット越しに使うソフトやデータの置き場。", "コード決済", "模様を読み取って払う。"]


def test_a_raised_number_stays_apart_from_the_number_beside_it() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(40, 40, "行政手続5")
        pdf.set_font_size(6)
        pdf.text(40 + 47, 35, "12")
        pdf.set_font_size(10)
        pdf.text(94, 40, "のオンライン化を計画する")

    assert texts(draw) == ["行政手続5¹²のオンライン化を計画する"]


def test_words_far_apart_on_a_line_are_cells() -> None:
    def draw(pdf: FPDF) -> None:
        for row, words in enumerate((("用語", "説明"), ("DX", "デジタルによる変革"))):
            for left, word in zip((40, 200), words, strict=True):
                pdf.text(left, 40 + row * 20, word)

    assert texts(draw) == ["用語\t説明", "DX\tデジタルによる変革"]


def box(pdf: FPDF, left: float, top: float, width: float, text: str) -> None:
    pdf.rect(left, top, width, 20)
    pdf.text(left + 3, top + 14, text)


def test_a_word_over_several_years_is_said_in_each_and_a_sentence_once() -> None:
    def draw(pdf: FPDF) -> None:
        for place, word in enumerate(("項目", "R6", "R7", "R8")):
            box(pdf, 40 + place * 100, 40, 100, word)
        box(pdf, 40, 60, 100, "窓口の計画")
        box(pdf, 140, 60, 300, "実施")
        box(pdf, 40, 80, 100, "現状")
        box(pdf, 140, 80, 300, "窓口の手続に時間がかかり、住民の負担になっています。")

    assert texts(draw) == [
        "| 項目 | R6 | R7 | R8 |",
        "| 窓口の計画 | 実施 | 実施 | 実施 |",
        "| 現状 | 窓口の手続に時間がかかり、住民の負担になっています。 |",
    ]


def test_tables_that_hang_together_keep_their_own_columns() -> None:
    def draw(pdf: FPDF) -> None:
        box(pdf, 40, 40, 80, "担当課")
        box(pdf, 120, 40, 280, "市民課")
        for place, word in enumerate(("取組", "R6", "R7", "R8")):
            box(pdf, 40 + place * 90, 60, 90, word)

    assert texts(draw) == ["| 担当課 | 市民課 |", "| 取組 | R6 | R7 | R8 |"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown(turned: int) -> None:
    def draw(pdf: FPDF) -> None:
        start = {90: (40, 200), 180: (300, 400), 270: (300, 100)}[turned]
        below = {90: (20, 0), 180: (0, -20), 270: (-20, 0)}[turned]  # where the next line of the turned text stands
        for row, words in enumerate(("計画の取組", "施策の推進")):
            x, y = start[0] + below[0] * row, start[1] + below[1] * row
            with pdf.rotation(turned, x, y):
                pdf.text(x, y, words)

    assert texts(draw, turned=turned) == ["計画の取組", "施策の推進"]


@pytest.mark.parametrize(("most", "too_much"), [(1_000, True), (10_000_000, False)])
def test_streams_are_measured_before_they_are_unpacked(most: int, too_much: bool) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    pdf.multi_cell(0, 5, "plan " * 5000)
    assert unpacks_to_too_much(bytes(pdf.output()), most) is too_much
    assert re.search(rb"stream\r?\n", bytes(pdf.output()))
