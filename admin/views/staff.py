"""職員: who works with this town's answers; invited, given a role, reset, closed by an administrator."""

from starlette.responses import Response

from admin import accounts
from admin.accounts import BadAccount, Purpose
from admin.desk import Desk, Missing
from admin.forms import sentence
from admin.roles import OF_A_TOWN, Role
from admin.routes import TOWN, Pages
from knowledge import inquiries
from knowledge.accounts import Staff

pages = Pages()
LIST, ONE = f"{TOWN}/staff", f"{TOWN}/staff/{{staff}}"
TEAM_PAGE, NEW_PAGE, ONE_PAGE, LINK_PAGE = (f"staff/{name}.html.j2" for name in ("list", "new", "one", "link"))


@pages.get(LIST, Role.ADMINISTRATOR)
def get_staff(desk: Desk) -> Response:
    """All of the town's staff."""
    return desk.page(TEAM_PAGE, staff=accounts.of_town(desk.session, desk.here.id))


@pages.get(f"{LIST}/new", Role.ADMINISTRATOR)
def get_new(desk: Desk) -> Response:
    """The form for a new person."""
    return desk.page(NEW_PAGE, roles=OF_A_TOWN)


@pages.post(LIST, Role.ADMINISTRATOR, action="staff.invited")
def post_staff(desk: Desk) -> Response:
    """Makes the account and shows, once, the link that the administrator hands over."""
    form = desk.form
    name = form.text("name", most=40, required=True)
    login = form.narrow("login", most=40, required=True).lower()
    role = form.one_of("role", OF_A_TOWN)
    if form.problems:
        return desk.refuse(NEW_PAGE, roles=OF_A_TOWN)
    try:
        staff = accounts.add(desk.session, desk.here.id, login, name, Role(role), desk.now)
    except BadAccount as error:
        form.refuse("login", str(error))
        return desk.refuse(NEW_PAGE, roles=OF_A_TOWN)
    return _show_link(desk, staff, Purpose.INVITATION)


@pages.get(ONE, Role.ADMINISTRATOR)
def get_one(desk: Desk) -> Response:
    """One person, and what can be changed."""
    return desk.page(ONE_PAGE, staff=_named(desk), roles=OF_A_TOWN)


@pages.post(f"{ONE}/role", Role.ADMINISTRATOR, action="staff.role_changed")
def post_role(desk: Desk) -> Response:
    """Another role and name; the person signs in again."""
    staff, form = _named(desk), desk.form
    role, name = form.one_of("role", OF_A_TOWN), form.text("name", most=40, required=True)
    before = staff.role
    try:
        if form.problems:
            return desk.refuse(ONE_PAGE, staff=_named(desk), roles=OF_A_TOWN)
        if name != staff.name:
            staff.name = name
            inquiries.rename_assignee(desk.session, desk.here.id, staff.id or 0, name)
        if role != before:
            accounts.change_role(desk.session, staff, Role(role))
    except BadAccount as error:
        return desk.refuse(ONE_PAGE, str(error), staff=_named(desk), roles=OF_A_TOWN)
    desk.about(name, **{"権限": [before, role]} if role != before else {})
    return desk.done(f"/towns/{desk.here.id}/staff", "staff_changed", name=name)


@pages.post(f"{ONE}/link", Role.ADMINISTRATOR, action="staff.link_issued")
def post_link(desk: Desk) -> Response:
    """A one-time link: for whoever never came in the invitation again, for the others a reset."""
    staff = _named(desk)
    if not staff.active:
        return desk.refuse(ONE_PAGE, sentence("closed_account"), staff=staff, roles=OF_A_TOWN)
    return _show_link(desk, staff, Purpose.RESET if staff.password else Purpose.INVITATION)


@pages.post(f"{ONE}/active", Role.ADMINISTRATOR, action="staff.active_changed")
def post_active(desk: Desk) -> Response:
    """Closes the account at once, or opens it again."""
    staff, active = _named(desk), desk.form.raw("active") == "on"
    try:
        accounts.set_active(desk.session, staff, active=active)
    except BadAccount as error:
        return desk.refuse(ONE_PAGE, str(error), staff=_named(desk), roles=OF_A_TOWN)
    desk.about(staff.name, **{"利用": ["できる" if active else "できない"]})
    return desk.done(f"/towns/{desk.here.id}/staff", "staff_opened" if active else "staff_closed", name=staff.name)


def _named(desk: Desk) -> Staff:
    staff = accounts.one_of_town(desk.session, desk.here.id, desk.path["staff"])
    if staff is None:
        raise Missing
    return staff


def _show_link(desk: Desk, staff: Staff, purpose: Purpose) -> Response:
    token = accounts.issue_link(desk.session, staff, purpose, desk.now)
    desk.about(staff.name, **{"権限": [staff.role]})
    link = f"{desk.own_address}/links/{token}"
    return desk.page(LINK_PAGE, staff=staff, link=link, days=accounts.LASTS[purpose].days, purpose=purpose)
