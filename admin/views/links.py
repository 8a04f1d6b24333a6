"""Where an invitation or a reset leads: a one-time link, and the password that is set by it."""

from starlette.responses import Response

from admin import accounts, passwords
from admin.desk import Desk
from admin.forms import sentence
from admin.roles import Door
from admin.routes import Pages
from admin.views.signing import EVERYWHERE
from knowledge import revisions

pages = Pages()


@pages.get("/links/{token}", Door.OUTSIDE)
def get_link(desk: Desk) -> Response:
    """Where an invitation or a reset leads: a new password."""
    try:
        _, staff = accounts.find_link(desk.session, desk.path["token"], desk.now)
    except accounts.LinkEnded as error:
        return desk.page("problem.html.j2", 404, title=sentence("problem_link"), problem=str(error))
    return desk.page("link.html.j2", staff=staff)


@pages.post("/links/{token}", Door.OUTSIDE, action="link.used")
def post_link(desk: Desk) -> Response:
    """Sets the password; then the person signs in with it."""
    try:
        _, staff = accounts.find_link(desk.session, desk.path["token"], desk.now)
        town = revisions.town(desk.session, staff.town_id) if staff.town_id else None
        problem = passwords.problem(desk.form.raw("password"), accounts.names_of(staff, town))
        if problem:
            desk.form.refuse("password", problem)
            return desk.refuse("link.html.j2", staff=staff)
        desk.actor = accounts.use_link(desk.session, desk.path["token"], desk.form.raw("password"), desk.now)
    except accounts.LinkEnded as error:
        return desk.page("problem.html.j2", 404, title=sentence("problem_link"), problem=str(error))
    return desk.done(f"/sign-in?town={staff.town_id or EVERYWHERE}", "password_set")
