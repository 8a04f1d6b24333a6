"""The pages in a real browser: no violation that axe finds, nothing wider than a telephone, no word in the console."""

from itertools import groupby
from operator import itemgetter

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from admin import cookies
from admin.roles import Role
from tests.admin.office import PASSWORD, Office
from tests.admin.stories import VAIN, draft, resident

WIDTHS = (1280, 390, 320)


def pages(office: Office) -> list[tuple[str, str]]:
    """Session and address of every page that needs no form before it."""
    boss, operator = office.clerk(Role.ADMINISTRATOR), office.clerk(Role.OPERATOR, None)
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    closed = "/towns/sample/closed"
    boss.send(closed, on=closed, switch="close", **{"text-web": "休みます。"})
    samples = office.samples("sample")
    of_town = ["", "/closed", "/settings", "/staff", "/staff/new", "/audit", "/departments", "/departments/new"]
    of_town += ["/inbox", "/inbox/rules", f"/inbox/{samples['inquiry']}", "/drafts", "/test-questions", "/try"]
    resident(office, VAIN)
    of_town += [f"/drafts/check?draft={draft(office, VAIN)}", "/drafts/published?entry=rpa"]
    of_town += [f"/test-questions/{samples['question']}", "/test-questions/new"]
    of_town += ["/entries", "/entries/_new", "/confirm", "/words", "/words/new", f"/words/{samples['group']}"]
    of_town += [f"/entries/smartphone-class{more}" for more in ("", "/edit", "/history")]
    plan, file = f"/plans/{samples['upload']}", f"/exchange/files/{samples['file']}"
    of_town += ["/plans", plan, f"{plan}?part=doubts", f"{plan}/coverage", f"{plan}/editions", "/exchange", file]
    of_town += ["/sources/new", f"/sources/{samples['source']}", "/sources/sample-2024-01"]
    of_town += ["/figures", f"/staff/{samples['staff']}", f"/departments/{samples['department']}"]
    own, all_towns = (clerk.http.cookies.get(cookies.SESSION) or "" for clerk in (boss, operator))
    rows = [(own, f"/towns/sample{path}") for path in of_town] + [(own, "/account"), (own, "/help"), (own, "/nowhere")]
    return [*rows, (all_towns, "/towns"), (all_towns, "/audit"), ("", "/sign-in")]


def problems(page: Page, address: str) -> list[str]:
    """What axe finds on a page, and the widths that it does not fit into."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    found = [f"{one['id']} {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {width}")
    return found


def test_every_page_is_usable_by_everybody_on_every_width(office: Office, browser: Browser) -> None:
    found: list[str] = []
    said: list[str] = []
    for session, rows in groupby(pages(office), key=itemgetter(0)):
        context = browser.new_context(locale="ja-JP")
        if session:
            context.add_cookies([{"name": cookies.SESSION, "value": session, "url": office.address}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        for _, path in rows:
            found += [f"{path}: {problem}" for problem in problems(page, office.address + path)]
        context.close()
    assert found == []
    assert [one for one in said if "404 (Not Found)" not in one] == []


def test_an_editor_signs_in_with_the_keyboard_alone(office: Office, browser: Browser) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    page = browser.new_context().new_page()
    page.goto(f"{office.address}/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.value") != "sample":
        page.keyboard.press("ArrowDown")
    for words in ("hanako", PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.address}/towns/sample")
    assert page.title().startswith("ホーム｜見本町")
    page.context.close()
