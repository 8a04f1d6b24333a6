"""計画書: documents that staff hand in, how far they are read, and what came of those that were taken in before."""

from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import Response

from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import sources
from knowledge.plan_models import PlanImport
from knowledge.plans import examinations, importing, undoing, uploads
from knowledge.plans.importing import NothingImported
from knowledge.plans.isolation import LIMITS
from knowledge.plans.refusals import UnreadablePlan

pages = Pages()
LIST = f"{TOWN}/plans"
UNDO = f"{LIST}/imports/{{plan_import}}/undo"
PAGE = "plans/list.html.j2"
ENDINGS = (".pdf", ".docx", ".md", ".txt", ".html", ".htm")
ROOM = 100_000  # bytes of the form around the file


@pages.get(LIST, Role.VIEWER)
def get_plans(desk: Desk) -> Response:
    """What was handed in, what was taken in, and the form for the next document."""
    return desk.page(PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    waiting = [
        {"id": number, "name": name, "by": by, "at": at, "status": examinations.status_of(desk.session, number or 0)}
        for number, name, by, at in uploads.uploads(desk.session, desk.here.id)
    ]
    return {
        "waiting": waiting,
        "sources": sources.of_town(desk.session, desk.here.id),
        "imports": importing.imports(desk.session, desk.here.id),
        "endings": ",".join(ENDINGS),
        "kept": uploads.KEPT.days,
        "megabytes": LIMITS.file_bytes // 1_000_000,
    }


@pages.post(LIST, Role.EDITOR, action="plan.handed_in", most_body=LIMITS.file_bytes + ROOM)
def post_plans(desk: Desk) -> Response:
    """Keeps the document and has it read; its page then shows how far that is."""
    upload = desk.form.files.get("file")
    if upload is None or not upload.name:
        desk.form.refuse("file", sentence("choose_file"))
    elif not upload.name.lower().endswith(ENDINGS):
        desk.form.refuse("file", sentence("plan_type"))
    elif not upload.content:
        desk.form.refuse("file", sentence("empty_file"))
    if desk.form.problems or upload is None:
        return desk.refuse(PAGE, **_values(desk))
    try:
        kept = uploads.keep_upload(desk.session, desk.here.id, upload.name, upload.content, by=desk.who.staff.name)
    except UnreadablePlan as error:
        desk.form.refuse("file", str(error))
        return desk.refuse(PAGE, **_values(desk))
    examinations.ask_for(desk.session, kept.id or 0)
    desk.about(kept.name)
    response = desk.done(f"/towns/{desk.here.id}/plans/{kept.id}")
    response.background = BackgroundTask(desk.around.reader.nudge)  # after the commit, so that it is seen
    return response


@pages.post(UNDO, Role.EDITOR, action="plan.undone")
def post_undo(desk: Desk) -> Response:
    """Takes an import back; what staff changed or published stays and is named."""
    number = row_number(desk.path["plan_import"]) or 0
    found = desk.session.get(PlanImport, number)
    if found is None or found.town_id != desk.here.id:
        raise Missing
    try:
        undone = undoing.undo(desk.session, number)
    except NothingImported as error:
        return desk.refuse(PAGE, str(error), 409, **_values(desk))
    desk.about(found.name, 消した下書き=undone.removed, 残した項目=list(undone.kept))
    key = "plan_undone_partly" if undone.kept else "plan_undone"
    kept = "、".join(f"「{title}」" for title in undone.kept)
    return desk.done(f"/towns/{desk.here.id}/plans", key, count=undone.removed, kept=kept)
