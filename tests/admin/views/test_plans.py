"""A plan document becomes drafts, in the eyes of the clerk who hands it in."""

import time
from typing import Any

import pytest
from sqlmodel import select

from admin.roles import Role
from knowledge import publishing, store
from knowledge.entries import EntryContent
from knowledge.models import Entry, Revision, State
from knowledge.plan_models import PlanUpload
from tests.admin.office import Clerk, Office
from tests.admin.page import Page
from tests.bot.server import BOUND
from tests.knowledge.plans.made import PLAN, as_word

PLANS = "/towns/sample/plans"
TEXT = PLAN.read_text(encoding="utf-8")


def hand_in(clerk: Clerk, content: bytes, name: str = "みほん計画.md", status: int = 200) -> Page:
    return clerk.send(PLANS, status, on=PLANS, files={"file": (name, content)})


def read(clerk: Clerk, content: bytes = TEXT.encode(), name: str = "みほん計画.md") -> Page:
    """Hands a plan in and looks again until it is read, as somebody without script does."""
    page = hand_in(clerk, content, name)
    until = time.monotonic() + BOUND
    while page.tree.xpath("//*[@id='state']"):
        assert time.monotonic() < until, page.text
        time.sleep(0.1)
        page = clerk.get(page.response.url.path)
    return page


def drafted(office: Office) -> dict[str, Entry]:
    with store.reading(office.engine) as session:
        rows = session.exec(select(Entry).where(Entry.town_id == "sample", Entry.newest_state == State.DRAFT))
        return {entry.title: entry for entry in rows}


def uploads(office: Office) -> list[bytes]:
    with store.reading(office.engine) as session:
        return list(session.exec(select(PlanUpload.content)))


def publish_all(office: Office) -> None:
    with store.writing(office.engine) as session:
        for entry in drafted(office).values():
            publishing.publish(session, entry.key, entry.newest_number)


def here(page: Page) -> str:
    return str(page.response.url.path)


def test_a_plan_is_read_looked_over_and_taken_in_one_by_one_then_together(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = read(editor, as_word(TEXT), "みほん計画.docx")
    assert page.heading == "みほん市DX推進計画"
    there = here(page)
    page = editor.get(f"{there}?part=measure")
    assert "書かない窓口の導入" in page.text
    own = page.tree.xpath("//article[h3[contains(., '公衆無線LANの整備')]]")[0]
    assert "危機管理課" in " ".join(own.xpath(".//ol//text()")), "the plan's own lines stand beside it"
    wanted = own.xpath(".//input/@value")
    page = editor.send(f"{there}/import", entry=wanted)
    assert "下書きを1件作りました" in page.text
    assert set(drafted(office)) == {"公衆無線LANの整備"}
    assert uploads(office) == [b""], "the file is gone"
    known = editor.get(f"{there}?part=measure").tree.xpath("//h3[contains(., 'もうあります')]")
    assert "公衆無線LANの整備" in known[0].text_content()
    page = editor.send(f"{there}/import", all="1")
    assert page.heading == "計画書" and "見つけたものはすべて" in page.text
    assert len(drafted(office)) > 20 and uploads(office) == []
    assert office.audited() == ["plan.handed_in", "plan.imported", "plan.imported"]


def test_an_import_is_taken_back_except_for_what_staff_published(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(f"{here(read(editor))}/import", all="1")
    entry = drafted(office)["公衆無線LANの整備"]
    with store.writing(office.engine) as session:
        publishing.publish(session, entry.key, entry.newest_number)
    undo = editor.get(PLANS).tree.xpath("//form[contains(@action, 'undo')]/@action")[0]
    page = editor.send(undo)
    assert "取り込みを取り消しました" in page.text and "「公衆無線LANの整備」は残しました" in page.text
    assert drafted(office) == {}
    token = page.tree.xpath("//input[@name='csrf']/@value")[0]
    assert "もう取り消されて" in editor.post(undo, {"csrf": token}, 409).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "ファイルを選んでください"),
        ("計画.xlsx", b"PK", "PDF、Word"),
        ("計画.pdf", b"", "何も入っていません"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_beside_the_field(
    office: Office, name: str, content: bytes, said: str
) -> None:
    page = hand_in(office.clerk(Role.EDITOR), content, name, 422)
    assert said in page.tree.xpath("string(//*[@id='file-problem'])")
    assert uploads(office) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("計画.pdf", b"%PDF-1.7 broken", "保存し直して"),
        ("手紙.txt", "拝啓　春になりました。".encode(), "計画の文書に見えません"),
    ],
)
def test_a_document_that_cannot_be_read_says_why_and_what_to_do(
    office: Office, name: str, content: bytes, said: str
) -> None:
    editor = office.clerk(Role.EDITOR)
    page = read(editor, content, name)
    assert said in page.text and name in page.text
    page = editor.send(f"{here(page)}/discard")
    assert "消しました" in page.text and uploads(office) == []


