"""The figures as staff and the council read them."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from admin.charts import columns
from admin.roles import Role
from knowledge import store
from knowledge.days import today
from tests.admin.office import Office
from tests.admin.pictures import ask

FIGURES = "/towns/sample/figures"


def fill(office: Office) -> None:
    """Seven questions of the last two days: four answered, one offered, one in vain, one greeting."""
    with store.writing(office.engine) as session:
        for number in range(7):
            ask(session, number, datetime.now(UTC) - timedelta(hours=6 * number))


def test_a_clerk_sees_how_questions_ended_in_numbers_tables_and_charts(office: Office) -> None:
    fill(office)
    page = office.clerk(Role.VIEWER).get(FIGURES)
    numbers = [" ".join(item.text_content().split()) for item in page.tree.xpath("//ul[@class='numbers']/li")]
    assert numbers[:4] == [
        "7質問（会話は7）",
        "66.7%答えた（4件）",
        "16.7%候補を出した（1件）",
        "16.7%答えられなかった（1件）",
    ]
    assert "ウェブから3件、LINEから4件" in page.text
    assert page.tree.xpath("//table[.//a[text()='RPA']]//td[1]/text()")[:1] == ["2"]
    assert len(page.tree.xpath("//main//svg")) == 3
    by_hour = page.tree.xpath("//div[@aria-label='時間ごとの表']//td/text()")
    assert len(by_hour) == 24 and sum(map(int, by_hour)) == 7
    assert "コミュニティバス" not in page.response.text, "no resident's word"


def test_a_span_without_questions_says_what_to_do(office: Office) -> None:
    fill(office)
    page = office.clerk(Role.VIEWER).get(f"{FIGURES}?first=2020-04-01&last=2020-04-30")
    assert "質問はありませんでした" in page.text and page.tree.xpath("//main//svg") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first=2026-04-02&last=2026-04-01", "選び直して"),
        ("first=x&last=2026-04-01", "選び直して"),
        ("first=2026-04-01", "選び直して"),
        ("first=2001-01-01&last=2026-04-01", "3年より長い"),
        ("first=9999-12-31&last=9999-12-31", "選び直して"),
    ],
)
def test_days_that_cannot_be_shown_are_explained(office: Office, query: str, said: str) -> None:
    page = office.clerk(Role.VIEWER).get(f"{FIGURES}?{query}", 422)
    assert said in page.text


def test_the_council_gets_a_file_of_the_same_numbers(office: Office) -> None:
    fill(office)
    viewer = office.clerk(Role.VIEWER)
    links = viewer.get(FIGURES).tree.xpath("//a[contains(@href, 'figures/file')]/@href")
    excel, text = (viewer.http.get(link) for link in links)
    book = load_workbook(io.BytesIO(excel.content), read_only=True)
    assert book["合計"]["B3"].value == 7
    assert f"{today():%Y%m%d}.xlsx" in excel.headers["content-disposition"]
    assert text.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert ["質問", "7"] in rows and ["RPA", "2"] in [row[:2] for row in rows]
    assert "コミュニティバス" not in text.text


def test_columns_stand_on_one_another_and_never_leave_the_picture() -> None:
    chart = columns(["月", "火", "水"], {"answer": [3, 0, 8], "unknown": [1, 0, 5]})
    first, second = (piece for piece in chart.pieces if piece.x < 200)
    assert (first.name, second.name) == ("answer", "unknown")
    assert second.y + second.height == pytest.approx(first.y)
    assert first.height == pytest.approx(3 * second.height, rel=0.01)
    assert min(piece.y for piece in chart.pieces) >= 0
    assert [count for _, count in chart.lines] == [0, 5, 10, 15]
    empty = columns(["月"], {"all": [0]})
    assert empty.pieces == () and [count for _, count in empty.lines] == [0, 1]


def test_a_year_is_drawn_by_months(office: Office) -> None:
    fill(office)
    first = today() - timedelta(days=364)
    page = office.clerk(Role.VIEWER).get(f"{FIGURES}?first={first}&last={today()}")
    labels = page.tree.xpath("(//main//svg)[1]//text[@class='under']/text()")
    assert f"{first.year}/{first.month}" in labels and len(labels) <= 13
