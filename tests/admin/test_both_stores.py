"""The staff's side over SQLite and over PostgreSQL: the story that touches every table."""

from pathlib import Path

import pyotp
from sqlalchemy import Engine

from admin.roles import Role
from tests.admin.office import PASSWORD, SECRET, prepare, running


def test_an_administrator_signs_in_invites_closes_and_is_recorded(empty_engine: Engine, tmp_path: Path) -> None:
    prepare(empty_engine, tmp_path / "towns")
    with running(empty_engine) as office:
        office.hire("boss", Role.ADMINISTRATOR, password=PASSWORD)
        boss = office.browser()
        boss.sign_in("sample", "boss", "x" * 12, 401)
        boss.sign_in("sample", "boss")
        boss.send("/sign-in/code", 422, code="000000")
        assert boss.send("/sign-in/code", code=pyotp.TOTP(SECRET).now()).heading == "ホーム"
        closed, staff, settings = "/towns/sample/closed", "/towns/sample/staff", "/towns/sample/settings"
        boss.send(closed, on=closed, switch="close", **{"text-web": "休みます。"})
        boss.send(settings, on=settings, notice="お知らせ")
        boss.send(staff, on=f"{staff}/new", name="山田", login="yamada", role="approver")
        boss.send("/account/recovery-codes", on="/account", current=PASSWORD)
        one = f"{staff}/{office.staff('yamada').id}"
        boss.send(f"{one}/role", on=one, role="viewer")
        boss.send(f"{one}/active", on=one)
        assert "職員を使えなくした" in boss.get("/towns/sample/audit?action=staff.active_changed").text
        boss.send("/sign-out")
        assert office.audited()[:4] == ["sign_in.failed", "sign_in.password", "sign_in.failed", "sign_in.done"]
        assert office.audited()[-1] == "sign_out"
