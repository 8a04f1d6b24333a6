"""One group of unanswered questions: into an entry's phrasings, into a new entry, or aside for good."""

from typing import Any

from pydantic import ValidationError
from sqlmodel import col, select
from starlette.responses import Response

from admin import places
from admin.desk import Desk, Missing
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from admin.views.inbox import numbers, people, titles
from bot import inbox
from bot.inbox import InquiryGroup
from knowledge import inquiries, revisions, store, wastebasket
from knowledge.entries import EntryContent, Facet, FacetName, Kind
from knowledge.inquiries import BadPhrasing
from knowledge.models import Handled, Inquiry, Revision, Source
from knowledge.publishing import WrongState
from knowledge.revisions import NotThere

pages = Pages()
ONE = f"{TOWN}/inbox/{{inquiry}}"
PAGE = "inbox/one.html.j2"
MOST_ANSWER = 2_000  # characters: a reply of more is read by nobody
ASIDE = {"ignore": inquiries.ignore, "out_of_scope": inquiries.mark_out_of_scope}


@pages.get(ONE, Role.VIEWER)
def get_one(desk: Desk) -> Response:
    """What was asked, what the bot offered, and the entries that may be meant."""
    group = _group(desk)
    if group is None:
        if _row(desk) is None:
            raise Missing
        return desk.done(f"/towns/{desk.here.id}/inbox", "inbox_handled")
    return desk.page(PAGE, **_values(desk, group))


def _row(desk: Desk) -> Inquiry | None:
    number = row_number(desk.path["inquiry"])
    found = desk.session.get(Inquiry, number) if number else None
    return found if found is not None and found.town_id == desk.here.id else None


def _group(desk: Desk) -> InquiryGroup | None:
    number = row_number(desk.path["inquiry"])
    if not number:
        return None
    with store.reading(desk.around.engine) as session:  # a POST's own session would keep writers waiting meanwhile
        return inbox.group_of(session, desk.here.id, desk.knowledge.library.index.lexicon, number)


def _values(desk: Desk, group: InquiryGroup) -> dict[str, Any]:
    words = desk.form.raw("words").strip()[: places.MOST_WORDS]
    sources = select(Source).where(Source.town_id == desk.here.id).order_by(col(Source.id))
    return {
        "group": group,
        "titles": titles(desk, [group]),
        "offers": places.offers(desk.session, desk.knowledge, group.question, words),
        "words": words,
        "sources": [(one.id, one.title) for one in desk.session.exec(sources)],
        "people": people(desk),
        "days": wastebasket.KEPT.days,
    }


@pages.post(f"{ONE}/find", Role.EDITOR, action="inbox.searched")
def post_find(desk: Desk) -> Response:
    """The same page with what the typed words find; a post, so that no resident's word stands in an address."""
    group = _group(desk)
    if group is None:
        return _gone(desk)
    desk.form.text("words", most=places.MOST_WORDS, required=True)
    if desk.form.problems:
        return desk.refuse(PAGE, **_values(desk, group))
    return desk.answer(PAGE, **_values(desk, group))


@pages.post(f"{ONE}/phrasing", Role.EDITOR, action="inbox.phrased")
def post_phrasing(desk: Desk) -> Response:
    """A draft of the chosen entry with the question as a phrasing; goes on to what that wins and loses."""
    open_ones = _still_open(desk)
    phrasing = desk.form.text("phrasing", most=inquiries.LONGEST_PHRASING, required=True)
    place = places.chosen(desk.form.raw("place"))
    if not open_ones:
        return _gone(desk)
    if place is None:
        desk.form.refuse("words", sentence("choose_entry"))
    if desk.form.problems or place is None:
        return _again(desk)
    try:
        key = revisions.entry_key(desk.here.id, place[0])
        revision = inquiries.add_phrasing(
            desk.session, key, phrasing, open_ones, facet=place[1], by=desk.by, now=desk.now
        )
    except BadPhrasing as error:
        desk.form.refuse("phrasing", str(error))
        return _again(desk)
    except (WrongState, NotThere) as error:
        return _again(desk, str(error))
    return _drafted(desk, revision, len(open_ones), "phrasing_added")


