"""Entries from the staff's side, as stories: found, written, crossed, restored, withdrawn; and what residents read."""

from typing import Any

import pytest

from admin.roles import Role
from bot.context import Context
from bot.rendering import text_of
from bot.responder import respond
from knowledge import publishing, revisions, store
from tests.admin.office import Clerk, Office
from tests.admin.views.test_town import residents

LIST = "/towns/sample/entries"
CLASS = f"{LIST}/smartphone-class"
EDIT = f"{CLASS}/edit"


def answer(office: Office, question: str) -> str:
    """What a resident reads, from what is published now."""
    town = residents(office)
    return text_of(respond(question, Context(), town).reply, town.office)


def publish(office: Office, entry: str) -> None:
    """What the pages of 公開 do."""
    with store.writing(office.engine) as session:
        key = f"sample/{entry}"
        publishing.publish(session, key, revisions.latest(session, key).number, by="承認さん")


def titles(clerk: Clerk, query: str) -> list[str]:
    return [link.text for link in clerk.get(f"{LIST}?{query}").tree.xpath("//tbody//th/a")]


def test_the_list_is_filtered_and_searched_with_the_bots_own_engine(office: Office) -> None:
    viewer = office.clerk(Role.VIEWER)
    assert "7件" in viewer.get(LIST).text
    assert titles(viewer, "kind=term") == ["AI", "RPA"]
    assert titles(viewer, "q=年寄りにスマホを教えて")[0] == "デジタルデバイド対策"
    assert titles(viewer, "department=企画課&due=on") == ["デジタルデバイド対策"]
    assert "条件に合う回答項目はありません" in viewer.get(f"{LIST}?status=withdrawn&never=on").text
    assert "7件" in viewer.get(f"{LIST}?kind=x&status=y&page=99999999999").text