def test_nothing_chosen_and_a_missing_period_are_asked_for(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    there = here(read(editor, TEXT.replace("令和6年度から令和9年度までの4年間", "当面の間").encode()))
    assert "印をつけてください" in editor.send(f"{there}/import", 422).text
    page = editor.send(f"{there}/import", 422, on=there, all="1", period_from="2028-03", period_to="2024-04")
    assert "始まりの月より後" in page.text
    page = editor.send(f"{there}/import", all="1", period_from="2024-04", period_to="2028-03")
    assert "下書きを" in page.text and drafted(office)


def test_doubts_stand_beside_the_line_and_words_of_the_plan_are_text_only(office: Office) -> None:
    garbled = TEXT.replace("公金のキャッシュレス化", "デジタルデバйд対策").replace(
        "証明書の窓口への展開", "<b onclick=alert(1)>証明書</b>の窓口"
    )
    editor = office.clerk(Role.EDITOR)
    there = here(read(editor, garbled.encode()))
    page = editor.get(f"{there}?part=doubts")
    assert "デジタルデバйд" in page.text and "デジタルデバイド" in page.text
    page = editor.get(f"{there}?part=measure")
    assert "確かめるところがあります" in page.text and page.tree.xpath("//main//b") == []


def test_another_edition_shows_what_changed_and_puts_what_it_touches_on_the_list(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(f"{here(read(editor))}/import", all="1")
    publish_all(office)
    there = here(read(editor, TEXT.replace("危機管理課", "防災課").encode(), "新しい計画.md"))
    page = editor.get(f"{there}/editions")
    assert "防災課" in page.text and "公衆無線LANの整備" in page.text
    assert page.tree.xpath("//main//li/a[contains(@href, '/entries/')]")
    assert "確認」に入れました" in editor.send(f"{there}/editions/mark").text
    with store.reading(office.engine) as session:
        marked = session.exec(select(Entry.title).where(Entry.review_date.is_not(None))).all()  # type: ignore[union-attr]
    assert "公衆無線LANの整備" in marked
    page = editor.get(f"{there}/coverage")
    assert page.heading == "今の回答項目とくらべる" and "スマホ教室" not in page.text.split("見つからないもの")[0]


def test_a_stale_page_of_a_deleted_plan_takes_nothing_from_the_next_one(office: Office) -> None:
    first, second = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="second")
    there = here(read(first))
    second.get(there)
    first.send(f"{there}/discard", on=there)
    next_plan = here(read(first, TEXT.replace("みほん市", "つぎの市").encode(), "次.md"))
    if next_plan == there:  # PostgreSQL never gives a number twice
        assert "入れかわりました" in second.send(f"{there}/import", 409, all="1").text
        second.get(there)
        assert second.page
        stale = {**second.page.form(f"{there}/discard"), "handed_in": "2026-01-01T00:00:00+00:00"}
        second.post(f"{there}/discard", stale)
    assert drafted(office) == {} and len(uploads(office)) == 1


def test_what_the_town_has_already_stands_behind_what_is_new(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    there = here(read(editor))
    page = editor.get(f"{there}?part=measure")
    first = page.tree.xpath("string(//main//article[1]//input[@name='entry']/@value)")
    page = editor.send(f"{there}/import", on=f"{there}?part=measure", entry=first)
    assert page.tree.xpath("//main//article[last()]//h3[contains(., 'もうあります')]")
    assert page.tree.xpath("//main//article[1]//input[@name='entry']")


def test_an_edition_is_compared_with_another_file_of_the_same_name_that_was_only_read(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    read(editor)
    there = here(read(editor, TEXT.replace("危機管理課", "防災課").encode()))
    page = editor.get(f"{there}/editions")
    assert "防災課" in page.text and drafted(office) == {}
    (option,) = page.tree.xpath("//select[@name='before']/option/@value")
    assert option.startswith("upload-")


def test_a_plan_is_not_offered_to_be_compared_with_itself(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    there = here(read(editor))
    assert "くらべる版がありません" in editor.get(f"{there}/editions").text
    read(editor)
    assert "くらべる版がありません" in editor.get(f"{there}/editions").text


def test_a_viewer_looks_but_is_offered_nothing_to_press(office: Office) -> None:
    there = here(read(office.clerk(Role.EDITOR)))
    viewer = office.clerk(Role.VIEWER)
    for path in (PLANS, there, f"{there}?part=measure", f"{there}/editions", f"{there}/coverage"):
        assert viewer.get(path).tree.xpath("//main//form[@method='post'][.//button]") == [], path


def test_a_plan_of_another_town_is_not_there(office: Office) -> None:
    there = here(read(office.clerk(Role.EDITOR)))
    stranger = office.clerk(Role.ADMINISTRATOR, "other")
    stranger.get(there.replace("sample", "other"), 404)
    stranger.get(there, 404)


def test_what_was_taken_in_is_written_as_entries_are(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(f"{here(read(editor))}/import", all="1")
    with store.reading(office.engine) as session:
        revision: Any = session.exec(
            select(Revision).where(Revision.entry_key == drafted(office)["公衆無線LANの整備"].key)
        ).one()
    assert revision.author == "editor-sample"
    assert EntryContent.model_validate(revision.content).facets[0].lines
