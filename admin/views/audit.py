"""監査記録: who did what and when; the town's own for its administrator, all of it for the operator."""

from datetime import date

from starlette.responses import Response

from admin import accounts, audit
from admin.audit import Filter
from admin.desk import Desk
from admin.forms import row_number
from admin.roles import Role
from admin.routes import TOWN, Pages

pages = Pages()
PAGE = "audit.html.j2"


@pages.get(f"{TOWN}/audit", Role.ADMINISTRATOR)
@pages.get("/audit", Role.OPERATOR)
def get_audit(desk: Desk) -> Response:
    """A page of the log, newest first."""
    wanted = _wanted(desk)
    page = row_number(desk.query.get("page", "")) or 1
    rows, count = audit.rows(desk.session, wanted, page)
    people = accounts.of_town(desk.session, desk.town.id) if desk.town else []
    return desk.page(
        PAGE,
        rows=rows,
        count=count,
        page=page,
        pages=max(1, -(-count // audit.ON_A_PAGE)),
        wanted=wanted,
        people=people,
        actions=audit.action_labels(),
        home=f"/towns/{desk.town.id}/audit" if desk.town else "/audit",
    )


@pages.post(f"{TOWN}/audit/csv", Role.ADMINISTRATOR, action="audit.exported")
@pages.post("/audit/csv", Role.OPERATOR, action="audit.exported")
def post_csv(desk: Desk) -> Response:
    """The chosen rows for a spreadsheet; that they were taken out is itself a row."""
    content = audit.as_csv(desk.session, _wanted(desk))
    name = f"audit-{desk.town.id if desk.town else 'all'}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _wanted(desk: Desk) -> Filter:
    """The filter of the address or of the form; what is no date or number asks for nothing."""
    asked = {name: desk.query.get(name) or desk.form.raw(name) for name in ("staff", "action", "first", "last")}
    return Filter(
        town_id=desk.town.id if desk.town else None,
        staff_id=row_number(asked["staff"]),
        action=asked["action"] if asked["action"] in audit.action_labels() else "",
        first=_day(asked["first"]),
        last=_day(asked["last"]),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None  # noqa: PLR2004  a time zone needs room on both sides
