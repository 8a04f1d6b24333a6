"""テスト質問: questions whose right reply the town knows, and how they went over time."""

from typing import Any

from starlette.responses import Response

from admin import bars, drafts, places
from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.examining import score
from knowledge import exam
from knowledge.curation import TestQuestion
from knowledge.exam import BadQuestion

pages = Pages()
LIST, ONE = f"{TOWN}/test-questions", f"{TOWN}/test-questions/{{question}}"
LIST_PAGE, ONE_PAGE = "exam/list.html.j2", "exam/one.html.j2"
NOBODY = "-"  # the button "the bot is to admit that it does not know"; no entry's id
MOST_NOTE = 200
SHOWN = 20  # scores


@pages.get(LIST, Role.VIEWER)
def get_questions(desk: Desk) -> Response:
    """All test questions with how the last run went, and the scores over time."""
    rows = exam.questions(desk.session, desk.here.id)
    scores = exam.scores(desk.session, desk.here.id, SHOWN)
    failed = {one["question"]: one for one in scores[0].failed} if scores else {}
    said = (place[0] for one in failed.values() for place in one["said"])
    return desk.page(
        LIST_PAGE,
        questions=rows,
        failed=failed,
        scores=scores,
        chart=bars.shares([(one.right, one.questions) for one in reversed(scores)]),
        titles=drafts.entry_titles(desk.session, desk.here.id, {*(row.entry for row in rows), *said}),
        most=exam.MOST,
    )


@pages.get(f"{LIST}/new", Role.EDITOR)
def get_new(desk: Desk) -> Response:
    """The form for a question."""
    return desk.page(ONE_PAGE, **_values(desk, None))


@pages.get(ONE, Role.EDITOR)
def get_one(desk: Desk) -> Response:
    """A question with what is expected of it."""
    return desk.page(ONE_PAGE, **_values(desk, _named(desk, desk.path["question"])))


def _named(desk: Desk, number: str) -> TestQuestion:
    row = desk.session.get(TestQuestion, row_number(number) or 0)
    if row is None or row.town_id != desk.here.id:
        raise Missing
    return row


def _values(desk: Desk, row: TestQuestion | None) -> dict[str, Any]:
    question = desk.form.raw("question", row.question if row else "").strip()[: exam.LONGEST]
    words = desk.form.raw("words").strip()[: places.MOST_WORDS]
    return {
        "row": row,
        "offers": places.offers(desk.session, desk.knowledge, question, words),
        "question": question,
        "titles": drafts.entry_titles(desk.session, desk.here.id, [row.entry] if row else []),
        "nobody": NOBODY,
    }


def _row(desk: Desk) -> TestQuestion | None:
    number = desk.form.raw("number")
    return _named(desk, number) if number else None


@pages.post(f"{LIST}/find", Role.EDITOR, action="exam.searched")
def post_find(desk: Desk) -> Response:
    """The form with the entries that may be right; a post, so that no resident's word stands in an address."""
    row = _row(desk)
    desk.form.text("question", most=exam.LONGEST, required=True)
    desk.form.text("words", most=places.MOST_WORDS)
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **_values(desk, row))
    return desk.answer(ONE_PAGE, **_values(desk, row))


@pages.post(LIST, Role.EDITOR, action="exam.kept")
def post_questions(desk: Desk) -> Response:
    """Keeps a question with what is expected; another wording takes the place of the one before."""
    row = _row(desk)
    question = desk.form.text("question", most=exam.LONGEST, required=True)
    note = desk.form.text("note", most=MOST_NOTE)
    place = ("", None) if desk.form.raw("place") == NOBODY else places.chosen(desk.form.raw("place"))
    if place is None or not (place[0] == "" or drafts.entry_titles(desk.session, desk.here.id, [place[0]])):
        desk.form.refuse("words", sentence("choose_entry"))
    if desk.form.problems or place is None:
        return desk.refuse(ONE_PAGE, **_values(desk, row))
    entry, facet = place
    try:
        kept = exam.keep_question(
            desk.session,
            desk.here.id,
            question,
            entry=entry,
            facet=facet[0].value if facet else "",
            note=note,
            by=desk.by,
            now=desk.now,
        )
    except BadQuestion as error:
        desk.form.refuse("question", str(error))
        return desk.refuse(ONE_PAGE, **_values(desk, row))
    if row is not None and row.id != kept.id:
        exam.drop_question(desk.session, desk.here.id, row.id or 0)
    return desk.done(f"/towns/{desk.here.id}/test-questions", "question_kept")


@pages.post(f"{ONE}/drop", Role.EDITOR, action="exam.dropped")
def post_drop(desk: Desk) -> Response:
    """Takes a question out."""
    row = _named(desk, desk.path["question"])
    exam.drop_question(desk.session, desk.here.id, row.id or 0)
    return desk.done(f"/towns/{desk.here.id}/test-questions", "question_dropped")


@pages.post(f"{LIST}/run", Role.EDITOR, action="exam.run")
def post_run(desk: Desk) -> Response:
    """Asks all of them of what residents get now."""
    if not exam.questions(desk.session, desk.here.id):
        return desk.done(f"/towns/{desk.here.id}/test-questions", "no_questions")
    engine, town_id, now = desk.around.engine, desk.here.id, desk.now
    desk.afterwards.append(lambda: score(engine, town_id, now))
    return desk.done(f"/towns/{desk.here.id}/test-questions", "exam_run")
