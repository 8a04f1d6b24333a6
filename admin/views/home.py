"""Where staff begin: a town's numbers and what to do next; the operator's list of towns."""

from starlette.responses import Response

from admin import beginning, work
from admin.desk import Desk
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import revisions

pages = Pages()


@pages.get("/", Role.VIEWER)
def get_start(desk: Desk) -> Response:
    """On to one's own town; the operator to the list of towns."""
    town_id = desk.who.staff.town_id
    return desk.done(f"/towns/{town_id}" if town_id else "/towns")


@pages.get(TOWN, Role.VIEWER)
def get_home(desk: Desk) -> Response:
    """What a new town does first, what waits in this town, and the next steps."""
    waits = work.of_town(desk.session, desk.here)
    return desk.page("home.html.j2", work=waits, beginning=beginning.steps(desk.session, desk.here, waits))


@pages.get("/towns", Role.OPERATOR)
def get_towns(desk: Desk) -> Response:
    """All towns with what waits in each."""
    towns = revisions.towns(desk.session)
    return desk.page("towns.html.j2", towns=[(town, work.of_town(desk.session, town)) for town in towns])
