"""Sign-in: name and password, then what is still to come (code, new password, enrolment); sign-out."""

from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from admin import accounts, audit, auth, cookies, keeping, keys, lockout, passwords, secondfactor, sessions
from admin.auth import Attempt, Failed
from admin.desk import Desk
from admin.forms import sentence
from admin.keeping import Kept
from admin.roles import Door, Role
from admin.routes import Pages
from admin.sessions import STEPS, Signed
from knowledge import publishing, store
from knowledge.accounts import Staff, StaffSession

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
    towns = publishing.towns(desk.session)
    if kept and not problem:
        problem = sentence("session_ended")
    following = _local(desk.form.raw("next") or desk.query.get("next", ""))
    typed_here = desk.request.method == "POST" and desk.request.url.path == "/sign-in"
    chosen = desk.form.raw("town") if typed_here else desk.query.get("town")
    values = {"towns": towns, "chosen": chosen, "kept": kept, "next": following, "problem": problem, "proof": proof}
    values["everywhere"] = EVERYWHERE
    return desk.page("sign_in.html.j2", status, **values)


def _local(path: str) -> str:
    """A path of our own, else empty: no other host can be smuggled in."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else ""


@pages.post("/sign-in", Door.OUTSIDE, action="sign_in.password")
def post_sign_in(desk: Desk) -> Response:
    """Weighs name and password; the answer to a wrong one never says which was wrong."""
    with store.reading(desk.around.engine) as reading:  # `desk.session` would keep writers waiting for the slow hash
        counted = lockout.counted_as(reading, desk.device, desk.address)
    if desk.around.sign_ins.wait(counted):
        desk.was_refused = True
        return show_sign_in(desk, kept=desk.kept(), problem=sentence("too_often"), status=429)
    form = desk.form
    login = form.raw("login").strip().lower()
    attempt = Attempt(_chosen(desk), login, form.raw("password"), form.raw("code"), desk.device, desk.address)
    result = auth.sign_in(desk.around.engine, desk.session, attempt, desk.key, desk.now)
    if isinstance(result, Failed):
        return _failed(desk, result)
    desk.actor = result.staff
    token = sessions.begin(desk.session, result.staff, desk.now, code_given=result.code_given)
    desk.session.flush()
    row = desk.session.get_one(StaffSession, keys.token_hash(token))
    desk = replace(desk, token=token, signed=Signed(result.staff, row, Role(result.staff.role)))
    response = _proceed(desk)
    cookies.give(response, cookies.SESSION, token, secure=desk.is_secure)
    return response


def _chosen(desk: Desk) -> str | None:
    chosen = desk.form.raw("town")
    return None if chosen == EVERYWHERE else chosen


def _failed(desk: Desk, failed: Failed) -> Response:
    """Says what to do; the failure is audited under the account, if there is one, never under what was typed."""
    form = desk.form
    staff = accounts.by_name(desk.session, _chosen(desk), form.raw("login"))
    if staff:
        audit.record(desk.session, "sign_in.failed", at=desk.now, town_id=staff.town_id, subject=staff.name)
    problem = sentence("wrong_password")
    if failed.needs_proof:
        minutes = max(1, -(-int(failed.wait.total_seconds()) // 60))
        problem = sentence("wait_or_prove", minutes=minutes) if failed.wait else sentence("prove")
    return show_sign_in(desk, kept=desk.kept(), problem=problem, proof=failed.needs_proof, status=401)


def _proceed(desk: Desk) -> Response:
    """On to the next step; after the last one, to what was wanted in the first place."""
    step = desk.who.step
    following = _local(desk.form.raw("next"))
    if step and desk.kept():
        return _show_step(desk, step)
    if step:
        return desk.done(STEPS[step] + (f"?next={quote(following)}" if following else ""))
    return _arrive(desk, following)


def _arrive(desk: Desk, following: str) -> Response:
    """Signed in: this browser is known from now on; a kept form is offered to be sent again."""
    staff = desk.who.staff
    staff.signed_in_at = desk.now
    assert staff.id is not None  # noqa: S101  a stored row
    lockout.remember(desk.session, staff.id, desk.device, desk.now)
    lockout.purge(desk.session, desk.now)
    sessions.purge(desk.session, desk.now)
    audit.record(desk.session, "sign_in.done", at=desk.now, staff=staff, town_id=staff.town_id)
    kept = keeping.unseal(desk.key, desk.kept()) if desk.kept() else None
    if kept and kept.owner == staff.id:
        return _offer_again(desk, kept, 200)
    return desk.done(following or "/", "someone_elses_form" if kept else "")


def _offer_again(desk: Desk, kept: Kept, status: int) -> Response:
    return desk.page("send_again.html.j2", status, kept=kept, fields=keeping.harmless(kept))


def ask_again(desk: Desk, kept: Kept) -> Response:
    """A form whose token is not this session's: nothing was done, and nothing that was typed is lost."""
    desk.was_refused = True
    if desk.signed and kept.owner == desk.signed.staff.id:
        return _offer_again(desk, kept, 403)
    if kept.path == "/sign-in":
        return show_sign_in(desk, kept=desk.kept(), problem=sentence("form_ended"), status=403)
    return desk.page("problem.html.j2", 403, title=sentence("problem_403"), problem=sentence("form_ended"))


