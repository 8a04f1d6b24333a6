"""Sign-in over HTTP, as stories."""

import pyotp

from admin.roles import Role
from tests.admin.office import PASSWORD, SECRET, Office


def test_an_editor_signs_in_with_a_password_and_out_again(office: Office) -> None:
    office.hire("hanako", Role.EDITOR, password=PASSWORD)
    browser = office.browser()
    assert browser.sign_in("sample", "hanako").heading == "ホーム"
    assert browser.send("/sign-out").text.count("サインアウトしました") == 1
    assert browser.get("/towns/sample").heading == "サインイン"


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
