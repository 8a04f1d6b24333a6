"""One's own account: password, second factor, recovery codes."""

from typing import Any

from starlette.responses import Response

from admin import accounts, passwords, secondfactor
from admin.desk import Desk
from admin.forms import sentence
from admin.roles import WITH_A_CODE, Role
from admin.routes import Pages
from admin.views.arrival import enrolment
from knowledge import revisions
from knowledge.accounts import Staff

pages = Pages()
PAGE = "account.html.j2"


def _values(desk: Desk) -> dict[str, Any]:
    secret = secondfactor.enrolment_secret(desk.key, desk.who.session.token_hash)
    left = secondfactor.recovery_codes_left(desk.session, desk.who.staff)
    return {
        "left": left,
        "must_have_code": desk.who.role in WITH_A_CODE,
        **({} if desk.who.staff.totp else enrolment(desk, secret)),
    }


def _me(desk: Desk) -> Staff:
    return desk.session.get_one(Staff, desk.who.staff.id, with_for_update=True)


@pages.get("/account", Role.VIEWER)
def get_account(desk: Desk) -> Response:
    """Who one is, and what can be changed."""
    return desk.page(PAGE, **_values(desk))


@pages.post("/account/password", Role.VIEWER, action="password.changed")
def post_password(desk: Desk) -> Response:
    """Another password; every other session of this person ends."""
    form, staff = desk.form, desk.who.staff
    if not passwords.verify(form.raw("current"), staff.password):
        form.refuse("current", sentence("wrong_current"))
    town = revisions.town(desk.session, staff.town_id) if staff.town_id else None
    problem = passwords.problem(form.raw("password"), accounts.names_of(staff, town))
    if problem:
        form.refuse("password", problem)
    if form.problems:
        return desk.refuse(PAGE, **_values(desk))
    accounts.change_password(desk.session, _me(desk), form.raw("password"), keep=desk.who.session.token_hash)
    return desk.done("/account", "password_changed")


@pages.post("/account/totp", Role.VIEWER, action="totp.enrolled")
def post_totp(desk: Desk) -> Response:
    """Begins to use an authenticator; the recovery codes are shown, this once."""
    if desk.who.staff.totp:
        return desk.leave("/account")
    secret = secondfactor.enrolment_secret(desk.key, desk.who.session.token_hash)
    codes = secondfactor.enrol(desk.session, _me(desk), secret, desk.form.raw("code"), desk.key, desk.now)
    if codes is None:
        desk.form.refuse("code", sentence("wrong_code"))
        return desk.refuse(PAGE, **_values(desk))
    _attach_session(desk)
    return desk.page("recovery_codes.html.j2", codes=codes, next="/account", kept=None, fields=None)


def _attach_session(desk: Desk) -> None:
    """This session showed the code just now."""
    row = desk.session.merge(desk.who.session)
    row.code_given = True


@pages.post("/account/recovery-codes", Role.VIEWER, action="totp.recovery_codes")
def post_recovery_codes(desk: Desk) -> Response:
    """New recovery codes; the old ones end. Asks for the password again."""
    if not passwords.verify(desk.form.raw("current"), desk.who.staff.password):
        desk.form.refuse("again", sentence("wrong_current"))
        return desk.refuse(PAGE, **_values(desk))
    codes = secondfactor.renew_recovery_codes(desk.session, _me(desk), desk.key)
    return desk.page("recovery_codes.html.j2", codes=codes, next="/account", kept=None, fields=None)