def _show_step(desk: Desk, step: str, problem: str = "", status: int = 200) -> Response:
    """The page of a step of the sign-in."""
    following = _local(desk.form.raw("next") or desk.query.get("next", ""))
    values = {"kept": desk.kept(), "next": following, "problem": problem}
    if step == "enrolment":
        secret = secondfactor.enrolment_secret(desk.key, desk.who.session.token_hash)
        return desk.page("sign_in_enrolment.html.j2", status, **values, **enrolment(desk, secret))
    return desk.page(f"sign_in_{step}.html.j2", status, **values)


def enrolment(desk: Desk, secret: str) -> dict[str, str]:
    """What a page shows for enrolment: the picture, and the secret to be typed where no camera is."""
    name = f"{desk.who.staff.login}（{desk.who.staff.town_id or '運用'}）"
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return {"picture": secondfactor.picture(secret, name), "secret": grouped}


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
    return _show_step(desk, desk.who.step)


@pages.post(STEPS["code"], Door.HALFWAY, action="sign_in.code")
def post_code(desk: Desk) -> Response:
    """The authenticator's code, or a recovery code."""
    if desk.who.step != "code":
        return desk.leave("/")
    desk = _attached(desk)
    staff = desk.who.staff
    origin = auth.code_origin(desk.session, desk.key, staff, desk.device, desk.address)
    if lockout.barrier(desk.session, origin, desk.now).is_up:
        return _show_step(desk, "code", sentence("too_many_codes"), 429)
    if not auth.give_code(desk.session, staff, desk.form.raw("code"), desk.key, desk.now):
        lockout.count_failure(desk.session, origin, desk.now)
        audit.record(desk.session, "sign_in.failed", at=desk.now, town_id=staff.town_id, subject=staff.name)
        return _show_step(desk, "code", sentence("wrong_code"), 422)
    lockout.forgive(desk.session, origin)
    desk.who.session.code_given = True
    return _proceed(desk)


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
        return _show_step(desk, "password", status=422)
    accounts.change_password(desk.session, staff, desk.form.raw("password"), keep=desk.who.session.token_hash)
    return _proceed(desk)


@pages.post(STEPS["enrolment"], Door.HALFWAY, action="totp.enrolled")
def post_enrolment(desk: Desk) -> Response:
    """The first code proves that the secret was read; the recovery codes are shown, this once."""
    if desk.who.step != "enrolment":
        return desk.leave("/")
    desk = _attached(desk)
    secret = secondfactor.enrolment_secret(desk.key, desk.who.session.token_hash)
    codes = secondfactor.enrol(desk.session, desk.who.staff, secret, desk.form.raw("code"), desk.key, desk.now)
    if codes is None:
        return _show_step(desk, "enrolment", sentence("wrong_code"), 422)
    desk.who.session.code_given = True
    arrived = _arrive(desk, _local(desk.form.raw("next")))
    following = arrived.headers.get("location", "/")
    kept = keeping.unseal(desk.key, desk.kept()) if desk.kept() else None
    fields = keeping.harmless(kept) if kept and kept.owner == desk.who.staff.id else None
    return desk.page("recovery_codes.html.j2", codes=codes, next=following, kept=kept, fields=fields)


@pages.post("/sign-out", Door.OUTSIDE, action="sign_out")
def post_sign_out(desk: Desk) -> Response:
    """Ends the session on the server and in the browser."""
    if desk.signed:
        sessions.end(desk.session, desk.signed)
    desk.was_refused = desk.signed is None
    response = desk.done("/sign-in", "signed_out")
    response.delete_cookie(cookies.SESSION)
    return response
