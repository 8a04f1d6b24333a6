"""回答項目の世話: who looks after an entry and when, while which days it is answered, and on which plan it stands."""

from datetime import date

from starlette.responses import Response

from admin import checks
from admin.desk import Desk
from admin.entry import address, named
from admin.forms import Form, sentence
from admin.roles import Role
from admin.routes import Pages
from admin.views.entries import ONE, ONE_PAGE, OWNED, VALID, sources, values
from knowledge import publications, publishing, upkeep
from knowledge.models import Entry
from knowledge.publishing import WrongState

pages = Pages()


@pages.post(f"{ONE}/owner", Role.EDITOR, action="entry.owner")
def post_owner(desk: Desk) -> Response:
    """Who looks after it, and when it is looked at again."""
    entry = named(desk)
    owner, review_date = desk.form.text("owner", most=40), _day(desk.form, "review_date")
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **values(desk))
    if crossed := _crossed(desk, entry, OWNED):
        return crossed
    upkeep.set_owner(desk.session, entry.key, owner, review_date)
    return _done(desk, entry, "entry_kept")


@pages.post(f"{ONE}/validity", Role.APPROVER, action="entry.validity")
def post_validity(desk: Desk) -> Response:
    """From when and until when residents are answered, and on which plan it stands; holds at once."""
    entry = named(desk)
    since, until = _day(desk.form, "valid_from"), _day(desk.form, "valid_until")
    desk.form.one_of("source_id", [source.id for source in sources(desk)])
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **values(desk))
    if crossed := _crossed(desk, entry, VALID):
        return crossed
    try:
        publications.set_validity(desk.session, entry.key, since, until)
        upkeep.set_source(desk.session, entry.key, desk.form.raw("source_id"))
    except WrongState as error:
        desk.form.refuse("valid_until", str(error))
        return desk.refuse(ONE_PAGE, **values(desk))
    return _done(desk, entry, "entry_validity")


def _crossed(desk: Desk, entry: Entry, names: tuple[str, ...]) -> Response | None:
    """The form again where another's change came between."""
    held = publishing.held_entry(desk.session, entry.key)
    if desk.form.raw("mark") == checks.mark(held, names):
        return None
    now = "、".join(str(getattr(held, name) or sentence("empty_value")) for name in names)
    return desk.refuse(ONE_PAGE, sentence("crossed", what=now), 409, **values(desk))


def _day(form: Form, name: str) -> date | None:
    """A day as the browser sends it; empty is none."""
    value = form.raw(name).strip()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        form.refuse(name, sentence("date"))
        return None


def _done(desk: Desk, entry: Entry, key: str) -> Response:
    desk.about(entry.title)
    return desk.done(address(desk, entry.key), key, title=entry.title)
