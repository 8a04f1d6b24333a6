"""Sign-in over HTTP, as stories."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlmodel import select

from admin import cookies, lockout, sessions
from admin.roles import Role
from bot.limits import Limiter, Rate
from knowledge import store
from knowledge.accounts import FailedSignIns, Staff, StaffSession
from tests.admin.office import PASSWORD, SECRET, Clerk, Office

NEW = "金曜日の海辺で読む長い手紙"


def test_an_editor_signs_in_with_a_password_in_either_width_and_out_again(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    assert browser.sign_in("sample", "ＨＡＮＡＫＯ").heading == "ホーム"
    token = browser.http.cookies.get(cookies.SESSION)
    assert browser.send("/sign-out").text.count("サインアウトしました") == 1
    browser.http.cookies.set(cookies.SESSION, token or "")
    assert browser.get("/towns/sample").heading == "サインイン"
    assert office.audited() == ["sign_in.done", "sign_in.password", "sign_out"]


def test_an_approver_needs_the_authenticators_code_which_serves_once(office: Office) -> None:
    office.hire("taro", Role.APPROVER, password=PASSWORD)
    browser = office.browser()
    assert browser.sign_in("sample", "taro").heading == "確認コード"
    assert browser.get("/towns/sample").heading == "確認コード"
    code = pyotp.TOTP(SECRET).now()
    browser.send("/sign-in/code", 422, code="000000")
    assert browser.send("/sign-in/code", code=code).heading == "ホーム"
    second = office.browser()
    second.sign_in("sample", "taro")
    assert "確認コードがちがいます" in second.send("/sign-in/code", 422, code=code).text


def shown_secret(clerk: Clerk) -> str:
    assert clerk.page is not None
    return "".join(str(clerk.page.tree.xpath("string(//details//code)")).split())


def test_an_invited_administrator_sets_a_password_enrols_and_comes_in_by_a_recovery_code(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    page = boss.send(
        "/towns/sample/staff", on="/towns/sample/staff/new", name="新人", login="shinjin", role="administrator"
    )
    link = re.search(r"/links/[\w-]+", page.text)
    assert link
    invited = office.browser()
    invited.get(link[0])
    assert "12文字" in invited.send(link[0], 422, password="みじかい").text
    assert invited.send(link[0], password=NEW).heading == "サインイン"
    assert invited.get(link[0], 404).heading == "このリンクは使えません"
    assert invited.sign_in("sample", "shinjin", NEW).heading == "認証アプリの登録"
    assert invited.get("/towns/sample").heading == "認証アプリの登録"
    page = invited.send("/sign-in/enrolment", code=pyotp.TOTP(shown_secret(invited)).now())
    assert page.heading == "予備コード"
    codes = [str(code.text) for code in page.tree.xpath("//ul[@class='codes']//code")]
    assert len(set(codes)) == 10
    assert invited.get("/towns/sample/staff").heading == "職員"
    later = office.browser()
    later.sign_in("sample", "shinjin", NEW)
    assert later.send("/sign-in/code", code=codes[0].upper()).heading == "ホーム"
    again = office.browser()
    again.sign_in("sample", "shinjin", NEW)
    again.send("/sign-in/code", 422, code=codes[0])


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    wrong = office.browser().sign_in("sample", "hanako", "x" * 12, 401).text
    nobody = office.browser().sign_in("sample", "nobody", "x" * 12, 401).text
    elsewhere = office.browser().sign_in("other", "hanako", PASSWORD, 401).text
    assert wrong == nobody == elsewhere


def test_a_closed_account_is_out_at_once_and_stays_out(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    hanako, boss = office.browser(), office.clerk(Role.ADMINISTRATOR)
    hanako.sign_in("sample", "hanako")
    number = office.staff("hanako").id
    boss.send(f"/towns/sample/staff/{number}/active", on=f"/towns/sample/staff/{number}")
    assert hanako.get("/towns/sample").heading == "サインイン"
    hanako.sign_in("sample", "hanako", status=401)


@pytest.mark.parametrize("passed", [sessions.IDLE, sessions.LONGEST])
def test_a_session_ends_after_idleness_and_in_any_case(office: Office, passed: timedelta) -> None:
    clerk = office.clerk(Role.EDITOR)
    assert clerk.get("/towns/sample").heading == "ホーム"
    with store.writing(office.engine) as session:
        row = session.exec(select(StaffSession)).one()
        row.ends_at -= passed if passed == sessions.LONGEST else timedelta(0)
        row.seen_at -= passed if passed == sessions.IDLE else timedelta(0)
    assert clerk.get("/towns/sample").heading == "サインイン"


def forget_sessions(office: Office) -> None:
    with store.writing(office.engine) as session:
        for row in session.exec(select(StaffSession)):
            row.ends_at = datetime.now(UTC)


def test_what_was_typed_outlives_the_session_for_the_same_person(office: Office) -> None:
    office.hire("boss", Role.ADMINISTRATOR, password=PASSWORD)
    boss = office.browser()
    boss.sign_in("sample", "boss")
    boss.send("/sign-in/code", code=pyotp.TOTP(SECRET).now())
    boss.get("/towns/sample/settings")
    forget_sessions(office)
    page = boss.send("/towns/sample/settings", 401, notice="長い時間をかけて書いた\nお知らせ")
    assert "残っています" in page.text
    with store.writing(office.engine) as session:  # half a minute goes by, so to speak
        session.get_one(Staff, office.staff("boss").id).totp_step = 0
    boss.send("/sign-in", town="sample", login="boss", password=PASSWORD)
    page = boss.send("/sign-in/code", code=pyotp.TOTP(SECRET).now())
    assert page.heading == "入力した内容が残っています"
    assert boss.send("/towns/sample/settings").text.count("設定を保存しました") == 1
    assert office.town().notice == "長い時間をかけて書いた\nお知らせ"


def test_what_was_typed_is_not_sent_by_somebody_else(office: Office) -> None:
    office.hire("other", Role.EDITOR, password=PASSWORD)
    boss = office.clerk(Role.ADMINISTRATOR)
    boss.get("/towns/sample/settings")
    forget_sessions(office)
    boss.send("/towns/sample/settings", 401, notice="ひみつのお知らせ")
    page = boss.send("/sign-in", town="sample", login="other", password=PASSWORD)
    assert "別の人のもの" in page.text
    assert "ひみつ" not in page.response.text


def test_a_form_of_an_earlier_session_of_the_same_person_is_offered_again(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    form = boss.get("/towns/sample/settings").form("/towns/sample/settings")
    forget_sessions(office)
    office.sign_in_again(boss)
    page = boss.post("/towns/sample/settings", {**form, "notice": "お知らせ"}, 403)
    assert page.heading == "入力した内容が残っています"
    assert office.town().notice == ""
    boss.send("/towns/sample/settings")
    assert office.town().notice == "お知らせ"


def test_guessing_from_one_place_is_slowed_down_and_others_are_not(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    known = office.browser()
    known.sign_in("sample", "hanako")
    known.send("/sign-out")
    stranger = office.browser()
    for _ in range(lockout.FREE):
        stranger.sign_in("sample", "hanako", "x" * 12, 401)
    assert "待って" in stranger.sign_in("sample", "hanako", PASSWORD, 401).text
    assert known.sign_in("sample", "hanako").heading == "ホーム"


def test_strangers_at_the_offices_own_address_keep_nobody_out_of_a_known_browser(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    known, stranger = office.browser(), office.browser()
    known.sign_in("sample", "hanako")
    known.send("/sign-out")
    office.app.state.around.sign_ins = Limiter(Rate(burst=3, per_minute=0.001))
    for login in ("a-a", "b-b", "c-c"):
        stranger.sign_in("sample", login, "x" * 12, 401)
    stranger.sign_in("sample", "hanako", PASSWORD, 429)
    assert known.sign_in("sample", "hanako").heading == "ホーム"


def test_a_flood_of_guesses_is_stopped_by_a_proof_that_the_person_has(office: Office) -> None:
    office.hire("taro", Role.APPROVER, password=PASSWORD)
    stranger = office.browser()
    stranger.sign_in("sample", "taro", "x" * 12, 401)
    with store.writing(office.engine) as session:
        for row in session.exec(select(FailedSignIns)):
            row.count = lockout.FLOOD
            row.last_at -= lockout.LONGEST_WAIT
    page = stranger.sign_in("sample", "taro", PASSWORD, 401)
    assert "確認コードも入力" in page.text
    stranger.send("/sign-in", 401, town="sample", login="taro", password=PASSWORD, code="000000")
    page = stranger.send("/sign-in", town="sample", login="taro", password=PASSWORD, code=pyotp.TOTP(SECRET).now())
    assert page.heading == "ホーム"


def test_wrong_codes_after_a_right_password_are_slowed_down(office: Office) -> None:
    office.hire("taro", Role.APPROVER, password=PASSWORD)
    browser = office.browser()
    browser.sign_in("sample", "taro")
    for _ in range(lockout.FREE):
        browser.send("/sign-in/code", 422, code="000000")
    assert "続きました" in browser.send("/sign-in/code", 429, code=pyotp.TOTP(SECRET).now()).text


def test_the_wanted_page_opens_after_the_sign_in_and_no_other_site(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    browser.get("/towns/sample/closed")
    page = browser.send("/sign-in", town="sample", login="hanako", password=PASSWORD)
    assert page.heading == "休止"
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example"):
        again = office.browser()
        again.get("/sign-in")
        assert again.send("/sign-in", town="sample", login="hanako", password=PASSWORD, next=bad).heading == "ホーム"


def test_no_secret_and_no_name_reaches_a_log(office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    browser.sign_in("sample", "hanako", "wrong-password-typed", 401)
    browser.sign_in("sample", "hanako")
    token = browser.http.cookies.get(cookies.SESSION)
    out = "".join(capfd.readouterr())
    assert token
    for secret in (PASSWORD, "wrong-password-typed", token, "hanako"):
        assert secret not in out


def test_cookies_are_for_the_server_alone(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    form = browser.get("/sign-in").form("/sign-in")
    form |= {"town": "sample", "login": "hanako", "password": PASSWORD}
    response = browser.http.post("/sign-in", data=form, follow_redirects=False)
    given = response.headers.get_list("set-cookie")
    assert given
    assert all("HttpOnly" in one and "SameSite=lax" in one for one in given)
    with store.reading(office.engine) as session:
        kept = session.exec(select(StaffSession.token_hash)).one()
    assert kept not in "".join(given), "the store keeps a hash, the browser the token"
