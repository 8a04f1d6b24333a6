"""The pages in a real Chromium: axe in every state, by keyboard alone without scripts, nothing wider than a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page
from sqlalchemy import Engine

from knowledge import loading, publishing, revisions, store
from knowledge.entries import EntryContent, ScheduleRow
from knowledge.models import State, Town
from tests.bot.server import running, write_sample
from tests.browser.conftest import launched
from tests.databases import Databases

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}  # no account of what passed
LEAST_TARGET = 44 - 0.5  # px, of what stands by itself; links within a sentence may be lower (WCAG 2.5.8)
MOST_TABS = 60
DISPLAYS: dict[str, dict[str, Any]] = {
    "320 px, as 1280 px at 400 %": {"viewport": {"width": 320, "height": 256}},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}
SMALL = """least => [...document.querySelectorAll('button, a[href], textarea')]
    .filter(one => !one.closest('p:not(.brand)') && !one.matches('.skip'))
    .filter(one => one.getBoundingClientRect().height < least).map(one => one.textContent)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium, ended with the module, so that its event loop is in no other test's way."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample town answers, with all that staff can enter."""
    folder: Path = tmp_path_factory.mktemp("browser")
    with databases.engine(folder) as engine:
        loading.load_all(engine, write_sample(folder / "towns"))
        _furnish(engine)
        with running(engine, folder / "towns") as client:
            yield str(client.base_url).rstrip("/")


def _furnish(engine: Engine) -> None:
    with store.writing(engine) as session:
        town = session.get_one(Town, "sample")
        town.telephone, town.notice, town.web_address = "0480-00-0000", "年末は休みます。", "https://www.example.lg.jp/"
        key = revisions.entry_key("sample", "smartphone-class")
        content = EntryContent.model_validate(revisions.latest(session, key).content)
        years = ScheduleRow(item="スマホ教室の開催", years={f"R{year}": "随時実施" for year in range(3, 9)})
        facets = tuple(f.model_copy(update={"rows": (years,)}) if f.name == "schedule" else f for f in content.facets)
        easy = "スマートフォンの使《つか》い方《かた》を学《まな》びます。"
        content = content.model_copy(update={"facets": facets, "easy": easy})
        draft = publishing.add_revision(session, key, content, state=State.DRAFT, author="職員", reason="")
        publishing.publish(session, key, draft.number)


def click(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=label).click()


def ask(page: Page, text: str) -> None:
    page.fill("#text", text)
    click(page, "質問する")


def states(page: Page, address: str) -> Iterator[str]:
    """Brings the page into each of its states, one after the other."""
    page.goto(f"{address}/t/sample")
    yield "home"
    ask(page, "スマホ教室はありますか")
    yield "answer"
    click(page, "役に立たなかった")
    yield "vote"
    ask(page, "ピアノ教室を探しています")
    yield "choices"
    ask(page, "家が火事です、助けて")
    yield "emergency"
    ask(page, " ")
    yield "error"
    click(page, "この会話を消す")
    yield "erased"
    for path in ("topics", "e/smartphone-class", "privacy", "accessibility", "nothing"):
        page.goto(f"{address}/t/sample/{path}")
        yield path


@pytest.mark.parametrize("display", DISPLAYS)
def test_every_state_can_be_seen_heard_and_pressed(browser: Browser, address: str, display: str) -> None:
    context = browser.new_context(**DISPLAYS[display])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for state in states(page, address):
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, (state, found.generate_report())
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{state} must be scrolled sideways"
        assert page.evaluate(SMALL, LEAST_TARGET) == [], state
    context.close()
    assert [one for one in said if "Content Security Policy" in one] == []


def test_on_paper_stand_the_words_and_the_address_and_nothing_to_press(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page = context.new_page()
    page.goto(f"{address}/t/sample")
    ask(page, "スマホ教室はありますか")
    assert not page.get_by_text("このページのアドレス").is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("スマホ教室を開く").is_visible()
    assert [one for one in page.locator("button, textarea, nav a").all() if one.is_visible()] == []
    page.goto(f"{address}/t/sample/e/smartphone-class")
    assert page.get_by_text(f"このページのアドレス：{address}/t/sample/e/smartphone-class").is_visible()
    context.close()


WIDER = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(one => !one.closest('.table') && one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.textContent)"""


def test_nothing_is_cut_off_where_letters_and_lines_stand_wider(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568}, bypass_csp=True)
    page = context.new_page()
    for state in states(page, address):
        page.add_style_tag(content=WIDER)  # WCAG 2.1, 1.4.12
        assert page.evaluate(CUT) == [], state
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), state
    context.close()


def tab_to(page: Page, is_it: Callable[[Page], bool]) -> None:
    """Presses the tab key until the focus is where it should be."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if is_it(page):
            return
    raise AssertionError("the focus never came there")


def on(label: str) -> Callable[[Page], bool]:
    return lambda page: page.locator(":focus").inner_text().strip() == label


def press(page: Page, label: str) -> None:
    tab_to(page, on(label))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_conversation_by_keyboard_alone_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/t/sample")
    page.keyboard.press("Tab")
    assert on("本文へ移動する")(page)
    assert (page.locator(":focus").bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    tab_to(page, lambda page: page.locator(":focus").get_attribute("id") == "text")
    page.keyboard.type("スマホ教室はありますか")
    press(page, "質問する")
    assert "スマホ教室を開く" in page.locator("#reply").inner_text()
    press(page, "担当は？")
    assert "企画課" in page.locator("#reply").inner_text()
    press(page, "役に立たなかった")
    tab_to(page, lambda page: page.locator(":focus").get_attribute("id") == "reason")
    page.keyboard.type("電話番号も知りたい")
    press(page, "理由を送る")
    assert "ご意見をいただきました" in page.locator("main").inner_text()
    press(page, "この会話を消す")
    assert page.locator("h1").inner_text() == "会話を消しました"
    assert page.url.split("#")[0] == f"{address}/t/sample/erase"
    context.close()


def test_back_leads_to_the_reply_until_it_is_erased(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/t/sample")
    ask(page, "スマホ教室はありますか")
    with page.expect_navigation():
        page.get_by_role("link", name="「デジタルデバイド対策」のページを見る").click()
    page.go_back()
    assert "スマホ教室を開く" in page.locator("#reply").inner_text()
    click(page, "この会話を消す")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    context.close()


def test_a_page_that_was_kept_still_has_its_style(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for _ in range(3):
        page.goto(f"{address}/t/sample/e/smartphone-class")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    context.close()


def test_what_is_focused_has_a_black_and_yellow_ring(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/t/sample")
    tab_to(page, on("質問する"))
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineColor, s.outlineStyle, s.boxShadow] })()"
    )
    assert style[:2] == ["rgb(0, 0, 0)", "solid"]
    assert style[2].startswith("rgb(255, 212, 61)")
    context.close()
