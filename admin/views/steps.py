"""The steps of a sign-in after the password: the code, an own password in place of a one-time one, the enrolment."""

from dataclasses import replace

from starlette.responses import Response

from admin import accounts, audit, auth, keeping, lockout, passwords, secondfactor
from admin.desk import Desk
from admin.forms import sentence
from admin.roles import Door
from admin.routes import Pages
from admin.sessions import STEPS, Signed
from admin.views.arrival import arrive, local, proceed, show_step
from knowledge.accounts import Staff, StaffSession

pages = Pages()


def _attached(desk: Desk) -> Desk:
    """The desk with account and session to be changed, held until the transaction ends."""
    staff = desk.session.get_one(Staff, desk.who.staff.id, with_for_update=True)
    row = desk.session.get_one(StaffSession, desk.who.session.token_hash)
    return replace(desk, signed=Signed(staff, row, desk.who.role))


@pages.get(STEPS["code"], Door.HALFWAY)
@pages.get(STEPS["password"], Door.HALFWAY)
@pages.get(STEPS["enrolment"], Door.HALFWAY)
def get_step(desk: Desk) -> Response:
    """The step that is to come, whichever of the three was asked for."""
    return show_step(desk, desk.who.step)


@pages.post(STEPS["code"], Door.HALFWAY, action="sign_in.code")
def post_code(desk: Desk) -> Response:
    """The authenticator's code, or a recovery code."""
    if desk.who.step != "code":
        return desk.leave("/")
    desk = _attached(desk)
    staff = desk.who.staff
    origin = auth.code_origin(desk.session, desk.key, staff, desk.device, desk.address)
    if lockout.barrier(desk.session, origin, desk.now).is_up:
        return show_step(desk, "code", sentence("too_many_codes"), 429)
    if not auth.give_code(desk.session, staff, desk.form.raw("code"), desk.key, desk.now):
        lockout.count_failure(desk.session, origin, desk.now)
        audit.record(desk.session, "sign_in.failed", at=desk.now, town_id=staff.town_id, subject=staff.name)
        return show_step(desk, "code", sentence("wrong_code"), 422)
    lockout.forgive(desk.session, origin)
    desk.who.session.code_given = True
    return proceed(desk)


@pages.post(STEPS["password"], Door.HALFWAY, action="password.changed")
def post_password(desk: Desk) -> Response:
    """The first own password, in place of the one-time one."""
    if desk.who.step != "password":
        return desk.leave("/")
    desk = _attached(desk)
    staff = desk.who.staff
    problem = passwords.problem(desk.form.raw("password"), accounts.names_of(staff, None))
    if not problem and passwords.verify(desk.form.raw("password"), staff.password):
        problem = sentence("same_password")
    if problem:
        desk.form.refuse("password", problem)
        return show_step(desk, "password", status=422)
    accounts.change_password(desk.session, staff, desk.form.raw("password"), keep=desk.who.session.token_hash)
    return proceed(desk)


@pages.post(STEPS["enrolment"], Door.HALFWAY, action="totp.enrolled")
def post_enrolment(desk: Desk) -> Response:
    """The first code proves that the secret was read; the recovery codes are shown, this once."""
    if desk.who.step != "enrolment":
        return desk.leave("/")
    desk = _attached(desk)
    secret = secondfactor.enrolment_secret(desk.key, desk.who.session.token_hash)
    codes = secondfactor.enrol(desk.session, desk.who.staff, secret, desk.form.raw("code"), desk.key, desk.now)
    if codes is None:
        return show_step(desk, "enrolment", sentence("wrong_code"), 422)
    desk.who.session.code_given = True
    arrived = arrive(desk, local(desk.form.raw("next")))
    following = arrived.headers.get("location", "/")
    kept = keeping.unseal(desk.key, desk.kept()) if desk.kept() else None
    fields = keeping.harmless(kept) if kept and kept.owner == desk.who.staff.id else None
    return desk.page("recovery_codes.html.j2", codes=codes, next=following, kept=kept, fields=fields)
