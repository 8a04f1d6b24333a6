"""回答項目を書く: the form of an entry, its preview, drafts, and edits that cross each other."""

from collections import defaultdict
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

from admin import entry_fields
from admin.desk import Desk
from admin.entry import address, content_of, named, source_of, town_knowledge
from admin.forms import row_number
from admin.roles import Role
from admin.routes import Pages
from admin.views.entries import LIST, ONE, sources, sources_shown, words
from bot.previewing import easy_lines, previews
from knowledge import publishing, readability, revisions
from knowledge.differences import compare
from knowledge.entries import EntryContent, FacetName, Kind
from knowledge.labels import labels
from knowledge.models import Department, Entry, Source
from knowledge.plans.identifiers import identifier
from knowledge.publishing import CrossedEdit, WrongState

pages = Pages()
EDIT, NEW = f"{ONE}/edit", f"{LIST}/_new"  # no id holds an underscore
PAGE = "entries/edit.html.j2"


@pages.get(EDIT, Role.EDITOR)
def get_edit(desk: Desk) -> Response:
    """The newest revision, to be changed."""
    entry = named(desk)
    newest = revisions.latest(desk.session, entry.key)
    content = content_of(newest)
    desk.form = entry_fields.as_form(entry_fields.fields_of(content))
    return desk.page(PAGE, **_values(desk, entry, newest.number, content))


@pages.get(NEW, Role.EDITOR)
def get_new(desk: Desk) -> Response:
    """An empty entry."""
    kind = Kind(desk.query["kind"]) if desk.query.get("kind") in list(Kind) else Kind.FAQ
    desk.form = entry_fields.as_form(entry_fields.blank(kind))
    return desk.page(PAGE, **_values(desk))


@pages.post(EDIT, Role.EDITOR, action="entry.drafted")
def post_edit(desk: Desk) -> Response:
    """Keeps a draft; with another button it only shows the form again: looked at, with a facet more or less."""
    entry = named(desk)
    based_on = row_number(desk.form.raw("based_on")) or 0
    if again := _other_button(desk, entry, based_on):
        return again
    content = entry_fields.read(desk.form, desk.path["entry"])
    if content is None:
        return desk.refuse(PAGE, **_values(desk, entry, based_on))
    newest = revisions.latest(desk.session, publishing.held_entry(desk.session, entry.key).key)
    if newest.number == based_on and content_of(newest) == content:
        desk.was_refused = True  # nothing was kept, and nothing is audited
        return desk.done(address(desk, entry.key), "entry_same")
    reason = desk.form.text("reason")
    try:
        author = desk.who.staff.name
        publishing.save_draft(desk.session, entry.key, content, based_on=based_on, author=author, reason=reason)
    except CrossedEdit as error:
        return _show_crossed(desk, entry, based_on, content, str(error))
    desk.about(content.title)
    return desk.done(address(desk, entry.key), "entry_drafted", title=content.title)


@pages.post(NEW, Role.EDITOR, action="entry.begun")
def post_new(desk: Desk) -> Response:
    """The first draft of an entry; its id follows from its title."""
    if again := _other_button(desk, None, 0):
        return again
    title, kind = desk.form.raw("title"), desk.form.raw("kind")
    keys = set(desk.session.exec(select(Entry.key).where(Entry.town_id == desk.here.id)))
    taken = {key.partition("/")[2] for key in keys}
    content = entry_fields.read(desk.form, identifier(title, kind, desk.form.raw("group"), taken))
    source = desk.form.one_of("source_id", [one.id for one in sources(desk)])
    if content is None or desk.form.problems:
        return desk.refuse(PAGE, **_values(desk))
    reason = desk.form.text("reason") or words()["reasons"]["new"]
    try:
        publishing.begin_entry(desk.session, desk.here.id, source, content, author=desk.who.staff.name, reason=reason)
    except WrongState as error:  # somebody wrote an entry of the same name at the same moment
        desk.form.refuse("title", str(error))
        return desk.refuse(PAGE, **_values(desk))
    desk.about(content.title)
    return desk.done(address(desk, content.id), "entry_drafted", title=content.title)


