"""公開: what waits, what it changes for residents, and then out, planned, or back to its author."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from admin import drafts
from admin.desk import Desk
from admin.drafts import Waiting
from admin.forms import sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.registry import TOKYO
from bot.release import score
from bot.settings import Settings
from knowledge import exam, publications, publishing
from knowledge.models import State
from knowledge.publishing import CrossedEdit, NeedsAnother, NotThere, WrongState

pages = Pages()
LIST, CHECK, DONE = f"{TOWN}/drafts", f"{TOWN}/drafts/check", f"{TOWN}/drafts/published"
LIST_PAGE, CHECK_PAGE, DONE_PAGE = "drafts/list.html.j2", "drafts/check.html.j2", "drafts/published.html.j2"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  not listened on here
MOST_WHY = 300  # characters
Refused = (CrossedEdit, NeedsAnother, NotThere, WrongState)


@pages.get(LIST, Role.VIEWER)
def get_drafts(desk: Desk) -> Response:
    """Drafts and what waits for review, what is planned, and what could not be published as planned."""
    return desk.page(LIST_PAGE, **_listed(desk))


def _listed(desk: Desk) -> dict[str, Any]:
    planned = publications.planned(desk.session, desk.here.id)
    refused = publications.refused(desk.session, desk.here.id)
    ids = [row.entry_key.partition("/")[2] for row in (*planned, *refused)]
    return {
        "waiting": drafts.waiting(desk.session, desk.here.id),
        "planned": {row.entry_key: row for row in planned},
        "refused": refused[:10],
        "titles": drafts.entry_titles(desk.session, desk.here.id, ids),
        "most": drafts.MOST,
    }


@pages.get(CHECK, Role.VIEWER)
def get_check(desk: Desk) -> Response:
    """What the chosen drafts change: fields, replies to test questions and past questions, collisions, hints."""
    values = desk.request.query_params.getlist("draft")
    if len(values) > drafts.MOST:
        return desk.done(f"/towns/{desk.here.id}/drafts", "too_many_drafts", most=drafts.MOST)
    chosen, is_complete = drafts.chosen(desk.session, desk.here.id, values)
    if not chosen:
        return desk.done(f"/towns/{desk.here.id}/drafts", "drafts_gone" if not is_complete else "choose_draft")
    return desk.page(CHECK_PAGE, **_checked(desk, chosen), problem="" if is_complete else sentence("drafts_changed"))


def _checked(desk: Desk, chosen: list[Waiting]) -> dict[str, Any]:
    tried = drafts.try_out(desk.session, desk.knowledge, chosen)
    places = {place[0] for one in (*tried.wins, *tried.losses, *tried.others) for place in _places(one)}
    places |= {key for one in tried.collisions for key in (one.entry, one.other)}
    titles = drafts.entry_titles(desk.session, desk.here.id, places)
    own = [one.value for one in chosen if desk.here.two_people and one.revision.author == desk.by]
    return {
        "chosen": chosen,
        "checked": [drafts.check(desk.session, one) for one in chosen],
        "trial": tried,
        "titles": titles,
        "own": own,
        "planned": {row.entry_key: row for row in publications.planned(desk.session, desk.here.id)},
        "in_review": all(one.revision.state == State.IN_REVIEW for one in chosen),
        "today": desk.now.astimezone(TOKYO).date(),
    }


def _places(one: Any) -> tuple[tuple[str, str], ...]:
    return (*one.before.places, *one.after.places)


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


@pages.post(f"{LIST}/unplan", Role.APPROVER, action="drafts.unplanned")
def post_unplan(desk: Desk) -> Response:
    """Takes back what is planned, also where a newer draft came; the drafts stay."""
    key = desk.form.raw("entry")
    title = drafts.entry_titles(desk.session, desk.here.id, [key]).get(key)
    if title is None:
        return desk.refuse(LIST_PAGE, sentence("drafts_gone"), 409, **_listed(desk))
    publications.unplan(desk.session, publishing.entry_key(desk.here.id, key))
    desk.about(title)
    return desk.done(f"/towns/{desk.here.id}/drafts", "drafts_unplanned")


def _do(desk: Desk, act: Callable[[list[Waiting]], object], done: Callable[[list[Waiting]], Response]) -> Response:
    """Acts on the chosen drafts where each is still as the page showed it; else shows what changed."""
    chosen, is_complete = drafts.chosen(desk.session, desk.here.id, desk.form.all("draft"))
    if not chosen:
        return desk.refuse(LIST_PAGE, sentence("drafts_gone"), 409, **_listed(desk))
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
        return desk.refuse(LIST_PAGE, problem, 409, **_listed(desk))
    return desk.refuse(CHECK_PAGE, problem, 409 if problem else 422, **_checked(desk, chosen))


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


@pages.get(DONE, Role.VIEWER)
def get_published(desk: Desk) -> Response:
    """What residents read now, and how the test questions went."""
    ids = desk.request.query_params.getlist("entry")[: drafts.MOST]
    entries = [desk.knowledge.library.entries[one].content for one in ids if one in desk.knowledge.library.entries]
    scores = exam.scores(desk.session, desk.here.id, 2)
    return desk.page(DONE_PAGE, entries=entries, scores=scores, public=_public_address(desk.around.settings))


def _public_address(settings: Settings) -> str:
    """Where residents read; empty where the public app listens everywhere and nobody said by which name."""
    if settings.public_url or settings.public_host in EVERYWHERE:
        return settings.public_url.rstrip("/")
    return f"http://{settings.public_host}:{settings.public_port}"
