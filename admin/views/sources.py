"""出典: what a town answers from that is no plan it handed in, such as its own guide; named by staff."""

from typing import Any

from starlette.responses import Response

from admin.desk import Desk
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import sources
from knowledge.days import today
from knowledge.sources import BadSource

pages = Pages()
HERE, NEW = f"{TOWN}/sources", f"{TOWN}/sources/new"
PAGE = "plans/source.html.j2"
APRIL = 4  # a fiscal year begins with it


@pages.get(NEW, Role.EDITOR)
def get_new(desk: Desk) -> Response:
    """The form, filled in with this month and this fiscal year."""
    return desk.page(PAGE, **_offered())


def _offered() -> dict[str, Any]:
    now = today()
    year = now.year if now.month >= APRIL else now.year - 1
    return {"month": f"{now:%Y-%m}", "first": f"{year}-04", "last": f"{year + 1}-03"}


@pages.post(HERE, Role.EDITOR, action="source.added")
def post_source(desk: Desk) -> Response:
    """A source that entries can then stand on."""
    form = desk.form
    title = form.text("title", most=sources.LONGEST_TITLE, required=True)
    published, first, last = (form.text(name, most=7, required=True) for name in ("published", "first", "last"))
    if not form.problems:
        try:
            source = sources.add(desk.session, desk.here.id, title, published, (first, last))
        except BadSource as error:
            return desk.refuse(PAGE, str(error), **_offered())
        desk.about(source.title)
        return desk.done(f"/towns/{desk.here.id}/plans", "source_added", title=source.title)
    return desk.refuse(PAGE, **_offered())
