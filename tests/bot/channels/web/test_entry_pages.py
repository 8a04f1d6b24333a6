"""Every entry has a page of its own, and every page leads on."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import httpx
import pytest
from lxml import etree
from sqlalchemy import Engine

from bot.channels.web.entry_pages import Chart, chart, year_name
from knowledge import loading, publishing, store
from knowledge.bundled import TOWNS
from knowledge.entries import EntryContent, ScheduleRow
from knowledge.models import Entry, State
from tests.bot.server import running
from tests.pages import Pages

REAL = "toin"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = store.open_engine(f"sqlite:///{tmp_path_factory.mktemp('entries')}/annai.db")
    store.migrate(engine)
    loading.load_all(engine, TOWNS)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running(engine, tmp_path_factory.mktemp("towns"), public_url="https://annai.example.jp/") as client:
        yield client


def locations(client: httpx.Client, town: str) -> list[str]:
    answer = client.get(f"/t/{town}/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    return [str(one.text) for one in etree.fromstring(answer.content).iter("{*}loc")]


def faq(page: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.tree.xpath("string(//script)"))  # type: ignore[attr-defined]
    return found


def test_every_page_and_link_of_a_town_leads_somewhere(client: httpx.Client) -> None:
    pages, seen, waiting = Pages(client), set(), ["/t/sample"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in pages.get(path).links:
            target = urldefrag(link).url
            if target and not urlsplit(target).scheme and target not in seen and target not in waiting:
                waiting.append(target)
    assert {f"https://annai.example.jp{path}" for path in seen} == set(locations(client, "sample"))


def test_every_entry_of_a_real_town_has_a_page(client: httpx.Client) -> None:
    pages = Pages(client)
    paths = [urlsplit(one).path for one in locations(client, REAL) if "/e/" in one]
    assert len(paths) > 200
    listed = pages.get(f"/t/{REAL}/topics").links
    for path in paths:
        page = pages.get(path)
        assert path in listed
        assert "出典：東員町デジタル化推進計画（2023年1月）" in page.text
        described = faq(page)
        assert described["@type"] == "FAQPage" and described["name"] == page.heading
        questions = described["mainEntity"]
        assert len(questions) == len(page.tree.xpath("//section[p[@class='source']]"))  # type: ignore[arg-type]


def test_a_chart_is_a_table_with_headers(client: httpx.Client) -> None:
    page = Pages(client).get(f"/t/{REAL}/e/online-procedures")
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
    assert year_name("R6") == "令和6年度（2024年度）"


def test_a_page_is_kept_until_the_town_publishes(client: httpx.Client, engine: Engine, tmp_path: Path) -> None:
    first = client.get("/t/goka/topics")
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/t/goka/topics", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in again.headers["Cache-Control"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    with store.writing(engine) as session:
        publishing.move_town(session, "goka")
    with running(engine, tmp_path, public_url="https://annai.example.jp/") as later:
        assert later.get("/t/goka/topics", headers=known).status_code == 200


def test_easy_japanese_is_set_with_readings_and_validity_is_told(engine: Engine, tmp_path: Path) -> None:
    key, root = "okutama/ai", tmp_path / "towns"
    with store.writing(engine) as session:
        entry = next(e for e in publishing.published_entries(session, "okutama", date(2026, 4, 1)))
        key = publishing.entry_key("okutama", entry.content.id)
        content = EntryContent.model_validate(entry.content.model_dump() | {"easy": "町《まち》の <b>計画《けいかく》"})
        revision = publishing.add_revision(session, key, content, state=State.DRAFT, author="職員", reason="")
        publishing.publish(session, key, revision.number)
        publishing.confirm(session, key, on=date(2026, 5, 2), by="職員")
        session.get_one(Entry, key).valid_until = date(2099, 3, 31)
    with running(engine, root) as client:
        pages = Pages(client)
        page = pages.get(f"/t/okutama/e/{content.id}")
        answer = pages.post("/t/okutama", {"text": f"{content.title}について教えて"})
    assert [one.text for one in page.tree.iterfind(".//section[@class='easy']//p//rt")] == ["まち", "けいかく"]
    assert not page.tree.xpath("//b")
    assert "職員確認済み（2026年5月）" in page.text
    assert "2099年3月31日まで" in page.text
    assert f"/t/okutama/e/{content.id}#easy" in answer.links


def test_what_a_page_is_called_is_told_to_search_engines(client: httpx.Client) -> None:
    page = Pages(client).get("/t/sample/e/rpa")
    assert page.tree.xpath("string(//link[@rel='canonical']/@href)") == "https://annai.example.jp/t/sample/e/rpa"
    asked = Pages(client).post("/t/sample", {"text": "RPAって何"})
    assert asked.tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    robots = client.get("/robots.txt").text
    assert "Sitemap: https://annai.example.jp/t/sample/sitemap.xml" in robots
    assert "Disallow: /api/" in robots


def test_an_address_without_a_setting_is_the_one_that_was_asked(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns") as client:
        assert str(client.base_url) in client.get("/t/sample/sitemap.xml").text
        odd = client.get("/t/sample/e/rpa", headers={"Host": 'a"><script>'})
    assert '<link rel="canonical" href="http://127.0.0.1:8000/t/sample/e/rpa">' in odd.text


def test_data_for_search_engines_cannot_end_their_element(client: httpx.Client, engine: Engine, tmp_path: Path) -> None:
    with store.writing(engine) as session:
        entry = publishing.published_entries(session, "goka", date(2026, 4, 1))[0].content
        facet = entry.default_facet.model_copy(update={"text": "</script><script>alert(1)</script>"})
        content = entry.model_copy(update={"facets": (facet,)})
        key = publishing.entry_key("goka", entry.id)
        revision = publishing.add_revision(session, key, content, state=State.DRAFT, author="職員", reason="")
        publishing.publish(session, key, revision.number)
    with running(engine, tmp_path / "towns") as later:
        page = Pages(later).get(f"/t/goka/e/{entry.id}")
    assert len(page.tree.xpath("//script")) == 1
    assert "</script><script>alert(1)" in json.dumps(faq(page))