def _other_button(desk: Desk, entry: Entry | None, based_on: int) -> Response | None:
    """What the buttons beside 保存 do; None where it was 保存."""
    button, _, number = desk.form.raw("do").partition("-")
    match button:
        case "add":
            desk.form = entry_fields.as_form(entry_fields.with_facet(desk.form))
        case "drop":
            gone = row_number(number)
            desk.form = entry_fields.as_form(entry_fields.without_facet(desk.form, -1 if gone is None else gone))
        case "preview":
            entry_id = desk.path["entry"] if entry else "new"
            content = entry_fields.read(desk.form, entry_id)
            status = 200 if content else 422
            return desk.refuse(PAGE, status=status, **_values(desk, entry, based_on, content, looked_at=True))
        case _:
            return None
    return desk.refuse(PAGE, status=200, **_values(desk, entry, based_on))


def _show_crossed(desk: Desk, entry: Entry, based_on: int, content: EntryContent, said: str) -> Response:
    """What the other one changed, and what would be lost by saving over it; the typed text stays in the form."""
    history = {one.number: one for one in revisions.history(desk.session, entry.key)}
    newest, base = history[max(history)], history.get(based_on)
    theirs, seen = content_of(newest), content_of(base) if base else None
    both = entry_fields.merged(desk.form, seen, theirs) if seen else None
    if both is not None:
        desk.form = entry_fields.as_form(both)
        content = entry_fields.read(desk.form, content.id) or content
    crossing = {
        "by": newest.author,
        "at": newest.created_at,
        "theirs": compare(seen, theirs) if seen else [],
        "mine": compare(theirs, content),
        "is_merged": both is not None,
    }
    values = _values(desk, entry, newest.number, content)
    return desk.refuse(PAGE, said, 409, **{**values, "crossing": crossing})


def _values(
    desk: Desk,
    entry: Entry | None = None,
    based_on: int = 0,
    content: EntryContent | None = None,
    *,
    looked_at: bool = False,
) -> dict[str, Any]:
    """What the form's page shows; `content` is the entry as typed, where it can be read."""
    return {
        "entry": entry,
        "own": address(desk, entry.key) if entry else "",
        "based_on": based_on,
        "count": entry_fields.count(desk.form),
        "place": entry_fields.place,
        "labels": labels(),
        "facet_names": [(name.value, label) for name, label in labels().facets.items()],
        "kinds": [(kind.value, label) for kind, label in labels().kinds.items()],
        "departments": _departments(desk),
        "sources": sources(desk),
        "sources_shown": sources_shown(sources(desk)),
        "hints": _hints(content),
        "shown": _previews(desk, entry, content) if looked_at and content else [],
        "easy": easy_lines(content.easy) if looked_at and content else [],
        "looked_at": looked_at and content is not None,
        "crossing": None,
        "facet_label": lambda name: labels().facets[FacetName(name)] if name in list(FacetName) else "",
    }


def _hints(content: EntryContent | None) -> dict[str, list[str]]:
    """The hints on what is hard to read, by the part's name."""
    found: dict[str, list[str]] = defaultdict(list)
    for hint in readability.hints(content) if content else ():
        found[hint.part].append(hint.sentence)
    return found


def _previews(desk: Desk, entry: Entry | None, content: EntryContent) -> list[Any]:
    chosen = desk.session.get(Source, desk.form.raw("source_id"))
    own = source_of(desk, entry) if entry else chosen if chosen and chosen.town_id == desk.here.id else None
    source = own or next(iter(sources(desk)), None)
    if source is None:
        return []
    return previews(content, town_knowledge(desk), source, desk.around.settings.public_url)


def _departments(desk: Desk) -> list[str]:
    return list(
        desk.session.exec(
            select(Department.name).where(Department.town_id == desk.here.id).order_by(col(Department.id))
        )
    )
