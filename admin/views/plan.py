"""One handed-in plan: what was found and doubted beside its text, taken in one by one or together."""

from typing import Any

from starlette.responses import Response

from admin import plan_pages
from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge.days import today
from knowledge.plan_models import PlanUpload
from knowledge.plans import coverage, editions, examinations, importing, uploads
from knowledge.plans.earlier import earlier
from knowledge.plans.importing import MONTH, NothingImported
from knowledge.plans.isolation import Examined
from knowledge.revisions import NotThere, published_entries

pages = Pages()
ONE = f"{TOWN}/plans/{{upload}}"
WAITING_PAGE, FOUND_PAGE = "plans/waiting.html.j2", "plans/found.html.j2"
COVERAGE_PAGE, EDITIONS_PAGE = "plans/coverage.html.j2", "plans/editions.html.j2"


def _upload(desk: Desk) -> PlanUpload:
    try:
        return uploads.upload(desk.session, desk.here.id, row_number(desk.path["upload"]) or 0)
    except NotThere:
        raise Missing from None


def _read(desk: Desk, upload: PlanUpload) -> Examined:
    """The plan as it was read; a plan that is not yet has no such pages."""
    found = examinations.examined(desk.session, upload.id or 0)
    if found is None:
        raise Missing
    return found


@pages.get(ONE, Role.VIEWER)
def get_one(desk: Desk) -> Response:
    """How far it is read, why it could not be, or what was found: one part of it at a time."""
    upload = _upload(desk)
    status = examinations.status_of(desk.session, upload.id or 0)
    if status.state is not examinations.Reading.READ:
        return desk.page(WAITING_PAGE, upload=upload, reading=status)
    return desk.page(FOUND_PAGE, **_values(desk, upload, _read(desk, upload)))


def _values(desk: Desk, upload: PlanUpload, found: Examined) -> dict[str, Any]:
    offers = plan_pages.offers(importing.offered(desk.session, desk.here.id, found.findings), found)
    parts = plan_pages.parts(offers, found)
    wanted = desk.query.get("part") or desk.form.raw("part")
    part = next((one for one in parts if one.key == wanted), parts[0])
    return {
        "upload": upload,
        "findings": found.findings,
        "doubts": plan_pages.doubts(found),
        "left_out": found.document.left_out,
        "parts": parts,
        "part": part,
        "left": sum(not offer.is_known for offer in offers),
        "needs_period": not (found.findings.period_from and found.findings.period_to),
        "page": plan_pages.page_of(part, row_number(desk.query.get("page", "")) or 1),
    }


@pages.post(f"{ONE}/import", Role.EDITOR, action="plan.imported")
def post_import(desk: Desk) -> Response:
    """Drafts of the chosen entries, or of all; the file goes, and with the last entry what was read of it."""
    upload = _upload(desk)
    found = _read(desk, upload)
    if not _is_the_one(desk, upload):
        return desk.refuse(FOUND_PAGE, sentence("plan_other"), 409, **_values(desk, upload, found))
    only = None if desk.form.raw("all") else set(desk.form.all("entry"))
    if only is not None and not only:
        return desk.refuse(FOUND_PAGE, sentence("choose_entries"), **_values(desk, upload, found))
    period = _period(desk)
    if desk.form.problems:
        return desk.refuse(FOUND_PAGE, **_values(desk, upload, found))
    try:
        brought = importing.import_plan(
            desk.session, desk.here.id, upload.name, found.findings, by=desk.who.staff.name, period=period, only=only
        )
    except NothingImported as error:
        return desk.refuse(FOUND_PAGE, str(error), **_values(desk, upload, found))
    desk.about(upload.name, 下書き=len(brought.drafted))
    offers = importing.offered(desk.session, desk.here.id, found.findings)
    if all(offer.is_known for offer in offers):
        uploads.discard_upload(desk.session, desk.here.id, upload.id or 0)
        return desk.done(f"/towns/{desk.here.id}/plans", "plan_imported_all", count=len(brought.drafted))
    uploads.clear_upload(desk.session, desk.here.id, upload.id or 0)
    there = f"/towns/{desk.here.id}/plans/{upload.id}?part={desk.form.raw('part')}"
    return desk.done(there, "plan_imported", count=len(brought.drafted))


