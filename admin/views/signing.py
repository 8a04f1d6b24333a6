"""Sign-in by name and password, what follows a form that came too late, and sign-out."""

from dataclasses import replace

from starlette.responses import Response

from admin import accounts, audit, auth, cookies, keys, lockout, sessions
from admin.auth import Attempt, Failed
from admin.desk import Desk
from admin.forms import sentence
from admin.keeping import Kept
from admin.roles import Door, Role
from admin.routes import Pages
from admin.sessions import STEPS, Signed
from admin.views.arrival import local, offer_again, proceed
from knowledge import revisions, store
from knowledge.accounts import StaffSession

pages = Pages()
EVERYWHERE = "*"  # the choice of the operator, who has no town; no town's id


@pages.get("/sign-in", Door.OUTSIDE)
def get_sign_in(desk: Desk) -> Response:
    """The form; whoever is signed in already goes on."""
    if desk.signed:
        return desk.done(STEPS.get(desk.signed.step, "/"))
    return show_sign_in(desk)


def show_sign_in(desk: Desk, *, kept: str = "", problem: str = "", proof: bool = False, status: int = 200) -> Response:
    """The sign-in form, with what was typed elsewhere when the session ended."""
    towns = revisions.towns(desk.session)
    if kept and not problem:
        problem = sentence("session_ended")
    following = local(desk.form.raw("next") or desk.query.get("next", ""))
    typed_here = desk.request.method == "POST" and desk.request.url.path == "/sign-in"
    chosen = desk.form.raw("town") if typed_here else desk.query.get("town")
    values = {"towns": towns, "chosen": chosen, "kept": kept, "next": following, "problem": problem, "proof": proof}
    values["everywhere"] = EVERYWHERE
    return desk.page("sign_in.html.j2", status, **values)


@pages.post("/sign-in", Door.OUTSIDE, action="sign_in.password")
def post_sign_in(desk: Desk) -> Response:
    """Weighs name and password; the answer to a wrong one never says which was wrong."""
    with store.reading(desk.around.engine) as reading:  # `desk.session` would keep writers waiting for the slow hash
        counted = lockout.counted_as(reading, desk.device, desk.address)
    if desk.around.sign_ins.wait(counted):
        desk.was_refused = True
        return show_sign_in(desk, kept=desk.kept(), problem=sentence("too_often"), status=429)
    form = desk.form
    login = form.narrow("login").lower()
    attempt = Attempt(_chosen(desk), login, form.raw("password"), form.raw("code"), desk.device, desk.address)
    result = auth.sign_in(desk.around.engine, desk.session, attempt, desk.key, desk.now)
    if isinstance(result, Failed):
        return _failed(desk, result)
    desk.actor = result.staff
    token = sessions.begin(desk.session, result.staff, desk.now, code_given=result.code_given)
    desk.session.flush()
    row = desk.session.get_one(StaffSession, keys.token_hash(token))
    desk = replace(desk, token=token, signed=Signed(result.staff, row, Role(result.staff.role)))
    response = proceed(desk)
    cookies.give(response, cookies.SESSION, token, secure=desk.is_secure)
    return response


def _chosen(desk: Desk) -> str | None:
    chosen = desk.form.raw("town")
    return None if chosen == EVERYWHERE else chosen


def _failed(desk: Desk, failed: Failed) -> Response:
    """Says what to do; the failure is audited under the account, if there is one, never under what was typed."""
    form = desk.form
    staff = accounts.by_name(desk.session, _chosen(desk), form.narrow("login"))
    if staff:
        audit.record(desk.session, "sign_in.failed", at=desk.now, town_id=staff.town_id, subject=staff.name)
    problem = sentence("wrong_password")
    if failed.needs_proof:
        minutes = max(1, -(-int(failed.wait.total_seconds()) // 60))
        problem = sentence("wait_or_prove", minutes=minutes) if failed.wait else sentence("prove")
    return show_sign_in(desk, kept=desk.kept(), problem=problem, proof=failed.needs_proof, status=401)


def ask_again(desk: Desk, kept: Kept) -> Response:
    """A form whose token is not this session's: nothing was done, and nothing that was typed is lost."""
    desk.was_refused = True
    if desk.signed and kept.owner == desk.signed.staff.id:
        return offer_again(desk, kept, 403)
    if kept.path == "/sign-in":
        return show_sign_in(desk, kept=desk.kept(), problem=sentence("form_ended"), status=403)
    return desk.page("problem.html.j2", 403, title=sentence("problem_403"), problem=sentence("form_ended"))


@pages.post("/sign-out", Door.OUTSIDE, action="sign_out")
def post_sign_out(desk: Desk) -> Response:
    """Ends the session on the server and in the browser."""
    if desk.signed:
        sessions.end(desk.session, desk.signed)
    desk.was_refused = desk.signed is None
    response = desk.done("/sign-in", "signed_out")
    response.delete_cookie(cookies.SESSION)
    return response
