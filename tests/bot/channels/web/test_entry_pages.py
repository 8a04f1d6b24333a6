"""Every entry has a page of its own, and every page leads on."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import httpx
import pytest
from lxml import etree
from sqlalchemy import Engine

from bot.channels.web.entry_pages import Chart, chart, year_name
from knowledge import loading, publishing, revisions, store
from knowledge.bundled import TOWNS
from knowledge.entries import EntryContent, ScheduleRow
from knowledge.models import Entry, State
from tests.bot.server import running, write_sample
from tests.databases import Databases
from tests.pages import Pages

REAL = "toin"
PUBLIC = "https://annai.example.jp"
TOPICS = "/t/sample/topics"


@pytest.fixture(scope="module")
def real(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The sample town and a real one."""
    root = tmp_path_factory.mktemp("towns")
    shutil.copytree(TOWNS / REAL, root / REAL)
    with databases.engine(root) as engine, running(engine, root, public_url=PUBLIC) as client:
        yield client


@pytest.fixture
def engine(any_engine: Engine, tmp_path: Path) -> Engine:
    """The sample town alone."""
    loading.load_all(any_engine, write_sample(tmp_path / "towns"))
    return any_engine


def published(engine: Engine, entry: str, **changes: object) -> EntryContent:
    """An entry of the sample town as staff changed and published it."""
    key = revisions.entry_key("sample", entry)
    with store.writing(engine) as session:
        before = revisions.latest(session, key).content
        content = EntryContent.model_validate(before | changes)
        revision = publishing.add_revision(session, key, content, state=State.DRAFT, author="職員", reason="")
        publishing.publish(session, key, revision.number)
        publishing.confirm(session, key, on=date(2026, 5, 2), by="職員")
    return content


