"""In other people's pages: hostile styles, the strictest policy, twice; its attributes, events and script API."""

import pytest
from playwright.sync_api import Request, expect

from bot.channels.web.widget import script as served
from tests.browser.conftest import Service
from tests.browser.widget import ANSWERED, Widget, script

HOSTILE = """<style>
html { font-size: 4px !important; }
* { all: unset !important; color: yellow !important; background: yellow !important; font-size: 3px !important;
  display: none !important; letter-spacing: 2em !important; text-transform: uppercase !important;
  direction: rtl !important; pointer-events: none !important; visibility: hidden !important; }
html, body, main { display: block !important; }
body { transform: rotate(3deg) !important; opacity: .5 !important; overflow: hidden !important;
  height: 50px !important; }
dx-annai { display: none !important; opacity: 0 !important; position: static !important; zoom: 3 !important; }
button, input, dialog { transform: scale(.1) !important; }
:root, dx-annai { --ink: yellow !important; --paper: yellow !important; --colour: yellow !important; }
</style>"""
STRICT = "default-src 'none'; script-src {0}; connect-src {0}; style-src 'none'"
MEASURED = """() => [...document.querySelector('dx-annai').shadowRoot.querySelectorAll('*')].map(e => {
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  return [e.localName, s.color, s.backgroundColor, s.fontSize, s.letterSpacing, s.direction, s.textTransform,
    s.visibility, s.display, s.pointerEvents, Math.round(b.width), Math.round(b.height)].join(' ');
})"""


def in_page(widget: Widget, service: Service, path: str, head: str = "", body: str = "", **headers: str) -> Widget:
    widget.page.goto(service.host.put(path, head=head + script(service), body=body, **headers))
    return widget


def test_looks_and_works_the_same_under_hostile_styles(widget: Widget, service: Service) -> None:
    seen = []
    for path, head in (("/plain", ""), ("/hostile", HOSTILE)):
        in_page(widget, service, path, head).open().ask(ANSWERED)
        seen.append((widget.page.evaluate(MEASURED), widget.dialog.bounding_box()))
        widget.page.evaluate("sessionStorage.clear()")
    for plain, hostile in zip(seen[0][0], seen[1][0], strict=True):
        assert plain == hostile
    assert seen[0][1] == seen[1][1]


def test_changes_nothing_of_the_page(widget: Widget, service: Service) -> None:
    looks = "() => JSON.stringify([...document.querySelectorAll('main, main *')].map(e => ({...getComputedStyle(e)})))"
    page = widget.page
    body = '<button class="launcher filled">h</button><p class="said reply" id="title">p</p>'
    page.goto(service.host.put("/without", body=body))
    before, names = page.evaluate(looks), set(page.evaluate("Object.getOwnPropertyNames(window)"))
    in_page(widget, service, "/with", body=body).open()
    assert page.evaluate(looks) == before
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) == names
    assert page.evaluate("document.cookie") == ""


def test_works_under_the_strictest_policy(widget: Widget, service: Service) -> None:
    complaints: list[str] = []
    widget.page.on("console", lambda message: complaints.append(message.text))
    policy = STRICT.format(service.address)
    in_page(widget, service, "/strict", Content_Security_Policy=policy).open().ask(ANSWERED)
    box = widget.dialog.bounding_box()
    assert box
    assert box["x"] > 700  # styled: at the right
    widget.press("担当は？")
    expect(widget.replies.last).to_contain_text("企画課")
    assert [c for c in complaints if "favicon" not in c] == []


def test_loaded_twice_it_appears_once(widget: Widget, service: Service) -> None:
    in_page(widget, service, "/twice", head=script(service), body=script(service))
    expect(widget.opener).to_have_count(1)
    widget.open()
    expect(widget.dialog).to_have_count(1)


def test_is_one_request_until_it_is_opened(widget: Widget, service: Service) -> None:
    requests: list[Request] = []
    widget.page.on("request", lambda request: requests.append(request))  # noqa: PLW0108  builtins take no attribute
    in_page(widget, service, "/light")
    expect(widget.opener).to_be_visible()
    ours = [r for r in requests if r.url.startswith(service.address)]
    assert [r.url for r in ours] == [f"{service.address}/widget.js"]
    response = ours[0].response()
    assert response
    assert response.header_value("content-length") == str(len(served().compressed))
    assert len(served().compressed) <= 15 * 1024
    widget.open().ask(ANSWERED)
    ours = [r for r in requests if r.url.startswith(service.address) and r.method != "OPTIONS"]
    assert [r.url.rsplit("/", 1)[1] for r in ours] == ["widget.js", "sample", "ask"]
    assert {r.headers.get("cookie") for r in ours} == {None}
    foreign = [r.url for r in requests if not r.url.startswith((service.address, service.host.origin))]
    assert foreign == []


