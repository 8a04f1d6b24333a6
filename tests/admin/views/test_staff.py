"""Colleagues, one's own account and the audit log, as stories."""

import csv
import io
from datetime import UTC, datetime

import pyotp

from admin import audit
from admin.roles import Role
from knowledge import store
from tests.admin.office import OTHER, PASSWORD, SECRET, Office

STAFF = "/towns/sample/staff"


def test_a_new_persons_login_name_must_be_free_in_this_town_only(office: Office) -> None:
    office.hire("yamada", Role.VIEWER, OTHER)
    boss = office.clerk(Role.ADMINISTRATOR)
    new = f"{STAFF}/new"
    assert "/links/" in boss.send(STAFF, on=new, name="山田", login="yamada", role="viewer").text
    assert "もう使われています" in boss.send(STAFF, 422, on=new, name="山田", login="yamada", role="viewer").text
    assert "半角" in boss.send(STAFF, 422, on=new, name="山田", login="山田", role="viewer").text


def test_nobody_is_made_an_operator_by_a_form(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    page = boss.send(STAFF, 422, on=f"{STAFF}/new", name="悪人", login="akunin", role="operator")
    assert "選んでください" in page.text


def test_the_last_administrator_cannot_be_taken_away(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR, login="boss")
    one = f"{STAFF}/{office.staff('boss').id}"
    assert "いなくなる" in boss.send(f"{one}/role", 422, on=one, role="viewer").text
    assert "いなくなる" in boss.send(f"{one}/active", 422, on=one).text
    office.hire("second", Role.ADMINISTRATOR)
    assert boss.send(f"{one}/role", on=one, role="viewer").heading == "サインイン"


def test_another_role_ends_the_persons_sessions(office: Office) -> None:
    boss, editor = office.clerk(Role.ADMINISTRATOR), office.clerk(Role.EDITOR, login="hanako")
    one = f"{STAFF}/{office.staff('hanako').id}"
    assert "変えました" in boss.send(f"{one}/role", on=one, role="viewer", name="花子").text
    assert editor.get("/towns/sample").heading == "サインイン"
    assert (office.staff("hanako").role, office.staff("hanako").name) == ("viewer", "花子")


def test_a_reset_link_takes_the_old_second_factor_away(office: Office) -> None:
    office.hire("taro", Role.APPROVER, password=PASSWORD)
    boss = office.clerk(Role.ADMINISTRATOR)
    one = f"{STAFF}/{office.staff('taro').id}"
    page = boss.send(f"{one}/link", on=one)
    link = str(page.tree.xpath("string(//code)")).removeprefix(office.address)
    assert office.staff("taro").totp
    taro = office.browser()
    taro.get(link)
    taro.send(link, password="金曜日の海辺で読む長い手紙")
    assert office.staff("taro").totp == ""
    assert taro.sign_in("sample", "taro", "金曜日の海辺で読む長い手紙").heading == "認証アプリの登録"


def test_one_changes_ones_password_and_other_browsers_are_signed_out(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    here, there = office.browser(), office.browser()
    here.sign_in("sample", "hanako")
    there.sign_in("sample", "hanako")
    new = "金曜日の海辺で読む長い手紙"
    assert "今のパスワードが" in here.send("/account/password", 422, on="/account", current="x", password=new).text
    assert "よく使われる" in here.send("/account/password", 422, current=PASSWORD, password="見本町hanako2026!").text
    assert "変えました" in here.send("/account/password", current=PASSWORD, password=new).text
    assert there.get("/account").heading == "サインイン"
    there.sign_in("sample", "hanako", PASSWORD, 401)


def test_an_editor_may_use_an_authenticator_and_renew_the_recovery_codes(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    browser.sign_in("sample", "hanako")
    page = browser.get("/account")
    secret = "".join(str(page.tree.xpath("string(//details//code)")).split())
    browser.send("/account/totp", 422, code="000000")
    assert browser.send("/account/totp", code=pyotp.TOTP(secret).now()).heading == "予備コード"
    assert "あと10個" in browser.get("/account").text
    browser.send("/account/recovery-codes", 422, current="x")
    assert browser.send("/account/recovery-codes", current=PASSWORD).heading == "予備コード"
    assert office.staff("hanako").totp and SECRET not in office.staff("hanako").totp


def test_the_log_shows_only_the_own_town_and_can_be_narrowed_down(office: Office) -> None:
    office.clerk(Role.APPROVER, OTHER).send(
        f"/towns/{OTHER}/closed", on=f"/towns/{OTHER}/closed", switch="close", **{"text-web": "となりの休止"}
    )
    boss = office.clerk(Role.ADMINISTRATOR, login="boss")
    boss.send(STAFF, on=f"{STAFF}/new", name="山田", login="yamada", role="viewer")
    log = boss.get("/towns/sample/audit")
    assert "職員を招いた" in log.text and "となりの休止" not in log.response.text
    assert "記録はありません" in boss.get("/towns/sample/audit?action=town.closed").text
    assert "記録はありません" in boss.get("/towns/sample/audit?last=2020-01-01").text
    assert "山田" in boss.get("/towns/sample/audit?first=2020-01-01&action=staff.invited&page=99999x").text
    everything = office.clerk(Role.OPERATOR, None).get("/audit").text
    assert "となりの休止" in everything and "職員を招いた" in everything


def test_the_log_is_taken_out_as_csv_without_formulas(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR, login="boss")
    boss.send(STAFF, on=f"{STAFF}/new", name="=HYPERLINK(1)", login="evil", role="viewer")
    form = boss.get("/towns/sample/audit").form("/towns/sample/audit/csv")
    response = boss.http.post("/towns/sample/audit/csv", data=form)
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.text.lstrip("\ufeff"))))
    assert rows[0] == ["日時", "自治体", "職員", "したこと", "対象", "内容"]
    assert rows[1][3:5] == ["職員を招いた", "'=HYPERLINK(1)"]
    assert office.audited()[-1] == "audit.exported"


def test_a_long_log_has_pages(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    with store.writing(office.engine) as session:
        for number in range(audit.ON_A_PAGE + 1):
            audit.record(session, "town.settings", at=datetime.now(UTC), town_id="sample", subject=f"第{number}回")
    assert "1／2ページ" in boss.get("/towns/sample/audit").text
    assert "第0回" in boss.get("/towns/sample/audit?page=2").text


def test_the_operator_sees_all_towns_and_works_in_each(office: Office) -> None:
    operator = office.clerk(Role.OPERATOR, None)
    page = operator.get("/")
    assert page.heading == "自治体の一覧" and "隣町" in page.text
    assert operator.get(f"/towns/{OTHER}/settings").heading == "自治体の設定"
