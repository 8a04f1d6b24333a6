"""入出力: entries as files; a file handed in shows first what it would change, and becomes drafts all at once."""

from typing import Any

from sqlmodel import Session, col, select
from starlette.responses import Response

from admin import keys
from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import revisions
from knowledge.curation import EntryFile
from knowledge.days import today
from knowledge.exchange import files, handed_in, imports
from knowledge.exchange.faqpage import faqpage
from knowledge.exchange.files import Format
from knowledge.exchange.imports import Effect, Preview
from knowledge.exchange.workbook import Unwritable
from knowledge.models import Source
from knowledge.publishing import CrossedEdit, WrongState
from knowledge.revisions import NotThere

pages = Pages()
HERE = f"{TOWN}/exchange"
FILE = f"{HERE}/files/{{file}}"
PAGE, FILE_PAGE = "exchange/start.html.j2", "exchange/file.html.j2"
FAQPAGE = "faqpage"
ENDINGS = {Format.CSV: "csv", Format.CSV_CP932: "csv", Format.EXCEL: "xlsx", Format.YAML: "yaml"}
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "json": "application/ld+json",
}
MOST_SHOWN = 200  # faults or changes on a page


@pages.get(HERE, Role.VIEWER)
def get_exchange(desk: Desk) -> Response:
    """Which files there are to take out, and the form to hand one in."""
    return desk.page(PAGE, **_start(desk))


def _start(desk: Desk, preview: Preview | None = None) -> dict[str, Any]:
    return {"entries": imports.count(desk.session, desk.here.id), "preview": preview, "most": MOST_SHOWN}


@pages.get(f"{HERE}/file", Role.VIEWER)
def get_file(desk: Desk) -> Response:
    """The entries as a file: the newest revisions to work on, or what is published as FAQPage."""
    wanted = desk.query.get("format", "")
    if wanted == FAQPAGE:
        published = revisions.published_entries(desk.session, desk.here.id, today())
        text = faqpage(((entry.content, entry.source) for entry in published), desk.here.name)
        return _download(desk, text.encode(), "json")
    if wanted not in set(Format):
        return desk.page(PAGE, 422, problem=sentence("choose_format"), **_start(desk))
    try:
        content = files.write(imports.current(desk.session, desk.here.id), Format(wanted))
    except Unwritable as error:
        return desk.page(PAGE, 422, problem=str(error), **_start(desk))
    return _download(desk, content, ENDINGS[Format(wanted)])


def _download(desk: Desk, content: bytes, ending: str) -> Response:
    name = f"entries-{desk.here.id}-{today():%Y%m%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers={"Content-Type": TYPES[ending], **headers})


@pages.post(HERE, Role.EDITOR, action="exchange.handed_in", most_body=files.LARGEST + 100_000)
def post_exchange(desk: Desk) -> Response:
    """Takes a file in to be looked over; one with faults is not kept, and every fault is told with its row."""
    upload = desk.form.files.get("file")
    if upload is None or not upload.name:
        desk.form.refuse("file", sentence("choose_file"))
        return desk.refuse(PAGE, **_start(desk))
    contents = files.read(upload.content, upload.name)
    found = imports.preview(desk.session, desk.here.id, contents)
    if found.faults or not contents.entries:
        problem = sentence("file_faults", count=len(found.faults)) if found.faults else sentence("file_empty")
        return desk.refuse(PAGE, problem, **_start(desk, found))
    name = desk.who.staff.name
    file = handed_in.keep_file(desk.session, desk.here.id, upload.name, upload.content, by=name, now=desk.now)
    desk.about(file.name)
    return desk.done(f"/towns/{desk.here.id}/exchange/files/{file.id}")


@pages.get(FILE, Role.EDITOR)
def get_handed_in(desk: Desk) -> Response:
    """What the file would change, entry by entry; nothing is written."""
    file = _file(desk)
    return desk.page(FILE_PAGE, **_values(desk, file, _preview(desk, file)))


def _file(desk: Desk) -> EntryFile:
    number = row_number(desk.path["file"])
    try:
        return handed_in.file_of(desk.session, desk.here.id, number or 0)
    except NotThere:
        raise Missing from None


def _preview(desk: Desk, file: EntryFile) -> Preview:
    return imports.preview(desk.session, desk.here.id, files.read(file.content, file.name))


def _values(desk: Desk, file: EntryFile, found: Preview) -> dict[str, Any]:
    return {
        "file": file,
        "preview": found,
        "counts": {effect: found.count(effect) for effect in Effect},
        "changes": [change for change in found.changes if change.effect is not Effect.SAME],
        "most": MOST_SHOWN,
        "mark": _mark(found),
        "sources": _sources(desk.session, desk.here.id),
    }


def _mark(found: Preview) -> str:
    """What the preview was made against, so that an edit that came between is noticed."""
    return keys.token_hash(repr(sorted(found.seen.items())))[:16]


def _sources(session: Session, town_id: str) -> list[Source]:
    """The town's plans, the newest first."""
    wanted = select(Source).where(Source.town_id == town_id)
    return list(session.exec(wanted.order_by(col(Source.published).desc(), col(Source.id).desc())))


@pages.post(f"{FILE}/apply", Role.EDITOR, action="exchange.applied")
def post_apply(desk: Desk) -> Response:
    """Drafts of all that is new or changed, or of nothing; the file goes."""
    file = _file(desk)
    contents = files.read(file.content, file.name)
    found = imports.preview(desk.session, desk.here.id, contents)
    shown = _values(desk, file, found)
    sources = {source.id for source in shown["sources"]}
    source_id = desk.form.raw("source")  # of the entries that are new
    if found.count(Effect.NEW) and not sources:
        return desk.refuse(FILE_PAGE, sentence("no_source"), **shown)
    if found.count(Effect.NEW) and source_id not in sources:
        desk.form.refuse("source", sentence("choose"))
        return desk.refuse(FILE_PAGE, **shown)
    if desk.form.raw("mark") != shown["mark"]:
        return desk.refuse(FILE_PAGE, sentence("crossed_file"), 409, **shown)
    try:
        made = imports.apply(desk.session, desk.here.id, source_id, contents, found.seen, by=desk.who.staff.name)
    except (CrossedEdit, WrongState) as error:
        return desk.refuse(FILE_PAGE, str(error), 409, **shown)
    desk.session.delete(file)
    desk.about(file.name, 下書き=len(made))
    return desk.done(f"/towns/{desk.here.id}/exchange", "file_applied", name=file.name, count=len(made))


@pages.post(f"{FILE}/discard", Role.EDITOR, action="exchange.discarded")
def post_discard(desk: Desk) -> Response:
    """The file goes; nothing was changed by it."""
    file = _file(desk)
    desk.session.delete(file)
    desk.about(file.name)
    return desk.done(f"/towns/{desk.here.id}/exchange", "file_discarded", name=file.name)
