"""What staff set of their town, as stories; residents' answers follow."""

from pathlib import Path

import pytest

from admin.roles import Role
from bot.published import read_towns
from bot.town import TownKnowledge
from knowledge import loading
from knowledge.days import today
from tests.admin.office import Office
from tests.bot.server import write_sample

SETTINGS, CLOSED, DEPARTMENTS = (f"/towns/sample/{name}" for name in ("settings", "closed", "departments"))


def residents(office: Office) -> TownKnowledge:
    """The town as every process answers from it next."""
    return read_towns(office.engine, {}, today())["sample"]


def test_settings_reach_residents_and_the_log_names_what_changed(office: Office) -> None:
    boss, before = office.clerk(Role.ADMINISTRATOR), office.town().revision
    page = boss.send(
        SETTINGS, on=SETTINGS, telephone="0297-00-0000", opening_hours="平日 8時30分から", colour="#0017C1"
    )
    assert "設定を保存しました" in page.text
    assert residents(office).office.telephone == "0297-00-0000"
    assert (office.town().colour, office.town().revision) == ("#0017c1", before + 1)
    assert "代表電話・開庁時間・色" in boss.get("/towns/sample/audit").text


def test_digits_and_letters_are_taken_as_a_japanese_keyboard_types_them(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    typed = {"telephone": "０２９７－００ー００００（内線１２）", "colour": "＃００５５４Ａ", "retention_days": "６０"}
    boss.send(SETTINGS, on=SETTINGS, **typed)
    town = office.town()
    assert (town.telephone, town.colour, town.retention_days) == ("0297-00-0000（内線12）", "#00554a", 60)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("telephone", "でんわ", "電話番号は"),
        ("web_address", "javascript:alert(1)", "https://"),
        ("colour", "#ffff00", "濃い色"),
        ("colour", "blue", "6桁"),
        ("allowed_origins", "https://town.example/page", "ページの名前をつけずに"),
        ("allowed_origins", "http://town.example", "直してください"),
        ("retention_days", "0", "1から730"),
        ("name", "", "入力してください"),
        ("notice", "あ" * 501, "500文字まで"),
        ("telephone", "0297-00-0000\n1", "1行で"),
    ],
)
def test_a_setting_that_cannot_be_taken_is_explained_and_nothing_is_lost(
    office: Office, field: str, value: str, said: str
) -> None:
    boss, before = office.clerk(Role.ADMINISTRATOR), office.town()
    page = boss.send(SETTINGS, 422, on=SETTINGS, **{"greeting": "書きかけのあいさつ", field: value})
    assert said in page.text
    assert "書きかけのあいさつ" in page.response.text
    assert office.town() == before


def test_a_change_that_came_between_is_shown_and_not_overwritten(office: Office) -> None:
    first, second = office.clerk(Role.ADMINISTRATOR), office.clerk(Role.ADMINISTRATOR, login="second")
    second.get(SETTINGS)
    first.send(SETTINGS, on=SETTINGS, notice="先の人のお知らせ")
    page = second.send(SETTINGS, 409, telephone="0297-00-0000")
    assert "先に変えました" in page.text and "お知らせ" in page.text
    assert (office.town().notice, office.town().telephone) == ("先の人のお知らせ", "")
    second.send(SETTINGS)
    assert office.town().telephone == "0297-00-0000"


def test_a_name_that_staff_changed_survives_loading_the_files_again(office: Office, tmp_path: Path) -> None:
    office.clerk(Role.ADMINISTRATOR).send(SETTINGS, on=SETTINGS, name="新見本町")
    loading.load_all(office.engine, write_sample(tmp_path / "towns"))
    assert office.town().name == "新見本町"


def test_a_channel_is_closed_with_a_text_and_opened_again(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    page = approver.send(CLOSED, on=CLOSED, switch="close", **{"text-web": "大雨のため、休んでいます。"})
    assert "休止しました" in page.text
    assert residents(office).closed == {"web": "大雨のため、休んでいます。"}
    approver.send(CLOSED, switch="open")
    assert residents(office).closed == {}
    assert office.audited() == ["town.closed", "town.closed"]
    assert office.clerk(Role.VIEWER).get(CLOSED).tree.xpath("//main//form") == []


def test_a_channel_is_not_closed_without_a_text(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    approver.send(CLOSED, 422, on=CLOSED, switch="close", **{"text-web": " "})
    assert residents(office).closed == {}


def test_a_departments_contact_reaches_residents_and_crossing_edits_are_noticed(office: Office) -> None:
    number = office.samples("sample")["department"]
    one = f"{DEPARTMENTS}/{number}"
    first, second = office.clerk(Role.APPROVER), office.clerk(Role.APPROVER, login="second")
    second.get(one)
    first.send(one, on=one, telephone="0297-00-0001（内線12）")
    assert residents(office).office.contacts["見本課"].telephone == "0297-00-0001（内線12）"
    assert "先に変えました" in second.send(one, 409, telephone="0297-00-0002").text
    assert second.send(one, telephone="0297-00-0002").heading == "担当課"


def test_a_department_is_added_once_and_deleted_where_no_answer_names_it(office: Office) -> None:
    approver, new = office.clerk(Role.APPROVER), f"{DEPARTMENTS}/new"
    approver.send(DEPARTMENTS, on=new, name="企画課")
    assert "もうあります" in approver.send(DEPARTMENTS, 422, on=new, name="企画課").text
    approver.send(DEPARTMENTS, on=new, name="まちがい課")
    page = approver.get(DEPARTMENTS)
    one = {link.text: link.get("href") for link in page.tree.xpath("//tbody//a")}
    assert approver.get(one["企画課"]).tree.xpath("//form[contains(@action, 'delete')]") == []
    token = approver.page.form(one["企画課"])["csrf"] if approver.page else ""
    assert "消せません" in approver.post(f"{one['企画課']}/delete", {"csrf": token}, 422).text
    approver.send(f"{one['まちがい課']}/delete", on=one["まちがい課"])
    assert "まちがい課" not in str(approver.get(DEPARTMENTS).tree.xpath("string(//table)"))
