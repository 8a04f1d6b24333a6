"""A town without a plan writes entries from another document."""

import pytest

from admin.roles import Role
from bot.published import read_town
from knowledge import store
from knowledge.days import today
from knowledge.exchange import files, imports
from knowledge.exchange.files import Format
from tests.admin.office import OTHER, Office

HOME = f"/towns/{OTHER}"
NEW = f"{HOME}/sources/new"


def test_a_new_town_writes_its_first_entry_from_its_own_guide_and_residents_read_it(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR, OTHER)
    write = f"{HOME}/entries/_new"
    typed = {"title": "図書館", "facet-0-text": "図書館は9時に開きます。", "facet-0-section": "12ページ"}
    page = boss.send(write, 422, on=write, do="save", **typed)
    assert page.tree.xpath("//main//a/@href[contains(., '/sources/new')]")
    page = boss.send(f"{HOME}/sources", on=NEW, title="くらしの便利帳", published="2026-04")
    assert "「くらしの便利帳」を加えました" in page.text
    boss.send(write, on=write, do="save", **typed)
    boss.get(boss.page.tree.xpath("string(//a[contains(@href, '/drafts/check')]/@href)") if boss.page else "")
    boss.send(f"{HOME}/drafts/release")
    (entry,) = read_town(office.engine, OTHER, today()).library.entries.values()
    assert (entry.content.title, entry.source.title) == ("図書館", "くらしの便利帳")
    assert boss.get(f"{HOME}/confirm").heading == "確認"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "入力してください"),
        ({"published": "四月"}, "2026-04"),
        ({"first": "2027-04", "last": "2026-03"}, "終わりを始まりより後"),
    ],
)
def test_what_is_no_source_is_refused_with_the_remedy(office: Office, fields: dict[str, str], said: str) -> None:
    editor = office.clerk(Role.EDITOR, OTHER)
    page = editor.send(f"{HOME}/sources", 422, on=NEW, **({"title": "便利帳"} | fields))
    assert said in page.text


def test_the_same_document_is_not_added_twice(office: Office) -> None:
    editor = office.clerk(Role.EDITOR, OTHER)
    editor.send(f"{HOME}/sources", on=NEW, title="便利帳")
    assert "もうあります" in editor.send(f"{HOME}/sources", 422, on=NEW, title="便利帳").text


def test_a_file_of_entries_waits_until_the_town_has_a_source(office: Office) -> None:
    editor = office.clerk(Role.EDITOR, OTHER)
    with store.reading(office.engine) as session:
        content = files.write(imports.current(session, "sample"), Format.YAML)
    here = f"{HOME}/exchange"
    page = editor.send(here, on=here, files={"file": ("a.yaml", content)})
    assert "このファイルは残してあります" in page.text
    address = str(page.response.url)
    editor.send(f"{HOME}/sources", on=NEW, title="便利帳")
    page = editor.send(f"{address[len(office.address) :]}/apply", on=address)
    assert "下書きを7件作りました" in page.text
