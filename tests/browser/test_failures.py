"""What goes wrong: a sentence that says what to do, the town's telephone, and a retry that loses nothing."""

import time
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Route, expect

from knowledge import publishing, store
from knowledge.models import Town
from tests.browser.conftest import BOUND, Service
from tests.browser.widget import ANSWERED, Widget, failing


def refused(status: int, **headers: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, headers=headers, json={"error": "x", "message": "x"})


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (lambda route: route.abort("internetdisconnected"), "通信の状態を確かめて"),
        (refused(429, **{"Retry-After": "7"}), "7秒ほど待ってから"),
        (refused(500), "ただいまお答えできません"),
        (refused(503), "ただいまお答えできません"),
    ],
    ids=["offline", "429", "500", "503"],
)
def test_says_what_to_do_and_sends_again_without_loss(
    widget: Widget, how: Callable[[Route], None], sentence: str
) -> None:
    widget.open()
    failing(widget.page, "/ask$", how)
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.failure).to_contain_text(sentence)
    expect(widget.failure.get_by_role("link", name="0123-45-6789")).to_have_attribute("href", "tel:0123456789")
    expect(widget.log).to_contain_text(ANSWERED)
    widget.page.unroute_all()
    widget.press("もう一度送る")
    expect(widget.replies).to_have_count(1)
    expect(widget.failure).to_be_empty()
    expect(widget.log.locator(".said")).to_have_count(1)


def test_gives_up_waiting_in_the_end(widget: Widget) -> None:
    widget.page.clock.install()
    widget.open()
    failing(widget.page, "/ask$", lambda _: None)
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.dialog.get_by_text("お答えを探しています。")).to_be_visible()
    widget.page.clock.fast_forward(16_000)
    expect(widget.failure).to_contain_text("時間がかかりすぎた")


def test_can_be_sent_again_after_a_page_change(widget: Widget) -> None:
    widget.open()
    failing(widget.page, "/ask$", lambda route: route.abort())
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.failure).to_contain_text("つながりませんでした")
    widget.page.unroute_all()
    widget.page.reload()
    widget.press("もう一度送る")
    expect(widget.replies).to_have_count(1)


def test_what_is_typed_meanwhile_is_neither_sent_nor_lost(widget: Widget) -> None:
    widget.open()
    held: list[Route] = []
    failing(widget.page, "/ask$", lambda route: held.append(route))  # noqa: PLW0108  Playwright looks at its parameters
    widget.field.fill(ANSWERED)
    widget.press("送る")
    widget.field.fill("担当は？")
    widget.press("送る")
    assert widget.field.input_value() == "担当は？"
    assert len(held) == 1
    held[0].continue_()
    expect(widget.replies).to_have_count(1)


def test_what_is_too_long_goes_back_to_be_shortened(widget: Widget) -> None:
    widget.open()
    long = "RPAとは何ですか。" * 250
    widget.field.fill(long)
    widget.press("送る")
    expect(widget.failure).to_contain_text("2,000文字まで")
    assert widget.field.input_value() == long


def test_begins_even_where_the_towns_look_does_not_come(widget: Widget) -> None:
    failing(widget.page, "/towns/sample$", lambda route: route.abort())
    widget.opener.click()
    expect(widget.failure).to_contain_text("読みこめませんでした")
    widget.ask(ANSWERED)
    widget.page.unroute_all()
    widget.press("閉じる")
    widget.open()
    expect(widget.dialog).to_contain_text("個人情報の取り扱い")


def test_a_vote_that_fails_can_be_pressed_again(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    failing(widget.page, "/feedback$", lambda route: route.abort())
    widget.press("役に立った")
    expect(widget.dialog.get_by_role("status")).to_contain_text("もう一度押してください")
    widget.page.unroute_all()
    widget.press("役に立った")
    expect(widget.dialog.get_by_role("status")).to_have_text("ありがとうございました。")


def test_erasing_is_tried_again_until_the_town_has_erased_too(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    failing(widget.page, "/conversations/", lambda route: route.abort())
    widget.press("会話を消す")
    widget.press("消す")
    expect(widget.failure).to_contain_text("町の記録を消せませんでした")
    expect(widget.log).to_be_empty()
    widget.page.unroute_all()
    widget.press("もう一度消す")
    expect(widget.dialog.get_by_role("status")).to_have_text("会話を消しました。")
    expect(widget.failure).to_be_empty()


def test_erasing_again_leaves_what_was_asked_since(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    failing(widget.page, "/conversations/", lambda route: route.abort())
    widget.press("会話を消す")
    widget.press("消す")
    expect(widget.failure).to_contain_text("町の記録を消せませんでした")
    failing(widget.page, "/ask$", lambda route: route.abort())
    widget.field.fill(ANSWERED)
    widget.press("送る")
    expect(widget.failure).to_contain_text("つながりませんでした")
    widget.page.reload()
    expect(widget.failure).to_contain_text("町の記録を消せませんでした")
    widget.page.unroute_all()
    widget.press("もう一度消す")
    expect(widget.failure).to_contain_text("つながりませんでした")
    widget.press("もう一度送る")
    expect(widget.replies).to_have_count(1)
    expect(widget.log).to_contain_text(ANSWERED)


@pytest.mark.parametrize("kept", ['{"items": [{"reply": {"text": "前"}}]}', '{"look": {"name": "前"}}', "[]", "{"])
def test_begins_afresh_where_what_the_tab_kept_cannot_be_shown(widget: Widget, kept: str) -> None:
    widget.page.evaluate("kept => sessionStorage.setItem('dx-annai:sample', kept)", kept)
    widget.page.reload()
    widget.open().ask(ANSWERED)
    expect(widget.replies).to_have_count(1)


def close_town(service: Service, text: str) -> None:
    """Closed with a sentence, or open again where it is empty; once the process knows."""
    with store.writing(service.engine) as session:
        session.get_one(Town, "sample").closed_web = text
        publishing.move_town(session, "sample")
    until = time.monotonic() + BOUND / 1000
    while httpx.get(f"{service.address}/api/v1/towns/sample").json()["closed"] != text:
        assert time.monotonic() < until, "the process did not take over what staff set"
        time.sleep(0.05)


def test_while_the_town_closed_it_the_telephone_is_told(widget: Widget, service: Service) -> None:
    close_town(service, "点検のため、18時まで休んでいます。")
    try:
        widget.open()
        expect(widget.dialog).to_contain_text("18時まで休んでいます")
        expect(widget.dialog.get_by_role("link", name="0123-45-6789").first).to_be_visible()
        expect(widget.dialog.get_by_role("link", name="119")).to_have_attribute("href", "tel:119")
        expect(widget.dialog.get_by_role("group", name="たとえば")).to_have_count(0)
        expect(widget.ask(ANSWERED)).to_contain_text("18時まで休んでいます")
        expect(widget.ask("息ができない、倒れた")).to_contain_text("119番")
    finally:
        close_town(service, "")
