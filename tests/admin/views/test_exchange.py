"""Entries go out as files and come back as drafts, all of them or none."""

import copy
import io
import json
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from sqlmodel import select

from admin.roles import Role
from knowledge import publishing, store
from knowledge.curation import EntryFile
from knowledge.models import Revision, State
from tests.admin.office import Clerk, Office
from tests.admin.page import Page
from tests.admin.views.test_town import residents

EXCHANGE = "/towns/sample/exchange"


def taken_out(clerk: Clerk, form: str) -> bytes:
    response = clerk.http.get(f"{EXCHANGE}/file?format={form}")
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    return response.content


def hand_in(clerk: Clerk, content: bytes, name: str, status: int = 200) -> Page:
    return clerk.send(EXCHANGE, status, on=EXCHANGE, files={"file": (name, content)})


def changed(content: bytes, **values: Any) -> bytes:
    """A YAML file in which the entry "rpa" has other values, with a new entry behind it."""
    rows = yaml.safe_load(content)
    rpa = next(row for row in rows if row["id"] == "rpa")
    rpa.update(values)
    new = {**copy.deepcopy(rpa), "id": "new-one", "title": "新しい項目", "aliases": [], "phrasings": ["新しい項目とは"]}
    return yaml.safe_dump([*rows, new], allow_unicode=True).encode()


def drafts(office: Office) -> list[str]:
    with store.reading(office.engine) as session:
        found = session.exec(select(Revision).where(Revision.state == State.DRAFT))
        return sorted(str(revision.content["title"]) for revision in found)


def kept(office: Office) -> int:
    with store.reading(office.engine) as session:
        return len(session.exec(select(EntryFile)).all())


@pytest.mark.parametrize(
    ("form", "name"), [("xlsx", "a.xlsx"), ("csv", "a.csv"), ("csv-cp932", "a.csv"), ("yaml", "a.yaml")]
)
def test_what_was_taken_out_and_comes_back_changes_nothing(office: Office, form: str, name: str) -> None:
    editor = office.clerk(Role.EDITOR)
    page = hand_in(editor, taken_out(editor, form), name)
    assert "0新しくできる" in page.text.replace(" ", "") and "7変わらない" in page.text.replace(" ", "")
    assert "変わるところはありません" in page.text


def test_the_files_are_what_they_say(office: Office) -> None:
    viewer = office.clerk(Role.VIEWER)
    assert taken_out(viewer, "csv").startswith(b"\xef\xbb\xbfid,")
    assert "書かない窓口".encode("cp932") in taken_out(viewer, "csv-cp932")
    assert load_workbook(io.BytesIO(taken_out(viewer, "xlsx")), read_only=True).worksheets[0].title == "回答項目"
    page = json.loads(taken_out(viewer, "faqpage"))
    assert page["@type"] == "FAQPage" and len(page["mainEntity"]) == 7
    assert "選んでください" in viewer.get(f"{EXCHANGE}/file?format=exe", 422).text


def test_a_file_shows_what_it_changes_becomes_drafts_and_then_answers(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    before = office.town().revision
    page = hand_in(editor, changed(taken_out(editor, "yaml"), title="RPA（自動化）"), "項目.yaml")
    assert page.heading == "変わるところを確かめる"
    assert "（自動化）" in page.tree.xpath("//ins/text()") and "新しい項目" in page.text
    assert drafts(office) == [] and kept(office) == 1
    there = page.response.url.path
    page = editor.send(f"{there}/apply")
    assert "下書きを2件作りました" in page.text
    assert drafts(office) == ["RPA（自動化）", "新しい項目"] and kept(office) == 0
    assert office.town().revision == before, "residents still get what is published"
    with store.writing(office.engine) as session:
        publishing.publish(session, "sample/new-one", 1)
    assert "new-one" in residents(office).library.entries
    assert office.audited() == ["exchange.handed_in", "exchange.applied"]


def test_faults_are_told_by_row_and_nothing_is_kept(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    text = taken_out(editor, "csv").decode("utf-8-sig").replace("用語", "ようご")
    page = hand_in(editor, text.encode("utf-8-sig"), "項目.csv", 422)
    rows = [[cell.text_content() for cell in row] for row in page.tree.xpath("//tbody/tr")]
    assert any(row[1] == "種類" and "ようご" in row[2] and row[0].isdecimal() for row in rows)
    assert drafts(office) == [] and kept(office) == 0 and office.audited() == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "ファイルを選んでください"),
        ("項目.exe", b"MZ", "どれかを選んでください"),
        ("項目.xlsx", b"broken", "読めません"),
        ("項目.yaml", b"[]", "回答項目がありません"),
        ("項目.yaml", b"- &a [*a]", "別名"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(office: Office, name: str, content: bytes, said: str) -> None:
    page = hand_in(office.clerk(Role.EDITOR), content, name, 422)
    assert said in page.text
    assert kept(office) == 0


def test_an_edit_that_came_between_stops_everything(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = hand_in(editor, changed(taken_out(editor, "yaml"), title="RPAのこと"), "項目.yaml")
    there = page.response.url.path
    with store.writing(office.engine) as session:
        publishing.restore(session, "sample/rpa", 1, author="ほかの人", reason="")
    page = editor.send(f"{there}/apply", 409)
    assert "ほかの人が回答項目を変えました" in page.text
    assert "新しい項目" not in drafts(office) and kept(office) == 1
    assert "下書きを2件" in editor.send(f"{there}/apply").text


def test_a_file_may_be_thrown_away(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = hand_in(editor, changed(taken_out(editor, "yaml")), "項目.yaml")
    assert "何も変わっていません" in editor.send(f"{page.response.url.path}/discard").text
    assert kept(office) == 0 and drafts(office) == []


def test_a_town_without_a_source_is_told_what_to_do_before_and_after_the_press(office: Office) -> None:
    content = changed(taken_out(office.clerk(Role.VIEWER), "yaml"))
    stranger = office.clerk(Role.EDITOR, "other")
    there = EXCHANGE.replace("sample", "other")
    page = stranger.send(there, on=there, files={"file": ("項目.yaml", content)})
    assert "計画書のほかの資料を加えて" in page.text and page.tree.xpath("//form[contains(@action, '/apply')]") == []
    here = page.response.url.path
    fields = page.form(f"{here}/discard")
    assert "先に「計画書」で" in stranger.post(f"{here}/apply", fields, 422).text


def test_a_viewer_takes_out_but_is_not_asked_to_hand_in(office: Office) -> None:
    page = office.clerk(Role.VIEWER).get(EXCHANGE)
    assert page.tree.xpath("//main//form") == []
