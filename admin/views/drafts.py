"""公開: what waits, what it changes for residents, and what they read once it is out."""

from typing import Any

from starlette.responses import Response

from admin import drafts
from admin.desk import Desk
from admin.drafts import Waiting
from admin.forms import sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.settings import Settings
from knowledge import exam, publications
from knowledge.acting import account_of, is_same
from knowledge.days import TOKYO
from knowledge.models import Revision, State

pages = Pages()
LIST, CHECK, DONE = f"{TOWN}/drafts", f"{TOWN}/drafts/check", f"{TOWN}/drafts/published"
LIST_PAGE, CHECK_PAGE, DONE_PAGE = "drafts/list.html.j2", "drafts/check.html.j2", "drafts/published.html.j2"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  not listened on here


@pages.get(LIST, Role.VIEWER)
def get_drafts(desk: Desk) -> Response:
    """Drafts and what waits for review, what is planned, and what could not be published as planned."""
    return desk.page(LIST_PAGE, **listed(desk))


def listed(desk: Desk) -> dict[str, Any]:
    """What the list shows."""
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
    return desk.page(CHECK_PAGE, **checked(desk, chosen), problem="" if is_complete else sentence("drafts_changed"))


def checked(desk: Desk, chosen: list[Waiting]) -> dict[str, Any]:
    """What the page over the chosen drafts shows; asks up to 500 questions twice."""
    tried = drafts.try_out(desk.session, desk.knowledge, chosen)
    places = {place[0] for one in (*tried.wins, *tried.losses, *tried.others) for place in _places(one)}
    places |= {key for one in tried.collisions for key in (one.entry, one.other)}
    titles = drafts.entry_titles(desk.session, desk.here.id, places)
    own = [one.value for one in chosen if desk.here.two_people and _is_own(desk, one.revision)]
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


def _is_own(desk: Desk, revision: Revision) -> bool:
    return is_same(account_of(desk.session), desk.by, revision.account, revision.author)


def _places(one: Any) -> tuple[tuple[str, str], ...]:
    return (*one.before.places, *one.after.places)


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
