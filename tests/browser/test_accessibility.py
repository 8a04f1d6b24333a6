"""For everyone: axe in every state, narrow and enlarged, without colours, in the dark, without styles, by ear."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Service
from tests.browser.widget import ANSWERED, CHOSEN_FROM, Widget, failing

EASY = "RPAって何ですか"
LEAST_TARGET = 44


def as_it_is(widget: Widget) -> None:
    """Closed."""


def opened(widget: Widget) -> None:
    widget.open()


def answered(widget: Widget) -> None:
    widget.open().ask(EASY)
    widget.dialog.get_by_text("出典", exact=True).click()
    widget.press("やさしい日本語")
    widget.press("立たなかった")
    expect(widget.dialog.get_by_role("button", name="理由を送る")).to_be_visible()


def followed(widget: Widget) -> None:
    widget.open().ask(ANSWERED)


def chosen_from(widget: Widget) -> None:
    widget.open().ask(CHOSEN_FROM)


def suggested(widget: Widget) -> None:
    widget.open()
    widget.field.press_sequentially("スマ")
    expect(widget.dialog.get_by_role("option")).to_have_count(1)
    widget.field.press("ArrowDown")


def failed(widget: Widget) -> None:
    widget.open()
    failing(widget.page, "/ask$", lambda route: route.abort())
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.failure).to_contain_text("つながりませんでした")


def erasing(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    widget.press("会話を消す")


def in_danger(widget: Widget) -> None:
    widget.open().ask("息ができない、倒れた")


STATES = (as_it_is, opened, answered, followed, chosen_from, suggested, failed, erasing, in_danger)
State = Callable[[Widget], None]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_light_dark_and_forced_colours(widget: Widget, state: State) -> None:
    state(widget)
    found = {"light": widget.violations()}
    widget.page.emulate_media(color_scheme="dark")
    found["dark"] = widget.violations()
    widget.page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced"] = widget.violations()
    assert found == {"light": [], "dark": [], "forced": []}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_at_three_hundred_and_twenty_pixels(widget: Widget, state: State) -> None:
    widget.page.set_viewport_size({"width": 320, "height": 568})
    state(widget)
    assert widget.violations() == []


WIDER_THAN_SHOWN = """[document.documentElement, ...document.querySelector('dx-annai').shadowRoot.querySelectorAll('*')]
.filter(e => !e.closest('.heard') && e.clientWidth && e.localName !== 'input'
  && (e.getBoundingClientRect().right > innerWidth
    || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'))
.map(e => e.className || e.localName)"""
SPACED = """const own = new CSSStyleSheet(), { shadowRoot } = document.querySelector('dx-annai');
own.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`);
shadowRoot.adoptedStyleSheets.push(own)"""  # WCAG 2.1, 1.4.12
SIZES = ((320, 568), (320, 256), (390, 844), (844, 390))  # 1280 by 1024 at 400 % is 320 by 256


@pytest.mark.parametrize("state", [as_it_is, answered, chosen_from, failed], ids=lambda state: state.__name__)
def test_nothing_needs_sideways_scrolling(widget: Widget, state: State) -> None:
    widget.page.set_viewport_size({"width": 320, "height": 568})
    state(widget)
    wide = {}
    for width, height in SIZES:
        widget.page.set_viewport_size({"width": width, "height": height})
        wide[width, height] = widget.page.evaluate(WIDER_THAN_SHOWN)
    assert wide == {size: [] for size in SIZES}
    widget.page.set_viewport_size({"width": 320, "height": 568})
    widget.page.evaluate(SPACED)
    assert widget.page.evaluate(WIDER_THAN_SHOWN) == [], "with letters and lines that stand wider"


@pytest.mark.parametrize("state", [opened, answered, chosen_from, suggested, failed], ids=lambda state: state.__name__)
def test_all_that_is_pressed_is_large_enough(widget: Widget, state: State) -> None:
    """Links inside a sentence are exempt (WCAG 2.2, 2.5.8)."""
    widget.page.set_viewport_size({"width": 390, "height": 844})
    state(widget)
    small = widget.page.evaluate(
        "[...document.querySelector('dx-annai').shadowRoot.querySelectorAll('button, input, summary, [role=option]')]"
        ".filter(e => e.getClientRects().length).map(e => [e.textContent || e.id, e.getBoundingClientRect()])"
        f".filter(([, box]) => box.height < {LEAST_TARGET} || box.width < {LEAST_TARGET}).map(([name]) => name)"
    )
    assert small == []


def test_the_field_can_be_reached_at_four_hundred_per_cent(widget: Widget) -> None:
    widget.page.set_viewport_size({"width": 320, "height": 256})
    widget.open().ask(ANSWERED)
    widget.field.scroll_into_view_if_needed()
    expect(widget.field).to_be_in_viewport()
    widget.replies.last.scroll_into_view_if_needed()
    expect(widget.replies.last).to_be_in_viewport()


def test_each_reply_is_announced_once_and_questions_not_at_all(widget: Widget) -> None:
    """What a screen reader is told: nodes added to the log, outside of what is not live."""
    widget.open()
    expect(widget.log).to_have_attribute("aria-live", "polite")
    widget.log.evaluate(
        "log => { window.added = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node =>"
        " node.getAttribute('aria-live') !== 'off' && added.push(node.textContent)))).observe(log, {childList: true}) }"
    )
    for number in (1, 2):
        widget.ask(ANSWERED)
        assert len(widget.page.evaluate("added")) == number
    assert widget.page.evaluate("added[0]").startswith("お返事：計画では")
    assert widget.log.get_by_role("button").count() == 0


def test_the_focus_can_be_seen_on_everything(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    widget.field.focus()
    for _ in range(14):
        widget.page.keyboard.press("Tab")
        style = widget.page.evaluate(
            "(({outlineStyle, outlineWidth, boxShadow}) => [outlineStyle, parseInt(outlineWidth), boxShadow])"
            "(getComputedStyle(document.querySelector('dx-annai').shadowRoot.activeElement))"
        )
        assert style[0] == "solid"
        assert style[1] >= 4
        assert "rgb(255, 212, 61)" in style[2]


def test_nothing_moves(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    assert widget.page.evaluate("document.getAnimations().length") == 0
    assert widget.page.evaluate(
        "[...document.querySelector('dx-annai').shadowRoot.querySelectorAll('*')]"
        ".every(e => getComputedStyle(e).transitionDuration === '0s' && getComputedStyle(e).scrollBehavior === 'auto')"
    )


def test_is_readable_without_its_styles(widget: Widget) -> None:
    widget.page.evaluate("document.querySelector('dx-annai').shadowRoot.adoptedStyleSheets = []")
    expect(widget.field).to_have_count(0)  # closed is closed
    widget.opener.click()
    expect(widget.dialog).to_contain_text("個人情報は入力しないでください")
    widget.ask(ANSWERED)
    text = widget.dialog.inner_text()
    order = ["見本町のDX案内", "個人情報は入力", ANSWERED, "計画では、高齢の方", "担当は？", "短くてかまいません"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_a_retry_is_announced_as_an_alert(widget: Widget) -> None:
    routes: list[Route] = []
    failing(widget.page, "/ask$", lambda route: (routes.append(route), route.abort())[1])
    widget.open()
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.failure).to_contain_text("入力した文章は残っています")
    assert len(routes) == 1


def test_the_demonstration_page_itself_has_no_violation(widget: Widget, service: Service) -> None:
    widget.page.goto(f"{service.address}/demo/sample")
    assert widget.violations() == []