def test_an_editor_changes_an_answer_and_residents_read_it_after_publication(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(
        EDIT, on=EDIT, do="save", reason="窓口が変わった", **{"facet-0-text": "スマホ教室は図書館で開きます。"}
    )
    assert "下書きを保存しました" in page.text and "図書館" in page.text
    assert "図書館" not in answer(office, "スマホ教室")
    publish(office, "smartphone-class")
    assert "図書館で開きます" in answer(office, "スマホ教室")
    history = editor.get(f"{CLASS}/history")
    assert "窓口が変わった" in history.text and "editor-sample" in history.text


def test_what_cannot_be_kept_is_explained_beside_its_field_and_nothing_is_lost(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(EDIT, 422, on=EDIT, do="save", easy="書きかけ", **{"facet-0-text": "", "facet-1-lines": "あ"})
    assert page.tree.xpath("//textarea[@id='facet-0-text']/@aria-invalid") == ["true"]
    assert "120-133" in page.text and "書きかけ" in page.response.text
    assert "changed" not in office.audited()


def test_a_preview_shows_line_the_website_and_readings_and_keeps_nothing(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(
        EDIT,
        on=EDIT,
        do="preview",
        easy="申請《しんせい》します。",
        **{"facet-0-text": "本人確認されなければなりません。"},
    )
    assert page.tree.xpath("//ruby/text()") == ["申請"] and page.tree.xpath("//rt/text()") == ["しんせい"]
    bubble, said = (page.tree.xpath(f"string((//*[@class='{kind}'])[1])") for kind in ("line-bubble", "web-reply"))
    assert "デジタルデバイド対策" in bubble and "本人確認" in bubble and "出典：見本町DX計画" in bubble
    assert "本人確認" in said and "出典：見本町DX計画" in said
    assert "確認さ" in page.tree.xpath("string(//ul[@class='advice'])")
    assert office.audited() == []
    assert "プレビュー" in page.text


def test_answers_are_added_and_taken_away_without_a_script(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(EDIT, on=EDIT, do="drop-0", title="スマホの教室")
    editor.send(EDIT, do="add")
    page = editor.send(
        EDIT,
        do="save",
        **{"facet-2-name": "goal", "facet-2-text": "だれも困らない町です。", "facet-2-section": "第4章"},
    )
    assert "だれも困らない町です" in page.text and "スマホの教室" in page.text
    with store.reading(office.engine) as session:
        content = revisions.latest(session, "sample/smartphone-class").content
    assert [facet["name"] for facet in content["facets"]] == ["schedule", "department", "goal"]
    assert content["facets"][1]["departments"] == ["企画課"]


def latest(office: Office) -> dict[str, Any]:
    with store.reading(office.engine) as session:
        return revisions.latest(session, "sample/smartphone-class").content


def test_two_editors_who_cross_see_each_others_words_and_lose_none(office: Office) -> None:
    first, second = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="second")
    second.get(EDIT)
    first.send(EDIT, on=EDIT, do="save", title="先の人の題", group="先の人の分類")
    page = second.send(EDIT, 409, do="save", group="後の人の分類", **{"facet-0-text": "後の人の本文です。"})
    assert "editor-sample さんが先に保存しました" in page.text and "先の人の題" in page.text
    assert "先の人の分類" in page.text and page.form(EDIT)["group"] == "後の人の分類"
    assert latest(office)["title"] == "先の人の題" and "後の人" not in str(latest(office))
    second.send(EDIT, do="save")
    assert (latest(office)["title"], latest(office)["group"]) == ("先の人の題", "後の人の分類")
    assert latest(office)["facets"][0]["text"] == "後の人の本文です。"


def test_where_an_answer_came_or_went_in_between_the_typed_form_stays_as_it_is(office: Office) -> None:
    first, second = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="second")
    second.get(EDIT)
    first.send(EDIT, on=EDIT, do="drop-2")
    first.send(EDIT, do="save")
    page = second.send(EDIT, 409, do="save", title="後の人の題")
    assert page.form(EDIT)["title"] == "後の人の題" and page.form(EDIT)["facets"] == "3"


def test_saving_what_did_not_change_keeps_no_revision(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    assert "変えたところはありません" in editor.send(EDIT, on=EDIT, do="save").text
    assert office.audited() == []


def test_a_new_entry_is_written_and_answers_once_published(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(
        f"{LIST}/_new",
        on=f"{LIST}/_new",
        do="save",
        title="プールの開放",
        phrasings="プールはいつ入れますか\nプールに行きたい",
        **{"facet-0-text": "町民プールは7月から8月まで開いています。", "facet-0-section": "広報 6月号"},
    )
    assert page.heading == "プールの開放" and "プールに行きたい" in page.text
    entry = str(page.response.url).rpartition("/")[2]
    publish(office, entry)
    assert "7月から8月まで" in answer(office, "プールはいつ入れますか")


def test_a_town_without_a_plan_is_told_to_bring_one_first(office: Office) -> None:
    editor, new = office.clerk(Role.EDITOR, "other"), "/towns/other/entries/_new"
    assert "まだ、回答項目がありません" in editor.get("/towns/other/entries").text
    assert "計画書を取り込むか、計画書のほかの資料を加えて" in "".join(editor.get(new).text.split())
    text = {"facet-0-text": "残る本文です。", "facet-0-section": "第1章"}
    page = editor.send(new, 422, do="save", title="はじめて", **text)
    assert "残る本文です" in page.response.text
    assert editor.send(new, do="preview").heading == "回答項目を新しく書く"


def test_an_older_revision_comes_back_as_a_draft(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(EDIT, on=EDIT, do="save", title="新しい題")
    page = editor.send(f"{CLASS}/restore", on=f"{CLASS}/history")
    assert "下書きを保存しました" in page.text
    with store.reading(office.engine) as session:
        newest = revisions.latest(session, "sample/smartphone-class")
    assert (newest.number, newest.content["title"], newest.reason) == (3, "デジタルデバイド対策", "版1に戻す")


def test_a_history_that_moved_on_is_shown_before_anything_is_restored(office: Office) -> None:
    first, second = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="second")
    first.send(EDIT, on=EDIT, do="save", title="二番目の題")
    second.get(f"{CLASS}/history")
    first.send(EDIT, on=EDIT, do="save", title="三番目の題")
    page = second.send(f"{CLASS}/restore", 409)
    assert "もう一度押してください" in page.text and "三番目の題" in page.text
    assert latest(office)["title"] == "三番目の題"
    second.send(f"{CLASS}/restore")


def test_a_withdrawn_entry_is_not_answered_and_can_come_back(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    assert "スマホ教室を開く" in answer(office, "スマホ教室")
    page = approver.send(f"{CLASS}/withdraw", on=CLASS, reason="なくなった")
    assert "公開をやめました" in page.text
    assert "スマホ教室を開く" not in answer(office, "スマホ教室")
    approver.send(f"{CLASS}/restore", on=f"{CLASS}/history")
    publish(office, "smartphone-class")
    assert "スマホ教室を開く" in answer(office, "スマホ教室")


@pytest.mark.parametrize(("until", "answered"), [("2020-01-01", False), ("2999-12-31", True)])
def test_an_entry_past_its_last_day_is_not_answered(office: Office, until: str, answered: bool) -> None:
    approver = office.clerk(Role.APPROVER)
    approver.send(f"{CLASS}/validity", on=CLASS, valid_until=until)
    assert ("スマホ教室を開く" in answer(office, "スマホ教室")) is answered


def test_days_that_cannot_be_are_explained_and_crossing_changes_are_noticed(office: Office) -> None:
    first, second = office.clerk(Role.APPROVER), office.clerk(Role.APPROVER, login="second")
    second.get(CLASS)
    page = first.send(f"{CLASS}/validity", 422, on=CLASS, valid_from="2026-05-01", valid_until="2026-04-01")
    assert "始める日より後" in page.text
    first.send(f"{CLASS}/owner", on=CLASS, owner="企画課", review_date="2027-01-01")
    assert "先に変えました" in second.send(f"{CLASS}/owner", 409, owner="総務課").text
    assert "総務課" in second.send(f"{CLASS}/owner").text
