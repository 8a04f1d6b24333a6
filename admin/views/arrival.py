"""After a right password: the steps still to come, then the page that was wanted, or the form that was kept."""

from urllib.parse import quote

from starlette.responses import Response

from admin import audit, keeping, lockout, secondfactor, sessions
from admin.desk import Desk
from admin.keeping import Kept
from admin.sessions import STEPS


def local(path: str) -> str:
    """A path of our own, else empty: no other host can be smuggled in."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else ""


def proceed(desk: Desk) -> Response:
    """On to the next step; after the last one, to what was wanted in the first place."""
    step = desk.who.step
    following = local(desk.form.raw("next"))
    if step and desk.kept():
        return show_step(desk, step)
    if step:
        return desk.done(STEPS[step] + (f"?next={quote(following)}" if following else ""))
    return arrive(desk, following)


def arrive(desk: Desk, following: str) -> Response:
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
        return offer_again(desk, kept, 200)
    return desk.done(following or "/", "someone_elses_form" if kept else "")


def offer_again(desk: Desk, kept: Kept, status: int) -> Response:
    return desk.page("send_again.html.j2", status, kept=kept, fields=keeping.harmless(kept))


def show_step(desk: Desk, step: str, problem: str = "", status: int = 200) -> Response:
    """The page of a step of the sign-in."""
    following = local(desk.form.raw("next") or desk.query.get("next", ""))
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
