"""Codes of an authenticator: half a minute either way, once, in any kind of digits."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from admin import keys, secondfactor
from knowledge.accounts import Staff

KEY = b"k" * 40
NOW = datetime(2026, 4, 1, 12, 0, 15, tzinfo=UTC)
SECRET = pyotp.random_base32()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def staff() -> Staff:
    return Staff(account="sample/a", login="a", name="a", role="approver", totp=keys.sealed(KEY, "totp", SECRET))


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (30, True), (-30, True), (60, False), (-60, False)])
def test_a_clock_may_go_half_a_minute_wrong(seconds: int, taken: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    assert secondfactor.take_code(staff(), code, KEY, NOW) is taken


def test_a_code_is_read_in_full_width_digits_and_with_a_space_and_serves_once() -> None:
    person, code = staff(), pyotp.TOTP(SECRET).at(NOW)
    typed = f"{code[:3]} {code[3:]}".translate(FULL_WIDTH)
    assert secondfactor.take_code(person, typed, KEY, NOW)
    assert not secondfactor.take_code(person, code, KEY, NOW + timedelta(seconds=5))


@pytest.mark.parametrize("typed", ["", "000", "１", "abcdef", "٣" * 6])
def test_what_is_no_code_is_refused_without_failing(typed: str) -> None:
    assert not secondfactor.take_code(staff(), typed, KEY, NOW)


def test_after_another_secret_key_the_code_is_refused_and_a_reset_helps() -> None:
    assert not secondfactor.take_code(staff(), pyotp.TOTP(SECRET).at(NOW), b"x" * 40, NOW)


def test_an_enrolments_secret_belongs_to_one_session_and_its_picture_has_no_inline_style() -> None:
    one, other = (secondfactor.enrolment_secret(KEY, session * 64) for session in "ab")
    assert one != other and one == secondfactor.enrolment_secret(KEY, "a" * 64)
    picture = secondfactor.picture(one, "山田（toin）")
    assert picture.startswith("<svg") and "style=" not in picture and "<title>" in picture
