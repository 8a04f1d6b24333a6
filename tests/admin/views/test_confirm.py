"""確認: a clerk confirms with one press, and the reply then says when."""

from admin.roles import Role
from knowledge.days import today
from tests.admin.office import Office
from tests.admin.views.test_entries import answer, publish

CONFIRM = "/towns/sample/confirm"


def test_one_press_confirms_and_the_reply_names_the_month(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    assert "確認を待っている回答項目：7件" in editor.get(CONFIRM).text
    assert "町が確認" not in answer(office, "スマホ教室")
    page = editor.send(f"{CONFIRM}/smartphone-class")
    assert "確認しました" in page.text and "：6件" in page.text
    assert f"{today():%Y}年{today().month}月に町が確認" in answer(office, "スマホ教室")


def test_what_has_changed_opens_where_it_is_told(office: Office) -> None:
    page = office.clerk(Role.EDITOR).get(CONFIRM)
    links = page.tree.xpath("//a[contains(text(), '変わった')]/@href")
    assert "/towns/sample/entries/counter/edit#facet-0-text" in links


def test_only_what_was_on_the_screen_is_confirmed(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.get(CONFIRM)
    edit = "/towns/sample/entries/rpa/edit"
    office.clerk(Role.EDITOR, login="second").send(edit, on=edit, do="save", **{"facet-0-text": "新しい文です。"})
    publish(office, "rpa")
    page = editor.send(f"{CONFIRM}/rpa", 409)
    assert "内容が変わりました" in page.text and "新しい文です" in page.text
    assert "町が確認" not in answer(office, "RPA")


def test_an_entry_is_withdrawn_from_the_queue(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    page = approver.send("/towns/sample/entries/rpa/withdraw", on=CONFIRM)
    assert page.heading == "確認" and "公開をやめました" in page.text
    assert "ソフトウェア" not in answer(office, "RPAとは")
    page = approver.send("/towns/sample/entries/rpa/republish", on="/towns/sample/entries/rpa")
    assert "もう一度公開しました" in page.text and "公開中" in page.text
    assert "ソフトウェア" in answer(office, "RPAとは")
    fields = page.form("/sign-out")
    assert "戻せません" in approver.post("/towns/sample/entries/rpa/republish", fields, 409).text


def test_a_press_by_mistake_is_taken_back(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(f"{CONFIRM}/smartphone-class", on=CONFIRM)
    own = "/towns/sample/entries/smartphone-class"
    page = editor.send(f"{CONFIRM}/smartphone-class/take-back", on=own)
    assert "確認を取り消しました" in page.text and "まだ確認していません" in page.text
    assert "町が確認" not in answer(office, "スマホ教室")
    fields = page.form("/sign-out")
    assert "まだ確認されていません" in editor.post(f"{CONFIRM}/smartphone-class/take-back", fields, 409).text
    assert office.clerk(Role.VIEWER).get(CONFIRM).tree.xpath("//main//form") == []


def test_an_empty_queue_says_what_to_do_next(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    for entry in ("rpa", "ai", "smartphone-class", "counter", "policies", "card-rate", "period"):
        editor.send(f"{CONFIRM}/{entry}", on=CONFIRM)
    assert "待っている回答項目はありません" in editor.get(CONFIRM).text
