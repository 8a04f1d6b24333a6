"""A town without a plan writes entries from another document."""

from pathlib import Path

import pytest

from admin.roles import Role
from bot.published import read_town
from bot.town import TownKnowledge
from knowledge import loading, store
from knowledge.days import today
from knowledge.exchange import files, imports
from knowledge.exchange.files import Format
from knowledge.models import Source
from tests.admin.office import OTHER, Office
from tests.bot.server import write_sample

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


PLAN = "/towns/sample/sources/sample-2024-01"
OWN = f"{HOME}/sources/other-own-2026-04-1"
GUIDE = {"title": "くらしの便利帖", "published": "2026-04", "first": "2026-04", "last": "2027-03"}


def residents(office: Office) -> TownKnowledge:
    """The sample town, as a process would read it now."""
    return read_town(office.engine, "sample", today())


def added(office: Office) -> None:
    office.clerk(Role.EDITOR, OTHER, "writer").send(f"{HOME}/sources", on=NEW, **GUIDE)


def kept(office: Office, key: str) -> Source | None:
    with store.reading(office.engine) as session:
        return session.get(Source, key)


def test_a_mistyped_source_is_mended_and_named_so_from_then_on(office: Office) -> None:
    added(office)
    approver = office.clerk(Role.APPROVER, OTHER)
    approver.get(f"{HOME}/plans")
    assert approver.page and approver.page.tree.xpath(f"//main//a[@href='{OWN}']")
    page = approver.send(OWN, on=OWN, title="くらしの便利帳", last="2028-03")
    assert "「くらしの便利帳」を保存しました" in page.text
    source = kept(office, "other-own-2026-04-1")
    assert source and (source.title, source.period_to) == ("くらしの便利帳", "2028-03")
    assert office.audited()[-1] == "source.changed"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "便利帳", "published": "2026-05"}, "もうあります"),
        ({"last": "2025-03"}, "終わりを始まりより後"),
        ({"address": "ftp://x.example/"}, "https://"),
    ],
)
def test_a_wrong_change_of_a_source_changes_nothing(office: Office, fields: dict[str, str], said: str) -> None:
    added(office)
    approver = office.clerk(Role.APPROVER, OTHER)
    approver.send(f"{HOME}/sources", on=NEW, **(GUIDE | {"title": "便利帳", "published": "2026-05"}))
    assert said in approver.send(OWN, 422, on=OWN, **fields).text
    source = kept(office, "other-own-2026-04-1")
    assert source and (source.title, source.period_to, source.public_address) == (GUIDE["title"], "2027-03", "")


def test_two_who_change_a_source_at_once_see_each_other(office: Office) -> None:
    added(office)
    first, second = (office.clerk(Role.APPROVER, OTHER, name) for name in ("first", "second"))
    second.get(OWN)
    first.send(OWN, on=OWN, title="くらしの便利帳")
    page = second.send(OWN, 409, address="https://www.town.example.lg.jp/")
    assert "先に変えました" in page.text and "くらしの便利帳" in page.text


def test_a_source_is_taken_away_only_while_nothing_stands_on_it(office: Office) -> None:
    added(office)
    office.clerk(Role.APPROVER, OTHER).send(f"{OWN}/delete", on=OWN)
    assert kept(office, "other-own-2026-04-1") is None
    approver = office.clerk(Role.APPROVER)
    assert f"{PLAN}/delete" not in approver.get(PLAN).text
    csrf = approver.page.form(PLAN)["csrf"] if approver.page else ""
    assert "消せません" in approver.post(f"{PLAN}/delete", {"csrf": csrf}, 409).text


def test_a_plans_address_is_linked_from_replies_and_survives_loading_again(office: Office, tmp_path: Path) -> None:
    approver = office.clerk(Role.APPROVER)
    approver.send(PLAN, on=PLAN, address="https://www.town.example.lg.jp/plan.pdf")
    loading.load_all(office.engine, write_sample(tmp_path / "towns"))
    entry = next(iter(residents(office).library.entries.values()))
    assert entry.source_address == "https://www.town.example.lg.jp/plan.pdf"


def test_a_plan_that_came_with_the_bot_keeps_its_name(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    page = approver.get(PLAN)
    assert "変えられません" in page.text and not page.tree.xpath("//input[@name='title']")
    approver.send(PLAN, title="ちがう計画")
    source = kept(office, "sample-2024-01")
    assert source and source.title != "ちがう計画"
