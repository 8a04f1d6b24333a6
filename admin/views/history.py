"""回答項目の履歴: who changed what, when and why; an older revision is brought back, or an entry is withdrawn."""

from typing import Any

from starlette.responses import Response

from admin.desk import Desk, Missing
from admin.entry import address, content_of, named
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import Pages
from admin.views import entries
from admin.views.entries import ONE, ONE_PAGE, words
from knowledge import discarding, publications, publishing, revisions
from knowledge.differences import compare
from knowledge.publishing import CrossedEdit, WrongState
from knowledge.revisions import NotThere

pages = Pages()
HISTORY = f"{ONE}/history"
PAGE = "entries/history.html.j2"
MOST_SHOWN = 30  # revisions with their differences


@pages.get(HISTORY, Role.VIEWER)
def get_history(desk: Desk) -> Response:
    """All revisions, the newest first, each beside the one before it."""
    return desk.page(PAGE, **_values(desk))


def _values(desk: Desk) -> dict[str, Any]:
    entry = named(desk)
    history = revisions.history(desk.session, entry.key)
    released = {row.number: row for row in reversed(publications.published(desk.session, entry.key))}
    contents = [content_of(revision) for revision in history[: MOST_SHOWN + 1]]
    older = [*contents[1:], *([] if len(history) > MOST_SHOWN else [None])]
    changes = [compare(before, after) for before, after in zip(older, contents, strict=False)]
    rows = [
        {
            "revision": revision,
            "changes": changes[at] if at < len(changes) else [],
            "is_first": at + 1 == len(history),
            "released": released.get(revision.number),
        }
        for at, revision in enumerate(history)
    ]
    return {"entry": entry, "own": address(desk, entry.key), "rows": rows, "states": words()["states"]}


@pages.post(f"{ONE}/restore", Role.EDITOR, action="entry.restored")
def post_restore(desk: Desk) -> Response:
    """A draft with an older revision's content; where another edit came in between, the history is shown again."""
    entry = named(desk)
    number = row_number(desk.form.raw("number"))
    newest = revisions.latest(desk.session, publishing.held_entry(desk.session, entry.key).key)
    if desk.form.raw("newest") != str(newest.number):
        return desk.refuse(PAGE, sentence("history_moved"), 409, **_values(desk))
    reason = words()["reasons"]["restored"].format(number=number)
    try:
        publishing.restore(desk.session, entry.key, number or 0, author=desk.who.staff.name, reason=reason)
    except NotThere:
        raise Missing from None
    except CrossedEdit as error:
        return desk.refuse(PAGE, str(error), 409, **_values(desk))
    desk.about(entry.title, 版=number)
    return desk.done(address(desk, entry.key), "entry_drafted", title=entry.title)


@pages.post(f"{ONE}/withdraw", Role.APPROVER, action="entry.withdrawn")
def post_withdraw(desk: Desk) -> Response:
    """Residents are no longer answered from it; all revisions stay, and any of them can come back."""
    entry = named(desk)
    if entry.published_number is None:
        return desk.refuse(PAGE, sentence("not_published"), 409, **_values(desk))
    reason = desk.form.text("reason")
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **entries.values(desk))
    publishing.withdraw(desk.session, entry.key, author=desk.who.staff.name, reason=reason)
    desk.about(entry.title, **({"理由": reason} if reason else {}))
    back = f"/towns/{desk.here.id}/confirm" if desk.form.raw("from") == "confirm" else address(desk, entry.key)
    return desk.done(back, "entry_withdrawn", title=entry.title)


@pages.post(f"{ONE}/republish", Role.APPROVER, action="entry.republished")
def post_republish(desk: Desk) -> Response:
    """The withdrawal was a mistake: residents are answered again from what was approved before it."""
    entry = named(desk)
    try:
        discarding.undo_withdrawal(desk.session, entry.key)
    except WrongState as error:
        return desk.refuse(PAGE, str(error), 409, **_values(desk))
    desk.about(entry.title)
    return desk.done(address(desk, entry.key), "entry_republished", title=entry.title)
