"""Files in a real browser: a plan's progress with and without script, entries out and in, the figures' files."""

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from admin import cookies
from admin.roles import Role
from tests.admin.office import Office
from tests.admin.views.test_figures import fill
from tests.knowledge.plans.made import PLAN

BOUND = 30_000  # milliseconds that a change may take to be seen


def at_desk(office: Office, browser: Browser, *, script: bool = True) -> Page:
    """An editor's tab."""
    context: BrowserContext = browser.new_context(locale="ja-JP", java_script_enabled=script)
    context.set_default_timeout(BOUND)
    token = office.clerk(Role.EDITOR).http.cookies.get(cookies.SESSION) or ""
    context.add_cookies([{"name": cookies.SESSION, "value": token, "url": office.address}])
    return context.new_page()


def hand_in(page: Page, address: str, file: Path) -> None:
    page.goto(f"{address}/towns/sample/plans")
    page.get_by_label("計画書のファイル").set_input_files(file)
    page.get_by_role("button", name="読み取る").click()


def test_a_plan_shows_itself_once_it_is_read_and_is_taken_in_by_keyboard(office: Office, browser: Browser) -> None:
    page = at_desk(office, browser)
    hand_in(page, office.address, PLAN)
    expect(page.get_by_role("heading", level=1)).to_have_text("みほん市DX推進計画", timeout=BOUND)
    page.get_by_role("link", name=re.compile("^取組")).press("Enter")
    page.get_by_role("checkbox", name="書かない窓口の導入").press("Space")
    page.get_by_role("button", name="選んだものを下書きにする").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("下書きを1件作りました")
    page.context.close()


def test_a_plan_is_followed_without_a_script_by_looking_again(office: Office, browser: Browser) -> None:
    page = at_desk(office, browser, script=False)
    hand_in(page, office.address, PLAN)
    for _ in range(BOUND // 200):
        again = page.get_by_role("link", name="今の様子を見る")
        if not again.count():
            break
        again.click()
        page.wait_for_timeout(200)
    expect(page.get_by_role("heading", level=1)).to_have_text("みほん市DX推進計画")
    page.context.close()


def test_entries_go_out_and_come_in_again(office: Office, browser: Browser, tmp_path: Path) -> None:
    page = at_desk(office, browser)
    page.goto(f"{office.address}/towns/sample/exchange")
    with page.expect_download() as held:
        page.get_by_role("link", name="CSV（UTF-8）").click()
    file = tmp_path / "entries.csv"
    held.value.save_as(file)
    file.write_text(file.read_text(encoding="utf-8-sig").replace("自動化すること", "自動でさせること"), "utf-8-sig")
    page.get_by_label("ファイル").set_input_files(file)
    page.get_by_role("button", name="変わるところを確かめる").click()
    expect(page.locator("del")).to_contain_text(["自動化"])
    page.get_by_role("button", name="1件を下書きにする").click()
    expect(page.get_by_role("status")).to_contain_text("下書きを1件作りました")
    page.context.close()


def test_the_figures_are_taken_to_the_council(office: Office, browser: Browser) -> None:
    fill(office)
    page = at_desk(office, browser)
    page.goto(f"{office.address}/towns/sample/figures")
    expect(page.get_by_role("img", name=re.compile("^日ごと"))).to_be_visible()
    with page.expect_download() as held:
        page.get_by_role("link", name="Excelで書き出す").click()
    assert held.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="使い方").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("集計を見る")
    natural = "Array.from(document.images, picture => picture.complete && picture.naturalWidth)"
    page.wait_for_function(f"{natural}.every(Boolean)")
    page.context.close()