def locations(client: httpx.Client, town: str) -> list[str]:
    answer = client.get(f"/t/{town}/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    return [str(one.text) for one in etree.fromstring(answer.content).iter("{*}loc")]


def faq(page: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.tree.xpath("string(//script)"))  # type: ignore[attr-defined]
    return found


def test_every_page_and_link_of_a_town_leads_somewhere(real: httpx.Client) -> None:
    pages, seen, waiting = Pages(real), set(), ["/t/sample"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in pages.get(path).links:
            target = urldefrag(link).url
            if target and not urlsplit(target).scheme and target not in seen and target not in waiting:
                waiting.append(target)
    assert {f"{PUBLIC}{path}" for path in seen} == set(locations(real, "sample"))


def test_every_entry_of_a_real_town_has_a_page(real: httpx.Client) -> None:
    pages = Pages(real)
    paths = [urlsplit(one).path for one in locations(real, REAL) if "/e/" in one]
    assert len(paths) > 200
    listed = pages.get(f"/t/{REAL}/topics").links
    for path in paths:
        page = pages.get(path)
        assert path in listed
        assert "出典：東員町デジタル化推進計画（2023年1月）" in page.text
        described = faq(page)
        assert described["@type"] == "FAQPage" and described["name"] == page.heading
        plan = {"@type": "CreativeWork", "name": "東員町デジタル化推進計画", "datePublished": "2023-01"}
        assert described["isBasedOn"] == plan
        questions = described["mainEntity"]
        assert len(questions) == len(page.tree.xpath("//section[p[@class='source']]"))  # type: ignore[arg-type]


def test_a_chart_is_a_table_with_headers(real: httpx.Client) -> None:
    page = Pages(real).get(f"/t/{REAL}/e/online-procedures")
    table = page.tree.find(".//table")
    assert [one.text for one in table.iterfind("thead/tr/th")][1] == "令和4年度（2022年度）"
    assert all(row.find("th").get("scope") == "row" for row in table.iterfind("tbody/tr"))
    assert table.xpath("string(caption)")


def test_years_of_a_chart_stand_in_their_order_and_a_lost_cell_stays_empty() -> None:
    rows = [
        ScheduleRow(item="準備", years={"R1": "開始", "H31": "検討"}),
        ScheduleRow(item="運用", years={"R2": "開始"}),
    ]
    assert chart(rows) == Chart(
        ("平成31年度（2019年度）", "令和1年度（2019年度）", "令和2年度（2020年度）"),
        (("準備", ("検討", "開始", "")), ("運用", ("", "", "開始"))),
    )
    assert chart([ScheduleRow(item="検討")]) is None


def test_a_year_that_every_row_lost_still_has_its_column() -> None:
    found = chart([ScheduleRow(item="準備", years={"R5": "構築", "R7": "運用"})])
    assert found is not None and found.has_gaps
    assert found.years[1] == "令和6年度（2024年度）"
    assert found.rows == (("準備", ("構築", "", "運用")),)
    earlier = chart([ScheduleRow(item="準備", years={"H28": "構築", "H30": "運用"})])
    assert earlier is not None and earlier.years[1] == "平成29年度（2017年度）"


def test_fiscal_years_are_named_in_both_calendars() -> None:
    assert year_name("R6") == "令和6年度（2024年度）"


def test_a_page_is_kept_until_the_town_publishes(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns", public_url=PUBLIC) as client:
        first = client.get(TOPICS)
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get(TOPICS, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in again.headers["Cache-Control"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    published(engine, "rpa", title="ロボットによる自動化")
    with running(engine, tmp_path / "towns", public_url=PUBLIC) as client:
        assert "ロボットによる自動化" in client.get(TOPICS, headers=known).text


def test_easy_japanese_is_set_with_readings(engine: Engine, tmp_path: Path) -> None:
    published(engine, "rpa", easy="町《まち》の <b>計画《けいかく》")
    with running(engine, tmp_path / "towns") as client:
        pages = Pages(client)
        page, answer = pages.get("/t/sample/e/rpa"), pages.post("/t/sample", {"text": "RPAって何"})
    assert [one.text for one in page.tree.iterfind(".//section[@class='easy']//p//rt")] == ["まち", "けいかく"]
    assert not page.tree.xpath("//b")
    assert "/t/sample/e/rpa#easy" in answer.links


def test_confirmation_and_validity_are_told(engine: Engine, tmp_path: Path) -> None:
    published(engine, "rpa")
    with store.writing(engine) as session:
        session.get_one(Entry, "sample/rpa").valid_until = date(2099, 3, 31)
    with running(engine, tmp_path / "towns") as client:
        pages = Pages(client)
        page, other = pages.get("/t/sample/e/rpa"), pages.get("/t/sample/e/ai")
    assert "職員確認済み（2026年5月）" in page.text and "2099年3月31日まで" in page.text
    assert "職員確認済み" not in other.text and "町が公表した計画から作成" in other.text


def test_what_a_page_is_called_is_told_to_search_engines(real: httpx.Client) -> None:
    page = Pages(real).get("/t/sample/e/rpa")
    assert page.tree.xpath("string(//link[@rel='canonical']/@href)") == f"{PUBLIC}/t/sample/e/rpa"
    asked = Pages(real).post("/t/sample", {"text": "RPAって何"})
    assert asked.tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    robots = real.get("/robots.txt").text
    assert f"Sitemap: {PUBLIC}/t/sample/sitemap.xml" in robots
    assert "Disallow: /api/" in robots


def test_an_address_without_a_setting_is_the_one_that_was_asked(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns") as client:
        assert str(client.base_url) in client.get("/t/sample/sitemap.xml").text
        odd = client.get("/t/sample/e/rpa", headers={"Host": 'a"><script>'})
    assert '<link rel="canonical" href="http://127.0.0.1:8000/t/sample/e/rpa">' in odd.text


def test_data_for_search_engines_cannot_end_their_element(engine: Engine, tmp_path: Path) -> None:
    text = "</script><script>alert(1)</script>"
    facet = {"name": "definition", "text": text, "section": "用語集"}
    published(engine, "rpa", facets=[facet])
    with running(engine, tmp_path / "towns") as client:
        page = Pages(client).get("/t/sample/e/rpa")
    assert len(page.tree.xpath("//script")) == 1
    assert text in json.dumps(faq(page))
