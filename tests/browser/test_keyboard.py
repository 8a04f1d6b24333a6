"""The same by keyboard alone; keys of the input method stay with it."""

from playwright.sync_api import CDPSession, expect

from tests.browser.conftest import Service
from tests.browser.widget import ANSWERED, Widget

FOCUSED = "document.querySelector('dx-annai').shadowRoot.activeElement"


def focused(widget: Widget) -> str:
    """What the focused thing is called, or holds."""
    return str(widget.page.evaluate(f"(e => e && (e.getAttribute('aria-label') || e.textContent || e.id))({FOCUSED})"))


def open_by_keyboard(widget: Widget) -> None:
    widget.opener.focus()
    widget.page.keyboard.press("Enter")
    expect(widget.dialog.get_by_role("heading")).to_contain_text("見本町")
    expect(widget.field).to_be_focused()


def test_a_question_is_asked_followed_up_and_voted_on(widget: Widget) -> None:
    open_by_keyboard(widget)
    widget.page.keyboard.type(ANSWERED)
    widget.page.keyboard.press("Enter")
    expect(widget.replies).to_have_count(1)
    expect(widget.field).to_be_focused()
    for wanted in ("担当は？", "役に立った"):
        for _ in range(30):
            widget.page.keyboard.press("Tab")
            if focused(widget) == wanted:
                break
        assert focused(widget) == wanted
        widget.page.keyboard.press("Enter")
        expect(widget.dialog.get_by_role("log")).to_contain_text("企画課")
    expect(widget.dialog.get_by_role("status")).to_have_text("ありがとうございました。")


def test_the_focus_stays_inside_and_returns_to_the_button(widget: Widget) -> None:
    open_by_keyboard(widget)
    for key in ("Tab", "Shift+Tab"):
        seen = set()
        for _ in range(20):
            widget.page.keyboard.press(key)
            seen.add(focused(widget))
            assert widget.page.evaluate("document.activeElement.localName") == "dx-annai"
        assert {"閉じる", "送る"} <= seen
    widget.page.keyboard.press("Escape")
    expect(widget.dialog).to_have_count(0)
    expect(widget.opener).to_be_focused()


def test_the_focus_is_kept_where_the_pressed_button_goes_away(widget: Widget) -> None:
    open_by_keyboard(widget)
    topic = widget.dialog.get_by_role("button", name="書かない窓口")
    topic.focus()
    widget.page.keyboard.press("Enter")
    expect(widget.replies).to_have_count(1)
    assert focused(widget) == "会話"
    widget.page.keyboard.press("Tab")
    assert focused(widget) != "None"


def test_a_suggestion_is_chosen_with_the_arrow_keys(widget: Widget) -> None:
    open_by_keyboard(widget)
    widget.page.keyboard.type("まいな")
    option = widget.dialog.get_by_role("option", name="マイナンバーカードの普及率")
    expect(option).to_be_visible()
    expect(widget.field).to_have_attribute("aria-expanded", "true")
    expect(widget.dialog.get_by_role("status")).to_contain_text("候補が1件")
    widget.page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(widget.field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    widget.page.keyboard.press("Enter")
    expect(widget.replies.last).to_contain_text("58%")
    expect(widget.dialog.get_by_role("listbox")).to_have_count(0)


def test_escape_closes_the_suggestions_before_the_dialog(widget: Widget) -> None:
    open_by_keyboard(widget)
    widget.page.keyboard.type("スマ")
    expect(widget.dialog.get_by_role("listbox")).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(widget.dialog.get_by_role("listbox")).to_have_count(0)
    expect(widget.dialog).to_be_visible()
    assert widget.field.input_value() == "スマ"


def test_enter_that_ends_a_composition_sends_nothing(widget: Widget) -> None:
    open_by_keyboard(widget)
    ime: CDPSession = widget.page.context.new_cdp_session(widget.page)
    ime.send("Input.imeSetComposition", {"text": "すまほ", "selectionStart": 3, "selectionEnd": 3})
    widget.page.keyboard.press("Enter")
    assert widget.log.locator(".said").count() == 0
    ime.send("Input.insertText", {"text": "スマホ教室"})
    expect(widget.field).to_have_value("スマホ教室")
    assert widget.log.locator(".said").count() == 0
    widget.page.keyboard.press("Enter")
    expect(widget.replies).to_have_count(1)


def test_the_pages_own_shortcuts_hear_nothing_of_what_is_typed(widget: Widget, service: Service) -> None:
    widget.page.evaluate(
        "window.heard = []; for (const name of ['keydown', 'keyup', 'input', 'compositionupdate', 'paste'])"
        " document.addEventListener(name, event => heard.push(event.type))"
    )
    open_by_keyboard(widget)
    widget.page.evaluate("heard.length = 0")
    widget.page.keyboard.type("abc")
    assert widget.page.evaluate("heard") == []


def test_escape_and_the_focus_on_a_phone(widget: Widget) -> None:
    widget.page.set_viewport_size({"width": 390, "height": 844})
    widget.opener.focus()
    widget.page.keyboard.press("Enter")
    expect(widget.dialog).to_be_visible()
    assert widget.page.evaluate(f"{FOCUSED}.id") == "title"
    for _ in range(20):
        widget.page.keyboard.press("Tab")
        assert widget.page.evaluate("document.activeElement.localName") == "dx-annai"
    widget.page.keyboard.press("Escape")
    expect(widget.dialog).to_have_count(0)
    expect(widget.opener).to_be_focused()


def test_on_a_phone_the_keyboard_covers_nothing_of_the_dialog(widget: Widget) -> None:
    """Chromium draws no keyboard here, so the view that it leaves is set as a phone sets it."""
    page = widget.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(
        "Object.defineProperties(visualViewport, { height: { value: 400, writable: true },"
        " offsetTop: { value: 444, writable: true } })"
    )
    widget.open()
    page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
    assert widget.dialog.bounding_box() == {"x": 0, "y": 444, "width": 390, "height": 400}
    page.evaluate("visualViewport.height = 844, visualViewport.offsetTop = 0")
    page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
    assert widget.dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
