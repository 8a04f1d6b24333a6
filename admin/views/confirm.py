"""確認: what staff should look at, and the one press that says that it is still true."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from admin.desk import Desk
from admin.entry import address, content_of, named
from admin.entry_fields import place
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from admin.views.entries import words
from knowledge import confirming, publishing, revisions
from knowledge.confirming import ToConfirm
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.labels import labels
from knowledge.models import Entry, Revision
from knowledge.publishing import WrongState

pages = Pages()
HERE = f"{TOWN}/confirm"
PAGE = "confirm.html.j2"
AT_ONCE = 10  # entries on one page: what is read before the eyes tire


@dataclass(frozen=True)
class Waiting:
    """A due entry with what residents read now, and where the editor opens for what has changed."""

    due: ToConfirm
    content: EntryContent
    number: int
    reasons: tuple[str, ...]
    own: str
    confirm: str
    mend: str


@pages.get(HERE, Role.VIEWER)
def get_confirm(desk: Desk) -> Response:
    """The first entries of the queue."""
    return desk.page(PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    queue = confirming.queue(desk.session, desk.here.id, today(), AT_ONCE)
    return {
        "queue": [_waiting(desk, one) for one in queue],
        "waiting": confirming.waiting(desk.session, desk.here.id, today()),
        "labels": labels(),
        "withdrawn_reason": words()["reasons"]["confirming"],
    }


def _waiting(desk: Desk, one: ToConfirm) -> Waiting:
    entry = desk.session.get_one(Entry, one.key)
    by_number: dict[int, Revision] = {row.number: row for row in revisions.history(desk.session, one.key)}
    number = entry.published_number or entry.newest_number
    own = address(desk, one.key)
    return Waiting(
        due=one,
        content=content_of(by_number[number]),
        number=number,
        reasons=tuple(words()["dues"][due] for due in one.dues),
        own=own,
        confirm=f"/towns/{desk.here.id}/confirm/{one.key.partition('/')[2]}",
        mend=f"{own}/edit#{_mending_field(content_of(by_number[entry.newest_number]))}",
    )


def _mending_field(content: EntryContent) -> str:
    """The field at which the form opens: the text of the facet that tells the situation."""
    wanted = confirming.facet_to_mend(content)
    number = next(at for at, facet in enumerate(content.facets) if facet.name is wanted)
    return place(number, "text")


@pages.post(f"{HERE}/{{entry}}", Role.EDITOR, action="entry.confirmed")
def post_still_true(desk: Desk) -> Response:
    """今も正しい: of exactly the revision that was on the screen."""
    entry = publishing.held_entry(desk.session, named(desk).key)
    if row_number(desk.form.raw("number")) != entry.published_number:
        return desk.refuse(PAGE, sentence("confirm_moved", title=entry.title), 409, **_values(desk))
    try:
        confirming.still_true(desk.session, entry.key, on=today(), by=desk.who.staff.name)
    except WrongState as error:
        return desk.refuse(PAGE, str(error), 409, **_values(desk))
    desk.about(entry.title)
    back = address(desk, entry.key) if desk.form.raw("from") == "entry" else f"/towns/{desk.here.id}/confirm"
    return desk.done(back, "entry_confirmed", title=entry.title)


@pages.post(f"{HERE}/{{entry}}/take-back", Role.EDITOR, action="entry.unconfirmed")
def post_take_back(desk: Desk) -> Response:
    """The press was a mistake: the reply no longer says that the town confirmed it."""
    entry = named(desk)
    try:
        confirming.take_back(desk.session, entry.key)
    except WrongState as error:
        return desk.refuse(PAGE, str(error), 409, **_values(desk))
    desk.about(entry.title)
    return desk.done(address(desk, entry.key), "entry_unconfirmed", title=entry.title)