def test_tells_the_page_what_happened_but_no_word_of_a_resident(widget: Widget, service: Service) -> None:
    listening = (
        "<script>window.told = []; for (const n of ['open', 'close', 'ask', 'reply', 'feedback', 'error', 'clear'])"
        " addEventListener('dx-annai:' + n, e => told.push([e.type, JSON.stringify(e.detail)]))</script>"
    )
    in_page(widget, service, "/events", head=listening).open().ask(ANSWERED)
    widget.press("役に立った")
    expect(widget.dialog.get_by_role("status")).to_have_text("ありがとうございました。")
    widget.press("閉じる")
    told = dict(widget.page.evaluate("told"))
    assert list(told) == [f"dx-annai:{name}" for name in ("open", "ask", "reply", "feedback", "close")]
    assert '"kind":"answer"' in told["dx-annai:reply"]
    assert "スマホ" not in str(told)


def test_the_page_can_open_ask_and_close_by_script(widget: Widget, service: Service) -> None:
    in_page(widget, service, "/api")
    ask = "text => document.querySelector('dx-annai').ask(text)"
    assert widget.page.evaluate(ask, ANSWERED)
    expect(widget.replies.last).to_contain_text("スマホ教室")
    assert not widget.page.evaluate("document.querySelector('dx-annai').ask()")
    both = f"text => Promise.all([({ask})(text), ({ask})(text)])"
    assert widget.page.evaluate(both, ANSWERED) == [True, False]
    expect(widget.replies).to_have_count(2)
    widget.page.evaluate("document.querySelector('dx-annai').close()")
    expect(widget.dialog).to_have_count(0)
    widget.page.evaluate("document.querySelector('dx-annai').open()")
    expect(widget.dialog).to_be_visible()


@pytest.mark.parametrize(
    ("colour", "shown"),
    [("#00554a", "rgb(0, 85, 74)"), ("#ffff00", "rgb(0, 23, 193)"), ("red;}", "rgb(0, 23, 193)")],
)
def test_takes_a_colour_that_can_be_read_and_no_other(
    widget: Widget, service: Service, colour: str, shown: str
) -> None:
    attributes = f'data-colour="{colour}" data-position="left" data-opening="町に質問"'
    widget.page.goto(service.host.put("/colour", head=script(service, attributes)))
    expect(widget.opener).to_have_text("町に質問")
    expect(widget.opener).to_have_css("background-color", shown)
    box = widget.opener.bounding_box()
    assert box
    assert box["x"] < 100


def test_an_element_of_the_pages_own_is_taken_instead_and_a_second_one_not(widget: Widget, service: Service) -> None:
    own = '<dx-annai town="sample" opening="町に質問"></dx-annai>'
    in_page(widget, service, "/element", body=own)
    expect(widget.page.locator("dx-annai")).to_have_count(1)
    in_page(widget, service, "/elements", body=own + own)
    expect(widget.opener).to_have_text(["町に質問"])


def test_goes_on_where_the_page_replaces_its_body_and_puts_it_back(widget: Widget, service: Service) -> None:
    in_page(widget, service, "/replaced").open().ask(ANSWERED)
    widget.page.evaluate(
        "() => { const own = document.querySelector('dx-annai'), body = document.createElement('body');"
        " body.append('次のページ'); document.body.replaceWith(body); body.append(own) }"
    )
    expect(widget.replies).to_have_count(1)
    widget.ask(ANSWERED)


def test_a_town_that_is_not_there_is_said_to_the_resident(widget: Widget) -> None:
    widget.page.evaluate(
        "document.querySelector('dx-annai').remove(); const e = document.createElement('dx-annai');"
        " e.setAttribute('town', 'nowhere'); document.body.append(e)"
    )
    widget.opener.click()
    expect(widget.failure).to_contain_text("この自治体のご案内はありません")


def test_a_website_that_is_not_listed_gets_no_answer(widget: Widget, service: Service) -> None:
    """127.0.0.1 and localhost are two origins; the resident is told that there is no connection."""
    page = service.host.put("/unlisted", head=script(service))
    widget.page.goto(page.replace("127.0.0.1", "localhost"))
    widget.opener.click()
    expect(widget.failure).to_contain_text("読みこめませんでした")


@pytest.mark.parametrize("missing", ["delete window.HTMLDialogElement", "delete Element.prototype.replaceChildren"])
def test_where_there_are_no_dialogs_the_button_leads_to_the_page_without_scripts(
    widget: Widget, service: Service, missing: str
) -> None:
    widget.page.add_init_script(missing)
    widget.page.goto(service.host.put("/old", head=script(service, 'data-opening="町に質問"')))
    expect(widget.page.locator("dx-annai dialog")).to_have_count(0)
    widget.page.get_by_role("link", name="町に質問").click()
    expect(widget.page).to_have_url(f"{service.address}/t/sample")


def test_is_coloured_where_style_sheets_cannot_be_made_by_script(widget: Widget, service: Service) -> None:
    widget.page.add_init_script("window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor') }")
    widget.page.goto(service.host.put("/sheets", head=script(service, 'data-colour="#00554a"')))
    expect(widget.opener).to_have_css("background-color", "rgb(0, 85, 74)")
    expect(widget.open().dialog.locator(".header")).to_have_css("background-color", "rgb(0, 85, 74)")
