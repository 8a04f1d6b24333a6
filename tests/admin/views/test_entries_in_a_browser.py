"""Entries in a real browser: without a script, by keyboard, and every page that stands behind a form."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from admin import cookies
from admin.roles import Role
from tests.admin.office import Clerk, Office
from tests.admin.test_browser import WIDTHS

EDIT = "/towns/sample/entries/smartphone-class/edit"


def tab(office: Office, browser: Browser, clerk: Clerk, *, script: bool = True) -> Page:
    """A tab in which the clerk is signed in."""
    context = browser.new_context(locale="ja-JP", java_script_enabled=script)
    session = clerk.http.cookies.get(cookies.SESSION) or ""
    context.add_cookies([{"name": cookies.SESSION, "value": session, "url": office.address}])
    return context.new_page()


@pytest.fixture
def page(office: Office, browser: Browser) -> Iterator[Page]:
    """A tab of an approver."""
    page = tab(office, browser, office.clerk(Role.APPROVER))
    yield page
    page.context.close()


def look(page: Page) -> list[str]:
    """What axe finds, and widths at which the page is wider than the window."""
    found = [f"{one['id']} {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {width}")
    return found


def test_what_stands_behind_a_form_is_usable_by_everybody(office: Office, page: Page) -> None:
    page.goto(office.address + EDIT)
    page.fill("#easy", "申請《しんせい》します。")
    page.click("text=プレビュー >> nth=0")
    assert page.inner_text("#preview ruby") and look(page) == []
    other = office.clerk(Role.EDITOR)
    other.send(EDIT, on=EDIT, do="save", title="先の人の題")
    page.fill("#title", "後の人の題")
    page.click("text=下書きを保存する >> nth=0")
    assert "さんが先に保存しました" in page.inner_text("main") and look(page) == []
    page.fill("#facet-0-text", " ")
    page.click("text=下書きを保存する >> nth=0")
    page.click(".problems a")
    assert page.evaluate("location.hash") == "#facet-0-text" and look(page) == []
    page.goto(f"{office.address}/towns/sample/words/new")
    page.fill("#words", "ぽちぽち講座\nスマホ教室")
    page.fill("#question", "ぽちぽち講座はありますか")
    page.click("text=ためす")
    assert "この言葉を足すと" in page.inner_text("main") and look(page) == []


def test_the_preview_follows_what_is_typed_and_nothing_is_kept(office: Office, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(office.address + EDIT)
    expect(page.locator("#preview .web-reply").first).to_contain_text("スマホ教室を開く")
    page.fill("#facet-0-text", "毎週土曜に、図書館で教えています。")
    expect(page.locator("#preview .web-reply").first).to_contain_text("毎週土曜に、図書館で")
    expect(page.locator("#preview .line-bubble").first).to_contain_text("毎週土曜に、図書館で")
    beside, form = (page.locator(one).bounding_box() for one in ("#preview", "#writing"))
    assert beside and form and beside["x"] >= form["x"] + form["width"]
    assert look(page) == [] and office.audited() == []
    page.fill("#facet-0-text", "")
    page.fill("#title", "題")
    page.click("text=下書きを保存する >> nth=0")
    assert page.input_value("#title") == "題", "the browser asks for the text first, and nothing that was typed is lost"


def test_an_entry_is_written_without_a_script_and_enter_saves_nothing(office: Office, browser: Browser) -> None:
    page = tab(office, browser, office.clerk(Role.EDITOR), script=False)
    page.goto(f"{office.address}/towns/sample/entries/_new")
    page.fill("#title", "プールの開放")
    page.fill("#facet-0-text", "町民プールは7月から開いています。")
    page.fill("#facet-0-section", "広報 6月号")
    page.press("#title", "Enter")
    assert "まだ保存していません" in page.inner_text("main") and office.audited() == []
    page.click("text=答えを足す")
    page.click("text=答え2を消す")
    page.click("text=下書きを保存する >> nth=0")
    assert page.inner_text("h1") == "プールの開放" and office.audited() == ["entry.begun"]
    page.context.close()


def test_what_has_changed_opens_at_the_answer_that_tells_it(office: Office, page: Page) -> None:
    page.goto(f"{office.address}/towns/sample/confirm")
    page.click("a[href$='smartphone-class/edit#facet-0-text']")
    page.wait_for_url("**/edit#facet-0-text")
    assert page.evaluate("document.querySelector('#facet-0-text').getBoundingClientRect().top < innerHeight")


def test_an_entry_is_confirmed_by_keyboard_alone(office: Office, page: Page) -> None:
    page.goto(f"{office.address}/towns/sample/confirm")
    first = page.inner_text("main h2 a")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "今も正しい":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".flash")
    assert first in page.inner_text(".flash")
