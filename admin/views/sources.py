"""出典: what a town answers from; named by staff where it is no plan, mended where it was misread, with its address."""

from typing import Any

from starlette.responses import Response

from admin import checks
from admin.desk import Desk, Missing
from admin.forms import Form, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import publishing, sources
from knowledge.days import today
from knowledge.models import Source
from knowledge.sources import BadSource

pages = Pages()
HERE, NEW = f"{TOWN}/sources", f"{TOWN}/sources/new"
ONE = f"{HERE}/{{source}}"
NEW_PAGE, ONE_PAGE = "plans/new_source.html.j2", "plans/source.html.j2"
MARKED = ("title", "published", "period_from", "period_to", "public_address")
APRIL = 4  # a fiscal year begins with it


@pages.get(NEW, Role.EDITOR)
def get_new(desk: Desk) -> Response:
    """The form, filled in with this month and this fiscal year."""
    return desk.page(NEW_PAGE, **_offered())


def _offered() -> dict[str, Any]:
    now = today()
    year = now.year if now.month >= APRIL else now.year - 1
    return {"month": f"{now:%Y-%m}", "first": f"{year}-04", "last": f"{year + 1}-03"}


@pages.post(HERE, Role.EDITOR, action="source.added")
def post_source(desk: Desk) -> Response:
    """A source that entries can then stand on."""
    title, published, period = _read(desk.form, month_required=True)
    if not desk.form.problems:
        try:
            source = sources.add(desk.session, desk.here.id, title, published, period)
        except BadSource as error:
            return desk.refuse(NEW_PAGE, str(error), **_offered())
        desk.about(source.title)
        return desk.done(f"/towns/{desk.here.id}/plans", "source_added", title=source.title)
    return desk.refuse(NEW_PAGE, **_offered())


def _read(form: Form, *, month_required: bool) -> tuple[str, str, tuple[str, str]]:
    """Title, month and period as typed; each problem is noted at its field."""
    title = form.text("title", most=sources.LONGEST_TITLE, required=True)
    published = form.narrow("published", most=7, required=month_required)
    first, last = (form.narrow(name, most=7, required=True) for name in ("first", "last"))
    return title, published, (first, last)


@pages.get(ONE, Role.APPROVER)
def get_one(desk: Desk) -> Response:
    """One source: what replies name, and the address that they link."""
    return desk.page(ONE_PAGE, **_values(desk))


def _named(desk: Desk) -> Source:
    found = desk.session.get(Source, desk.path["source"])
    if found is None or found.town_id != desk.here.id:
        raise Missing
    return found


def _values(desk: Desk) -> dict[str, Any]:
    source = _named(desk)
    return {"standing": sources.standing(desk.session, source), "mark": checks.mark(source, MARKED)}


@pages.post(ONE, Role.APPROVER, action="source.changed")
def post_one(desk: Desk) -> Response:
    """Keeps all of it or nothing; another's change that came between is shown, not overwritten."""
    source = _named(desk)
    is_fixed = sources.standing(desk.session, source).bundled
    address = desk.form.narrow("address", most=500)
    if problem := checks.web_address(address):
        desk.form.refuse("address", problem)
    told = (source.title, source.published, (source.period_from, source.period_to))
    wanted = told if is_fixed else _read(desk.form, month_required=False)
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **_values(desk))
    if desk.form.raw("mark") != checks.mark(source, MARKED):
        now = "、".join(getattr(source, name) or sentence("empty_value") for name in MARKED)
        return desk.refuse(ONE_PAGE, sentence("crossed", what=now), 409, **_values(desk))
    try:
        sources.change(desk.session, source, *wanted)
    except BadSource as error:
        return desk.refuse(ONE_PAGE, str(error), **_values(desk))
    source.public_address = address
    return _saved(desk, source, "source_changed")


@pages.post(f"{ONE}/delete", Role.APPROVER, action="source.deleted")
def post_delete(desk: Desk) -> Response:
    """Takes away a source that nothing stands on."""
    source = _named(desk)
    try:
        sources.discard(desk.session, source)
    except BadSource as error:
        return desk.refuse(ONE_PAGE, str(error), 409, **_values(desk))
    return _saved(desk, source, "source_deleted")


def _saved(desk: Desk, source: Source, said: str) -> Response:
    desk.session.flush()
    publishing.move_town(desk.session, desk.here.id)
    desk.about(source.title)
    return desk.done(f"/towns/{desk.here.id}/plans", said, title=source.title)