@pages.post(f"{ONE}/entry", Role.EDITOR, action="inbox.entered")
def post_entry(desk: Desk) -> Response:
    """The first draft of a new entry that answers the question; goes on to what that wins and loses."""
    open_ones, row = _still_open(desk), _row(desk)
    if not open_ones or row is None:
        return _gone(desk)
    title = desk.form.text("title", most=100, required=True)
    answer = desk.form.text("answer", most=MOST_ANSWER, required=True, lines=True)
    section = desk.form.text("section", most=200, required=True)
    sources = select(Source.id).where(Source.town_id == desk.here.id)
    source = desk.form.one_of("source", desk.session.exec(sources).all())
    if desk.form.problems:
        return _again(desk)
    facet = Facet(name=FacetName.DEFINITION, text=answer, section=section)
    try:
        content = EntryContent(
            id=_free_id(desk, row), kind=Kind.FAQ, title=title, phrasings=(_phrased(row.question),), facets=(facet,)
        )
        revision = inquiries.begin_entry(
            desk.session, desk.here.id, source, content, open_ones, by=desk.by, now=desk.now
        )
    except (WrongState, ValidationError):
        return _again(desk, sentence("entry_not_begun"))
    return _drafted(desk, revision, len(open_ones), "entry_begun")


def _phrased(question: str) -> str:
    return " ".join(question.split())[: inquiries.LONGEST_PHRASING]


def _free_id(desk: Desk, row: Inquiry) -> str:
    """A stable id that no entry of the town has; SQLite may give a deleted inquiry's number again."""
    name = f"faq-{desk.now:%Y%m%d}-{row.id}"
    taken = revisions.entry_key(desk.here.id, name)
    return f"{name}-{desk.now:%H%M%S}" if revisions.is_taken(desk.session, taken) else name


@pages.post(f"{ONE}/aside", Role.EDITOR, action="inbox.set_aside")
def post_aside(desk: Desk) -> Response:
    """Ignores such questions for good, or says that they are none of the bot's matter."""
    open_ones, row = _still_open(desk), _row(desk)
    if not open_ones or row is None:
        return _gone(desk)
    how = desk.form.one_of("how", ASIDE)
    if desk.form.problems:
        return _again(desk)
    try:
        ASIDE[how](desk.session, desk.here.id, row.question, open_ones, by=desk.by, now=desk.now)
    except ValueError as error:  # the town has as many test questions as it may have
        return _again(desk, str(error))
    desk.about(f"質問 {len(open_ones)}件")
    return desk.done(f"/towns/{desk.here.id}/inbox", f"inbox_{how}")


def _still_open(desk: Desk) -> list[int]:
    """Of the inquiries that the page showed, those that nobody has handled in the meantime."""
    shown = numbers(desk)
    found: list[int] = []
    for start in range(0, len(shown), inquiries.AT_ONCE):
        part = shown[start : start + inquiries.AT_ONCE]
        statement = select(Inquiry.id).where(
            Inquiry.town_id == desk.here.id, Inquiry.handled == Handled.OPEN, col(Inquiry.id).in_(part)
        )
        found += [number for number in desk.session.exec(statement) if number]
    return found


def _gone(desk: Desk) -> Response:
    """Somebody was faster: what was typed is shown, so that it is not lost."""
    desk.was_refused = True
    desk.session.rollback()
    typed = [desk.form.raw(name) for name in ("phrasing", "title", "answer") if desk.form.raw(name)]
    return desk.page("inbox/gone.html.j2", 409, typed_before=typed)


def _again(desk: Desk, problem: str = "") -> Response:
    desk.session.rollback()
    group = _group(desk)
    return _gone(desk) if group is None else desk.refuse(PAGE, problem, **_values(desk, group))


def _drafted(desk: Desk, revision: Revision, count: int, said: str) -> Response:
    entry = revision.entry_key.partition("/")[2]
    title = str(revision.content["title"])
    desk.about(title, 質問=f"{count}件")
    path = f"/towns/{desk.here.id}/drafts/check?draft={entry}:{revision.number}"
    return desk.done(path, said, title=title)
