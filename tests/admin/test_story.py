"""The five-minute story in a real browser: asked in vain, signed in, a phrasing added, seen, published, asked again."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from admin import cookies
from admin.roles import Role
from bot.app import create_app
from bot.asking import Asking, ask
from bot.published import read_town
from bot.registry import Registry
from bot.settings import Settings
from knowledge import exam, store
from knowledge.days import today
from tests.admin.office import PASSWORD, SECRET, Office
from tests.admin.stories import CLASS, VAIN
from tests.bot.server import KEY, serving
from tests.browser.widget import Widget

BOUND = 15_000  # milliseconds that a change may take to be seen
ANSWER = "高齢の方向けのスマホ教室を開く"


@pytest.fixture
def public(office: Office) -> Iterator[str]:
    """The address of the public app over the office's store."""
    with serving(create_app(Registry(office.engine), Settings(secret_key=KEY))) as client:  # type: ignore[arg-type]
        yield str(client.base_url).rstrip("/")


def sign_in(page: Page, office: Office) -> None:

    page.goto(f"{office.address}/sign-in")
    page.get_by_label("自治体").select_option("sample")
    page.get_by_label("ログイン名").fill("hanako")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.get_by_label("認証アプリの6桁の数字").fill(pyotp.TOTP(SECRET).now())
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ホーム")


def test_a_clerk_mends_what_was_asked_in_vain(office: Office, public: str, browser: Browser) -> None:
    office.hire("hanako", Role.APPROVER, password=PASSWORD)
    with store.writing(office.engine) as session:
        exam.keep_question(session, "sample", "RPAって何", entry="rpa", by="花子", now=datetime.now(UTC))
    context = browser.new_context(locale="ja-JP")
    context.set_default_timeout(BOUND)
    resident = Widget(context.new_page())
    resident.page.goto(f"{public}/demo/sample")
    expect(resident.open().ask(VAIN)).not_to_contain_text(ANSWER)

    page = context.new_page()
    sign_in(page, office)
    page.get_by_role("navigation").get_by_role("link", name="未解決の質問").click()
    page.get_by_role("link", name=VAIN).click()
    page.get_by_label("ほかの回答項目をさがす").fill("デジタルデバイド")
    page.keyboard.press("Enter")
    expect(page.get_by_label("言い換えとして足す文")).to_have_value(VAIN)
    page.get_by_role("button", name="デジタルデバイド対策：この項目の言い換えにする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公開する前の確認")
    expect(page.get_by_role("region", name="よくなる質問")).to_contain_text(VAIN)
    expect(page.locator(".numbers li").nth(1)).to_contain_text("0")
    page.get_by_role("button", name="今すぐ公開する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公開しました")
    expect(page.locator("main")).to_contain_text("1件のうち 1件が合っています")

    _ask_until_answered(resident)
    town = read_town(office.engine, "sample", today())
    said = ask(Asking(visitor="v", channel="line", text=VAIN), town, office.engine, datetime.now(UTC))
    assert said["kind"] == "answer" and ANSWER in said["text"] and said["parts"][0]["entry"] == CLASS
    context.close()


def _ask_until_answered(widget: Widget) -> None:
    """A publication reaches every process within two seconds (DESIGN.md); here it only has to come."""
    answered = widget.page.evaluate(
        """async ([question, answer, bound]) => {
          const element = document.querySelector("dx-annai"), until = performance.now() + bound;
          do {
            await element.ask(question);
            if (element.shadowRoot.querySelector(".log").lastElementChild.textContent.includes(answer)) return true;
            await new Promise(done => setTimeout(done, 100));
          } while (performance.now() < until);
          return false;
        }""",
        [VAIN, ANSWER, BOUND],
    )
    assert answered
    expect(widget.replies.last).to_contain_text(ANSWER)


def test_what_is_tried_out_is_usable_by_everybody(office: Office, browser: Browser) -> None:
    clerk = office.clerk(Role.EDITOR)
    context = browser.new_context(locale="ja-JP", viewport={"width": 390, "height": 900})
    token = clerk.http.cookies.get(cookies.SESSION) or ""
    context.add_cookies([{"name": cookies.SESSION, "value": token, "url": office.address}])
    page = context.new_page()
    for question in ("スマホ教室はありますか", "どうやって申し込むの", "119番"):
        page.goto(f"{office.address}/towns/sample/try")
        page.get_by_label("質問").fill(question)
        page.get_by_role("button", name="試す", exact=True).click()
        expect(page.get_by_role("heading", name="この返事になったわけ")).to_be_visible()
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