def _is_the_one(desk: Desk, upload: PlanUpload) -> bool:
    """Whether the form is about this upload: SQLite gives the number of one that was deleted to the next."""
    return desk.form.raw("handed_in") == upload.created_at.isoformat()


def _period(desk: Desk) -> tuple[str, str] | None:
    """The plan's months as staff typed them, where the plan does not say them."""
    if "period_from" not in desk.form.fields:
        return None
    months = [desk.form.narrow(name, most=7, required=True) for name in ("period_from", "period_to")]
    for name, month in zip(("period_from", "period_to"), months, strict=True):
        if not MONTH.fullmatch(month):
            desk.form.refuse(name, sentence("month"))
    if months[0] > months[1]:
        desk.form.refuse("period_to", sentence("months_crossed"))
    return months[0], months[1]


@pages.post(f"{ONE}/discard", Role.EDITOR, action="plan.discarded")
def post_discard(desk: Desk) -> Response:
    """The document goes, and what was read of it; drafts that were made stay."""
    upload = _upload(desk)
    if not _is_the_one(desk, upload):
        return desk.done(f"/towns/{desk.here.id}/plans/{upload.id}", "plan_other")
    uploads.discard_upload(desk.session, desk.here.id, upload.id or 0)
    desk.about(upload.name)
    return desk.done(f"/towns/{desk.here.id}/plans", "plan_discarded", name=upload.name)


@pages.get(f"{ONE}/coverage", Role.VIEWER)
def get_coverage(desk: Desk) -> Response:
    """What the plan holds and the town's published entries do not, and the reverse."""
    upload = _upload(desk)
    found = _read(desk, upload)
    text = "\n".join(line.text for line in found.document.lines)
    entries = [entry.content for entry in published_entries(desk.session, desk.here.id, today())]
    compared = coverage.compare(found.findings, entries, text, lines=False)
    return desk.page(COVERAGE_PAGE, upload=upload, coverage=compared, shares=plan_pages.shares(compared))


@pages.get(f"{ONE}/editions", Role.VIEWER)
def get_editions(desk: Desk) -> Response:
    """What differs from an edition that was taken in before, and the published entries that it touches."""
    return desk.page(EDITIONS_PAGE, **_compared(desk))


def _compared(desk: Desk) -> dict[str, Any]:
    upload = _upload(desk)
    found = _read(desk, upload)
    before = earlier(desk.session, desk.here.id, upload.id or 0, found.findings)
    wanted = desk.query.get("before") or desk.form.raw("before")
    chosen = next((one for one in before if one.key == wanted), before[0] if before else None)
    values = {"upload": upload, "before": before, "chosen": chosen, "compared": None, "touched": {}}
    if chosen is None:
        return values
    compared = editions.compare(chosen.findings, found.findings)
    entries = {e.content.id: e.content for e in published_entries(desk.session, desk.here.id, today())}
    touched = editions.touched(compared, entries.values())
    return {**values, "compared": compared, "touched": touched, "entries": entries}


@pages.post(f"{ONE}/editions/mark", Role.EDITOR, action="plan.marked")
def post_mark(desk: Desk) -> Response:
    """Puts the touched entries on the list to confirm."""
    values = _compared(desk)
    if not values["touched"]:
        return desk.refuse(EDITIONS_PAGE, sentence("nothing_touched"), **values)
    titles = editions.mark_for_confirmation(desk.session, desk.here.id, values["compared"], today())
    desk.about(values["upload"].name, 確認待ちにした項目=titles)
    return desk.done(f"/towns/{desk.here.id}/plans/{values['upload'].id}", "plan_marked", count=len(titles))
