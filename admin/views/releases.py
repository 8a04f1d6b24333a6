"""What is done with chosen drafts: published now, planned, put up for review, or sent back; all of them or none."""

from collections.abc import Callable
from datetime import date, datetime

from starlette.responses import Response

from admin import drafts
from admin.desk import Desk
from admin.drafts import Waiting
from admin.forms import sentence
from admin.roles import Role
from admin.routes import Pages
from admin.views.drafts import CHECK_PAGE, LIST, LIST_PAGE, checked, listed
from bot.examining import score
from knowledge import discarding, publications, publishing, revisions
from knowledge.days import TOKYO
from knowledge.models import State
from knowledge.publishing import CrossedEdit, NeedsAnother, WrongState
from knowledge.revisions import NotThere

pages = Pages()
MOST_WHY = 300  # characters
Refused = (CrossedEdit, NeedsAnother, NotThere, WrongState)


@pages.post(f"{LIST}/release", Role.APPROVER, action="drafts.published")
def post_release(desk: Desk) -> Response:
    """Publishes all of them or none; the town's test questions are then asked of what residents get."""

    def act(chosen: list[Waiting]) -> None:
        _set_end(desk, chosen)
        publications.publish_together(desk.session, [one.draft for one in chosen], by=desk.by, now=desk.now)

    def done(chosen: list[Waiting]) -> Response:
        engine, town_id, now = desk.around.engine, desk.here.id, desk.now
        desk.afterwards.append(lambda: score(engine, town_id, now))
        entries = "&".join(f"entry={one.id}" for one in chosen)
        return desk.done(f"/towns/{town_id}/drafts/published?{entries}", "drafts_published", count=len(chosen))

    _read_end(desk)
    return _do(desk, act, done)


@pages.post(f"{LIST}/plan", Role.APPROVER, action="drafts.planned")
def post_plan(desk: Desk) -> Response:
    """Plans their publication for a day and a time of the town's clocks."""
    at = _moment(desk)
    _read_end(desk)

    def act(chosen: list[Waiting]) -> None:
        if at is None:
            return
        _set_end(desk, chosen)
        publications.plan(desk.session, [one.draft for one in chosen], by=desk.by, at=at, now=desk.now)

    return _do(desk, act, lambda chosen: _back(desk, "drafts_planned", chosen))


@pages.post(f"{LIST}/submit", Role.EDITOR, action="drafts.submitted")
def post_submit(desk: Desk) -> Response:
    """Puts them up for review."""

    def act(chosen: list[Waiting]) -> None:
        for one in chosen:
            if one.revision.state == State.DRAFT:
                publishing.submit(desk.session, one.entry.key, one.revision.number)

    return _do(desk, act, lambda chosen: _back(desk, "drafts_submitted", chosen))


@pages.post(f"{LIST}/return", Role.APPROVER, action="drafts.sent_back")
def post_return(desk: Desk) -> Response:
    """Sends what waits for review back to its author, with the reason."""
    why = desk.form.text("why", most=MOST_WHY, required=True, lines=True)

    def act(chosen: list[Waiting]) -> None:
        for one in chosen:
            publishing.send_back(desk.session, one.entry.key, one.revision.number, by=desk.by, why=why)
            publications.unplan(desk.session, one.entry.key)

    return _do(desk, act, lambda chosen: _back(desk, "drafts_returned", chosen))


@pages.post(f"{LIST}/discard", Role.EDITOR, action="drafts.discarded")
def post_discard(desk: Desk) -> Response:
    """Sets the drafts aside; the questions that they answered are open again, and the history brings them back."""
    reopened: list[int] = []

    def act(chosen: list[Waiting]) -> None:
        reopened.extend(discarding.discard(desk.session, one.entry.key, one.revision.number) for one in chosen)

    def done(chosen: list[Waiting]) -> Response:
        said = "drafts_discarded_and_reopened" if sum(reopened) else "drafts_discarded"
        return desk.done(f"/towns/{desk.here.id}/drafts", said, count=len(chosen), questions=sum(reopened))

    return _do(desk, act, done)


@pages.post(f"{LIST}/unplan", Role.APPROVER, action="drafts.unplanned")
def post_unplan(desk: Desk) -> Response:
    """Takes back what is planned, also where a newer draft came; the drafts stay."""
    key = desk.form.raw("entry")
    title = drafts.entry_titles(desk.session, desk.here.id, [key]).get(key)
    if title is None:
        return desk.refuse(LIST_PAGE, sentence("drafts_gone"), 409, **listed(desk))
    publications.unplan(desk.session, revisions.entry_key(desk.here.id, key))
    desk.about(title)
    return desk.done(f"/towns/{desk.here.id}/drafts", "drafts_unplanned")


def _do(desk: Desk, act: Callable[[list[Waiting]], object], done: Callable[[list[Waiting]], Response]) -> Response:
    """Acts on the chosen drafts where each is still as the page showed it; else shows what changed."""
    chosen, is_complete = drafts.chosen(desk.session, desk.here.id, desk.form.all("draft"))
    if not chosen:
        return desk.refuse(LIST_PAGE, sentence("drafts_gone"), 409, **listed(desk))
    problem = "" if is_complete else sentence("drafts_changed")
    if not problem and not desk.form.problems:
        try:
            act(chosen)
            desk.about("、".join(one.entry.title for one in chosen[:5]), 件数=len(chosen))
            return done(chosen)
        except Refused as error:
            problem = str(error)
    desk.session.rollback()
    chosen, _ = drafts.chosen(desk.session, desk.here.id, desk.form.all("draft"))
    if not chosen:
        return desk.refuse(LIST_PAGE, problem, 409, **listed(desk))
    return desk.refuse(CHECK_PAGE, problem, 409 if problem else 422, **checked(desk, chosen))


def _back(desk: Desk, said: str, chosen: list[Waiting]) -> Response:
    return desk.done(f"/towns/{desk.here.id}/drafts", said, count=len(chosen))


def _moment(desk: Desk) -> datetime | None:
    """The day and time of the form, in the town's own time."""
    try:
        day, clock = desk.form.text("from_day", required=True), desk.form.text("from_time", required=True)
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=TOKYO) if day and clock else None
    except ValueError:
        desk.form.refuse("from_day", sentence("no_moment"))
        return None


def _read_end(desk: Desk) -> date | None:
    """The last day on which residents are answered, where one was given."""
    typed = desk.form.text("until")
    try:
        until = date.fromisoformat(typed) if typed else None
    except ValueError:
        desk.form.refuse("until", sentence("no_day"))
        return None
    if until and until < desk.now.astimezone(TOKYO).date():
        desk.form.refuse("until", sentence("day_over"))
    return until


def _set_end(desk: Desk, chosen: list[Waiting]) -> None:
    until = _read_end(desk)
    for one in chosen if until else ():
        publications.set_validity(desk.session, one.entry.key, one.entry.valid_from, until)
