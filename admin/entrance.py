"""The way in, the same for every page: body, origin, session, town, role, form token; then the view; then the audit.

Read `answer` from top to bottom. A POST's changes and its audit row are one transaction, committed before the
response is sent.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin import audit, cookies, csrf, keeping, keys, sessions
from admin.desk import Desk, Forbidden, Missing, NotReady, Surroundings
from admin.forms import Form, read_form
from admin.keeping import Kept
from admin.roles import Door, Role, may
from admin.routes import Declared
from admin.sessions import STEPS, Signed
from admin.views import signing
from knowledge import store
from knowledge.acting import act_as
from knowledge.mishaps import name_of
from knowledge.models import Town

log = structlog.get_logger()


class Stranger(Exception):
    """A request from another site, or a body whose size is not known or too great; the key names the sentence."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


def endpoint(declared: Declared) -> Callable[[Request], Awaitable[Response]]:
    """The declared route as an ASGI endpoint; views run in a thread."""

    async def enter(request: Request) -> Response:
        form = Form()
        if declared.method == "POST":
            check_body(request, declared.most_body)
            form = await read_form(request, declared.most_body)
        return await run_in_threadpool(answer, declared, request, form)

    return enter


def check_body(request: Request, most: int) -> None:
    """Raises Stranger before a body is read that is too great, of unknown length, or sent from another site."""
    if not csrf.is_from_our_pages(request):
        raise Stranger(403, "not_from_here")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or "transfer-encoding" in request.headers:
        raise Stranger(411, "no_length")
    if int(length) > most:
        raise Stranger(413, "too_large")


def answer(declared: Declared, request: Request, form: Form) -> Response:
    """One request, from the cookie to the response."""
    if any("\0" in text for text in (*request.path_params.values(), *request.query_params.values())):
        raise Missing  # PostgreSQL refuses a zero byte, and nothing of ours is named by one
    around: Surroundings = request.app.state.around
    engine, now = store.patient(around.engine), datetime.now(UTC)
    token, device = request.cookies.get(cookies.SESSION, ""), request.cookies.get(cookies.DEVICE, "") or keys.token()
    with store.reading(engine) as first:
        signed = sessions.find(first, token, now)
        own = signed.staff.town_id if signed and "town" not in request.path_params else ""
        town = first.get(Town, request.path_params.get("town") or own or "")
    if signed:
        sessions.touch(engine, signed, now)
    with _session(engine, declared.method) as session:
        if signed and signed.staff.id:
            act_as(session, signed.staff.id)
        desk = Desk(request, around, session, now, form, device, token if signed else "", signed)
        response = _turned_away(declared, desk, town) or _served(declared, replace(desk, town=town))
    for act in desk.afterwards:
        _act(act)
    if cookies.DEVICE not in request.cookies:
        cookies.give(response, cookies.DEVICE, device, secure=desk.is_secure, lasts=cookies.DEVICE_LASTS)
    return response


def _act(act: Callable[[], object]) -> None:
    """What follows a change that is already kept: where it fails, the change was made nevertheless."""
    try:
        act()
    except (SQLAlchemyError, ValueError, NotReady) as error:
        log.error("not done afterwards", error=name_of(error))


@contextmanager
def _session(engine: Engine, method: str) -> Iterator[Session]:
    if method == "GET":
        with store.reading(engine) as session:
            yield session
        return
    with Session(engine, expire_on_commit=False) as session:  # begins when it is first used: SQLite has one writer
        yield session
        session.commit()


def _turned_away(declared: Declared, desk: Desk, town: Town | None) -> Response | None:
    """The sign-in, a step of it, or the same form again; raises Missing or Forbidden."""
    least, signed = declared.least, desk.signed
    if least is not Door.OUTSIDE:
        if signed is None:
            return _sign_in_first(declared, desk)
        if least is Door.HALFWAY:
            if not signed.step:
                return RedirectResponse("/", 303)
        elif signed.step:
            return RedirectResponse(STEPS[signed.step], 303)
        else:
            _check_role(desk, least, signed, town)
    if declared.method == "POST" and not _is_token_right(declared, desk):
        return signing.ask_again(desk, _typed(desk))
    return None


def _check_role(desk: Desk, least: Role | Door, signed: Signed, town: Town | None) -> None:
    assert isinstance(least, Role)  # noqa: S101  the doors were dealt with
    if "town" in desk.request.path_params and (
        town is None or (signed.role is not Role.OPERATOR and signed.staff.town_id != town.id)
    ):
        raise Missing
    if not may(signed.role, least):
        if least is Role.OPERATOR:
            raise Missing
        raise Forbidden(least)


def _is_token_right(declared: Declared, desk: Desk) -> bool:
    given = desk.form.raw(csrf.FIELD)
    if desk.signed is None or declared.least is Door.OUTSIDE:
        return csrf.fits(desk.key, given, desk.device) or _is_sessions(desk, given)
    return _is_sessions(desk, given)


def _is_sessions(desk: Desk, given: str) -> bool:
    return desk.signed is not None and csrf.fits(desk.key, given, desk.token, desk.signed.staff.id or csrf.NOBODY)


def _sign_in_first(declared: Declared, desk: Desk) -> Response:
    """Where the session ended: what was typed is kept, and sent again after the sign-in by the same person."""
    path = desk.request.url.path
    if declared.method == "GET":
        there = path + (f"?{desk.request.url.query}" if desk.request.url.query else "")
        return RedirectResponse("/sign-in" if path == "/" else f"/sign-in?next={quote(there)}", 303)
    kept = _typed(desk)
    return signing.show_sign_in(desk, kept=keeping.seal(desk.key, kept) if kept.owner else "", status=401)


def _typed(desk: Desk) -> Kept:
    """The form as it was sent, for the person to whom it was shown."""
    form = desk.form
    return Kept(desk.request.url.path, csrf.owner(form.raw(csrf.FIELD)), form.fields, bool(form.files))


def _served(declared: Declared, desk: Desk) -> Response:
    response = declared.view(desk)
    if declared.action and response.status_code < 400 and not desk.was_refused:  # noqa: PLR2004  the first error
        town_id = desk.town.id if desk.town else None
        staff = desk.actor or (desk.signed.staff if desk.signed else None)
        audit.record(
            desk.session,
            declared.action,
            at=desk.now,
            staff=staff,
            town_id=town_id or (staff.town_id if staff else None),
            subject=desk.subject,
            **desk.detail,
        )
    return response
