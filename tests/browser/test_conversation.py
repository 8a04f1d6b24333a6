"""The conversation by mouse: what is asked, shown, chosen, voted on, copied and erased."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from knowledge import store
from knowledge.models import Conversation, Inquiry, Turn, Why
from tests.browser.conftest import ADDRESS, Service
from tests.browser.widget import ANSWERED, CHOSEN_FROM, Widget, script


def turns(service: Service) -> int:
    with store.reading(service.engine) as session:
        return len(session.exec(select(Turn)).all())


def test_greets_and_says_what_it_is(widget: Widget) -> None:
    widget.open()
    expect(widget.dialog).to_contain_text("こんにちは。見本町のデジタル化の計画について")
    expect(widget.dialog).to_contain_text("自動でお返しします")
    expect(widget.dialog).to_contain_text("個人情報は入力しないでください")
    privacy = widget.dialog.get_by_role("link", name="個人情報の取り扱い")
    assert str(privacy.get_attribute("href")).endswith("/t/sample/privacy")


def test_a_topic_is_asked_with_one_press(widget: Widget) -> None:
    widget.open().press("書かない窓口")
    expect(widget.replies).to_have_count(1)
    expect(widget.replies.last).to_contain_text("申請書を書かずに済む窓口")
    expect(widget.log.locator(".said")).to_contain_text("書かない窓口")


def test_the_reply_is_shown_with_its_source_linked(widget: Widget) -> None:
    reply = widget.open().ask(ANSWERED)
    expect(reply).to_contain_text("計画では、高齢の方向けのスマホ教室を開く")
    link = reply.get_by_role("link", name="見本町DX計画")
    assert link.get_attribute("href") == ADDRESS
    assert link.get_attribute("rel") == "noopener noreferrer"
    widget.dialog.get_by_text("出典", exact=True).click()
    expect(widget.dialog.get_by_role("listitem").filter(has_text="2024年1月")).to_be_visible()


def test_only_facets_that_have_something_to_say_are_offered(widget: Widget) -> None:
    widget.open().ask(ANSWERED)
    widget.press("担当は？")
    expect(widget.replies.last).to_contain_text("スマホ教室の担当は企画課です")
    widget.press("いつから？")
    expect(widget.replies.last).to_contain_text("令和6年度")
    widget.ask("書かない窓口とは")
    expect(widget.dialog.get_by_role("button", name="担当は？")).to_have_count(0)


def test_a_choice_leads_to_its_answer(widget: Widget) -> None:
    reply = widget.open().ask(CHOSEN_FROM)
    expect(reply).to_contain_text("もしかして")
    expect(reply).not_to_contain_text("どれでもない")  # it is a button below
    widget.press("書かない窓口")
    expect(widget.replies.last).to_contain_text("申請書を書かずに済む窓口")


def test_none_of_these_goes_to_the_staff(widget: Widget, service: Service) -> None:
    widget.open().ask(CHOSEN_FROM)
    widget.press("どれでもない")
    expect(widget.replies.last).to_contain_text("職員が見て")
    with store.reading(service.engine) as session:
        assert Why.NONE_OF_THESE in session.exec(select(Inquiry.why)).all()


def test_a_vote_may_be_given_a_reason(widget: Widget, service: Service) -> None:
    widget.open().ask(ANSWERED)
    widget.press("立たなかった")
    widget.dialog.get_by_label("どこが足りなかったか").fill("場所が知りたい")
    with widget.page.expect_response("**/feedback"):  # the first vote was thanked in the same words
        widget.press("理由を送る")
    expect(widget.dialog.get_by_role("status")).to_have_text("ありがとうございました。")
    with store.reading(service.engine) as session:
        assert (False, "場所が知りたい") in [(t.helpful, t.reason) for t in session.exec(select(Turn))]
    widget.press("役に立った")
    expect(widget.dialog.get_by_role("button", name="役に立った")).to_have_attribute("aria-pressed", "true")


def test_easy_japanese_is_shown_with_furigana(widget: Widget) -> None:
    reply = widget.open().ask("RPAって何ですか")
    widget.press("やさしい日本語")
    expect(reply.locator("ruby").first).to_have_text("作業（さぎょう）")
    expect(reply.locator("rt").first).to_have_text("さぎょう")
    expect(reply).to_contain_text("出典：")
    widget.press("やさしい日本語")
    expect(reply.locator("ruby")).to_have_count(0)
    widget.ask(ANSWERED)
    expect(widget.dialog.get_by_role("button", name="やさしい日本語")).to_have_count(0)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_reply_can_be_copied(widget: Widget, allowed: bool) -> None:
    if allowed:
        widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:  # as on a page without https
        widget.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    widget.open().ask(ANSWERED)
    widget.press("コピー")
    expect(widget.dialog.get_by_role("status")).to_have_text("コピーしました。")
    widget.field.focus()
    widget.page.keyboard.press("Control+v")
    assert "スマホ教室を開く" in widget.field.input_value()


def test_erasing_asks_first_and_then_erases_at_the_town_too(widget: Widget, service: Service) -> None:
    widget.open().ask(ANSWERED)
    conversation = widget.page.evaluate("JSON.parse(sessionStorage.getItem('dx-annai:sample')).conversation")
    widget.press("会話を消す")
    widget.press("会話を消す")
    widget.press("やめる")
    expect(widget.dialog.get_by_role("button", name="役に立った")).to_be_visible()
    expect(widget.replies).to_have_count(1)
    widget.press("会話を消す")
    widget.press("消す")
    expect(widget.dialog.get_by_role("status")).to_have_text("会話を消しました。")
    expect(widget.log).to_be_empty()
    expect(widget.dialog.get_by_role("button", name="書かない窓口")).to_be_visible()
    with store.reading(service.engine) as session:
        assert session.get(Conversation, conversation) is None
    assert ANSWERED not in widget.page.evaluate("JSON.stringify(sessionStorage)")


def test_personal_data_is_hidden_on_the_screen_and_in_the_tab(widget: Widget) -> None:
    widget.open().ask("電話は090-0000-1234です。RPAって何ですか")
    expect(widget.log).not_to_contain_text("1234")
    assert "1234" not in widget.page.evaluate("JSON.stringify(sessionStorage)")


def test_the_text_can_be_made_larger_and_stays_so(widget: Widget, service: Service) -> None:
    widget.open()
    before = widget.field.bounding_box()
    widget.press("文字の大きさ：標準")
    widget.press("文字の大きさ：大きい")
    expect(widget.dialog.get_by_role("button", name="文字の大きさ：とても大きい")).to_be_visible()
    after = widget.field.bounding_box()
    assert before and after
    assert after["height"] > before["height"] * 1.4
    widget.page.reload()
    expect(widget.dialog.get_by_role("button", name="文字の大きさ：とても大きい")).to_be_visible()


def test_in_an_emergency_the_number_can_be_called(widget: Widget) -> None:
    reply = widget.open().ask("息ができない、倒れた")
    assert reply.get_by_role("link", name="119", exact=True).get_attribute("href") == "tel:119"
    call = reply.get_by_role("link", name="119に電話する")
    assert call.get_attribute("href") == "tel:119"
    assert (call.bounding_box() or {"height": 0})["height"] >= 44


def test_an_answer_may_hold_no_markup(widget: Widget) -> None:
    widget.open().ask("<img src=x onerror=alert(1)>RPAって何")
    expect(widget.log.locator("img")).to_have_count(0)
    expect(widget.log.locator(".said")).to_contain_text("<img src=x")


def test_stays_through_page_changes_in_the_tab_only(widget: Widget, service: Service) -> None:
    widget.open().ask(ANSWERED)
    widget.field.fill("書きかけ")
    widget.page.goto(f"{service.address}/demo/sample?next")
    expect(widget.dialog).to_be_visible()
    expect(widget.replies).to_have_count(1)
    assert widget.field.input_value() == "書きかけ"
    widget.press("担当は？")
    expect(widget.replies.last).to_contain_text("企画課")
    other = widget.page.context.new_page()
    other.goto(f"{service.address}/demo/sample")
    expect(other.get_by_role("dialog")).to_have_count(0)
    assert "スマホ" not in other.evaluate("JSON.stringify(sessionStorage)")
    other.close()


def test_speaks_english_around_japanese_answers(widget: Widget, service: Service) -> None:
    widget.page.goto(service.host.put("/en", head=script(service, 'data-lang="en"')))
    widget.page.get_by_role("button", name="Ask a question").click()
    expect(widget.dialog).to_have_attribute("lang", "en")
    widget.field.fill(ANSWERED)
    widget.press("Send")
    expect(widget.replies.last.locator("[lang=ja]").first).to_contain_text("スマホ教室")
    widget.press("Who is in charge?")
    expect(widget.replies.last).to_contain_text("企画課")
