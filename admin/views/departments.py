"""担当課: the departments' names and contact details; residents see only what was filled in."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from starlette.responses import Response

from admin import checks
from admin.desk import Desk, Missing
from admin.forms import Form, row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import publishing, revisions
from knowledge.days import today
from knowledge.models import Department

pages = Pages()
LIST, ONE = f"{TOWN}/departments", f"{TOWN}/departments/{{department}}"
LIST_PAGE, ONE_PAGE = "departments/list.html.j2", "departments/one.html.j2"
CONTACT = ("telephone", "opening_hours", "address")


def _of_town(session: Session, town_id: str) -> list[Department]:
    return list(session.exec(select(Department).where(Department.town_id == town_id).order_by(col(Department.id))))


def _named(desk: Desk) -> Department:
    number = row_number(desk.path["department"])
    found = desk.session.get(Department, number) if number else None
    if found is None or found.town_id != desk.here.id:
        raise Missing
    return found


@pages.get(LIST, Role.VIEWER)
def get_departments(desk: Desk) -> Response:
    """All departments, and which still lack a telephone number."""
    return desk.page(LIST_PAGE, departments=_of_town(desk.session, desk.here.id))


@pages.get(f"{LIST}/new", Role.APPROVER)
def get_new(desk: Desk) -> Response:
    """The form for a department that the plan does not name."""
    return desk.page(ONE_PAGE, department=None, used=0, mark="")


@pages.get(ONE, Role.APPROVER)
def get_one(desk: Desk) -> Response:
    """One department's contact details."""
    return desk.page(ONE_PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    department = _named(desk)
    used = _uses(desk, department)
    return {"department": department, "used": used, "mark": checks.mark(department, CONTACT)}


def _uses(desk: Desk, department: Department) -> int:
    """How many published entries name it."""
    entries = revisions.published_entries(desk.session, desk.here.id, today())
    return sum(any(department.name in f.departments for f in entry.content.facets) for entry in entries)


@pages.post(LIST, Role.APPROVER, action="department.added")
def post_departments(desk: Desk) -> Response:
    """A department of the town's own."""
    name = desk.form.text("name", most=40, required=True)
    wanted = _read(desk.form)
    if name in {one.name for one in _of_town(desk.session, desk.here.id)}:
        desk.form.refuse("name", sentence("department_taken"))
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, department=None, used=0, mark="")
    try:
        department = Department(town_id=desk.here.id, name=name)
        _set(department, wanted)
        desk.session.add(department)
        desk.session.flush()
    except IntegrityError:
        desk.session.rollback()
        desk.form.refuse("name", sentence("department_taken"))
        return desk.refuse(ONE_PAGE, department=None, used=0, mark="")
    return _saved(desk, name)


@pages.post(ONE, Role.APPROVER, action="department.changed")
def post_one(desk: Desk) -> Response:
    """Other contact details; another's change that came between is shown, not overwritten."""
    department, wanted = _named(desk), _read(desk.form)
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **_values(desk))
    if desk.form.raw("mark") != checks.mark(department, CONTACT):
        now = "、".join(getattr(department, name) or sentence("empty_value") for name in CONTACT)
        return desk.refuse(ONE_PAGE, sentence("crossed", what=now), 409, **_values(desk))
    _set(department, wanted)
    return _saved(desk, department.name)


@pages.post(f"{ONE}/delete", Role.APPROVER, action="department.deleted")
def post_delete(desk: Desk) -> Response:
    """Takes away a department that no published entry names."""
    department = _named(desk)
    if _uses(desk, department):
        return desk.refuse(ONE_PAGE, sentence("department_used"), **_values(desk))
    desk.session.delete(department)
    return _saved(desk, department.name)


def _read(form: Form) -> dict[str, str]:
    wanted = {
        "telephone": form.narrow("telephone", most=40),
        "opening_hours": form.text("opening_hours", most=200),
        "address": form.text("address", most=200),
    }
    if problem := checks.telephone(wanted["telephone"]):
        form.refuse("telephone", problem)
    return wanted


def _set(department: Department, wanted: dict[str, str]) -> None:
    for name, value in wanted.items():
        setattr(department, name, value)


def _saved(desk: Desk, name: str) -> Response:
    desk.session.flush()
    publishing.move_town(desk.session, desk.here.id)
    desk.about(name)
    return desk.done(f"/towns/{desk.here.id}/departments", "department_saved", name=name)
