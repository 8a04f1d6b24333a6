"""辞書: the town's own groups of words that mean the same, tried before they are kept."""

import re
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select
from starlette.responses import Response

from admin import checks
from admin.desk import Desk, Missing
from admin.entry import town_knowledge
from admin.forms import row_number, sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.wording import Effect, Known, effect, known
from knowledge import publishing
from knowledge.days import today
from knowledge.lexicon import Group
from knowledge.models import LexiconGroup, Town
from knowledge.names import fold
from knowledge.text import analyse

pages = Pages()
LIST, ONE = f"{TOWN}/words", f"{TOWN}/words/{{group}}"
LIST_PAGE, ONE_PAGE = "words/list.html.j2", "words/one.html.j2"
NAMES = ("words", "note")
MOST_WORDS, LONGEST_WORD = 30, 40
LEAST_WORDS = 2
BETWEEN = re.compile("[\n、，,]")


@pages.get(LIST, Role.VIEWER)
def get_words(desk: Desk) -> Response:
    """All groups of the town, and a look at what is known of a word."""
    word = " ".join(desk.query.get("word", "").split())[:LONGEST_WORD]
    found = known(word, town_knowledge(desk)) if word else None
    return desk.page(LIST_PAGE, groups=_of_town(desk.session, desk.here.id), word=word, found=found)


@pages.get(f"{LIST}/new", Role.APPROVER)
def get_new(desk: Desk) -> Response:
    """The form for a new group."""
    return desk.page(ONE_PAGE, **_values(None))


@pages.get(ONE, Role.APPROVER)
def get_one(desk: Desk) -> Response:
    """One group, to be changed."""
    return desk.page(ONE_PAGE, **_values(_named(desk)))


def _values(group: LexiconGroup | None, looks: Sequence[Known] = (), tried: Effect | None = None) -> dict[str, Any]:
    mark = checks.mark(group, NAMES) if group else ""
    return {"group": group, "mark": mark, "looks": looks, "tried": tried}


@pages.post(LIST, Role.APPROVER, action="words.added")
def post_words(desk: Desk) -> Response:
    """A new group; with the other button only a look at what it would do."""
    words = _read(desk, None)
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **_values(None))
    note = desk.form.raw("note").strip()
    if desk.form.raw("do") == "try":
        return _look(desk, None, words)
    desk.session.add(LexiconGroup(town_id=desk.here.id, words=words, note=note))
    return _done(desk, "words_saved", words)


@pages.post(ONE, Role.APPROVER, action="words.changed")
def post_one(desk: Desk) -> Response:
    """Other words; another's change that came between is shown, not overwritten."""
    group = _named(desk)
    words = _read(desk, group)
    if desk.form.problems:
        return desk.refuse(ONE_PAGE, **_values(group))
    if desk.form.raw("do") == "try":
        return _look(desk, group, words)
    if desk.form.raw("mark") != checks.mark(group, NAMES):
        now = "、".join(group.words)
        return desk.refuse(ONE_PAGE, sentence("crossed", what=now), 409, **_values(_named(desk)))
    group.words, group.note = words, desk.form.raw("note").strip()
    return _done(desk, "words_saved", words)


@pages.post(f"{ONE}/delete", Role.APPROVER, action="words.deleted")
def post_delete(desk: Desk) -> Response:
    """Takes a group away."""
    group = _named(desk)
    desk.session.delete(group)
    return _done(desk, "words_deleted", group.words)


def _named(desk: Desk) -> LexiconGroup:
    number = row_number(desk.path["group"])
    found = desk.session.get(LexiconGroup, number, with_for_update=desk.request.method == "POST") if number else None
    if found is None or found.town_id != desk.here.id:
        raise Missing
    return found


def _of_town(session: Session, town_id: str) -> list[LexiconGroup]:
    groups = select(LexiconGroup).where(LexiconGroup.town_id == town_id)
    return list(session.exec(groups.order_by(col(LexiconGroup.id))))


def _read(desk: Desk, group: LexiconGroup | None) -> list[str]:
    """The typed words, each once; what cannot serve as one is noted."""
    form = desk.form
    lines = BETWEEN.split(form.text("words", most=MOST_WORDS * (LONGEST_WORD + 1), lines=True))
    words = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
    form.text("note")
    form.text("question")
    if len({fold(word) for word in words}) < LEAST_WORDS:
        form.refuse("words", sentence("words_few"))
    if len(words) > MOST_WORDS:
        form.refuse("words", sentence("words_many", most=MOST_WORDS))
    others = [one for one in _of_town(desk.session, desk.here.id) if group is None or one.id != group.id]
    taken = {fold(word) for other in others for word in other.words}
    for word in words:
        if len(word) > LONGEST_WORD:
            form.refuse("words", sentence("line_too_long", most=LONGEST_WORD, start=word[:20]))
        if not analyse(word).words:
            form.refuse("words", sentence("words_empty", word=word))
        if fold(word) in taken:
            form.refuse("words", sentence("words_taken", word=word))
    return words


def _look(desk: Desk, group: LexiconGroup | None, words: list[str]) -> Response:
    """What is known of each word, and what the question's reply would become."""
    town, question = town_knowledge(desk), desk.form.raw("question").strip()
    tried = None
    if question:
        kept = [one for one in _of_town(desk.session, desk.here.id) if group is None or one.id != group.id]
        own = [*(Group(tuple(one.words), one.note) for one in kept), Group(tuple(words))]
        tried = effect(desk.session, town, desk.session.get_one(Town, desk.here.id), own, question, today())
    looks = [known(word, town) for word in words]
    return desk.refuse(ONE_PAGE, status=200, **_values(group, looks, tried))


def _done(desk: Desk, key: str, words: list[str]) -> Response:
    desk.session.flush()
    publishing.move_town(desk.session, desk.here.id)
    desk.about("、".join(words))
    return desk.done(f"/towns/{desk.here.id}/words", key)
