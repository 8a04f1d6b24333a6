"""What cannot be served is a page for residents and JSON for programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.server import running
from tests.databases import Databases
from tests.pages import Pages


@pytest.fixture(scope="module")
def pages(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder: Path = tmp_path_factory.mktemp("errors")
    with databases.engine(folder) as engine, running(engine, folder / "towns") as client:
        yield Pages(client)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/t/nowhere", "その自治体のご案内はありません"),
        ("/t/sample/nothing", "このアドレスには何もありません"),
        ("/t/sample/e/nothing", "この話題のページはありません"),
        ("/t/nowhere/e/rpa", "その自治体のご案内はありません"),
        ("/t/nowhere/sitemap.xml", "その自治体のご案内はありません"),
    ],
)
def test_what_is_not_there_is_said_on_a_page(pages: Pages, path: str, sentence: str) -> None:
    page = pages.get(path)
    assert page.status == 404
    assert sentence in page.text


def test_a_way_back_is_offered_in_a_town_that_is_there(pages: Pages) -> None:
    assert {"/t/sample", "/t/sample/topics"} <= set(pages.get("/t/sample/e/nothing").links)


@pytest.mark.parametrize("path", ["/t/SAMPLE", "/t/sample/e/NO"])
def test_an_address_that_cannot_be_is_refused_on_a_page(pages: Pages, path: str) -> None:
    assert pages.get(path).status == 422


def test_a_form_that_is_too_great_is_refused_on_a_page(pages: Pages) -> None:
    page = pages.post("/t/sample", {"text": "あ" * 20_000})
    assert page.status == 413
    assert "2,000文字" in page.text


@pytest.mark.parametrize(
    "fields", [{"choice": "1"}, {"facet": "nothing"}, {"conversation": "x"}, {"choice": "1:9", "text": "RPA"}]
)
def test_a_form_that_is_not_ours_is_refused_on_a_page(pages: Pages, fields: dict[str, str]) -> None:
    assert pages.post("/t/sample", fields).status == 422


def test_another_method_is_refused_on_a_page(pages: Pages) -> None:
    assert pages.checked(pages.client.delete("/t/sample")).status == 405


def test_typed_words_are_spoken_of_only_where_something_was_sent(pages: Pages) -> None:
    assert "入力した文" not in pages.get("/t/sample/e/nothing").text
    assert "入力した文" in pages.post("/t/sample", {"text": "あ" * 20_000}).text


def test_a_program_is_answered_in_json(pages: Pages) -> None:
    for path in ("/api/v1/nothing", "/nothing", "/t"):
        answer = pages.client.get(path)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_a_browser_is_answered_with_a_page_where_no_program_is_meant(pages: Pages) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = pages.get("/", headers=browser)
    assert page.status == 404
    assert "アドレスを確かめてください" in page.text
    assert pages.client.get("/api/v1/nothing", headers=browser).json()["error"] == "not_found"
