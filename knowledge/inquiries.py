"""What staff do with inquiries: into an entry's phrasings, into a new entry, aside for good, to a colleague."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from knowledge import exam, publishing, revisions
from knowledge.curation import InboxRule
from knowledge.entries import EntryContent, FacetName
from knowledge.models import Handled, Inquiry, Revision
from knowledge.publishing import WrongState

LONGEST_PHRASING = 200  # characters; what is longer is a story and finds nothing
OUT_OF_SCOPE = "対象外とした質問"  # the note of the test question that comes with the rule
AT_ONCE = 500  # inquiries in one statement: databases bound the number of values


class BadPhrasing(ValueError):
    """A phrasing that cannot be taken in; the sentence is for staff."""


def add_phrasing(
    session: Session,
    key: str,
    phrasing: str,
    inquiries: Sequence[int],
    *,
    facet: tuple[FacetName, str] | None,
    by: str,
    now: datetime,
) -> Revision:
    """A draft of the entry with the phrasing, of one facet (name, about) or of the whole; the inquiries are handled.

    Raises BadPhrasing, WrongState where the entry was withdrawn, and NotThere.
    """
    entry = publishing.held_entry(session, key)
    newest = revisions.latest(session, key)
    if newest.state in publishing.GONE:
        raise WrongState("この回答項目は公開をやめたか、捨てています。別の項目を選ぶか、履歴から戻してください。")
    content = with_phrasing(EntryContent.model_validate(newest.content), phrasing, facet)
    revision = publishing.save_draft(
        session, key, content, based_on=newest.number, author=by, reason="未解決の質問から言い換えを追加"
    )
    _handle(session, entry.town_id, inquiries, Handled.PHRASED, by=by, now=now, entry_key=key)
    return revision


def with_phrasing(content: EntryContent, phrasing: str, facet: tuple[FacetName, str] | None) -> EntryContent:
    """The entry with one phrasing more; raises BadPhrasing."""
    said = " ".join(phrasing.split())
    if not said:
        raise BadPhrasing("言い換えが空です。質問の文を入れてください。")
    if len(said) > LONGEST_PHRASING:
        raise BadPhrasing(f"言い換えが{len(said)}字あります。{LONGEST_PHRASING}字までに短くしてください。")
    if said in (*content.phrasings, *(p for f in content.facets for p in f.phrasings)):
        raise BadPhrasing("その言い換えは、この回答項目にもうあります。")
    if facet is None:
        return content.model_copy(update={"phrasings": (*content.phrasings, said)})
    if all((one.name, one.about) != facet for one in content.facets):
        raise BadPhrasing("その切り口はもうありません。回答項目を開き直してください。")
    facets = (
        one.model_copy(update={"phrasings": (*one.phrasings, said)}) if (one.name, one.about) == facet else one
        for one in content.facets
    )
    return content.model_copy(update={"facets": tuple(facets)})


def begin_entry(
    session: Session,
    town_id: str,
    source_id: str,
    content: EntryContent,
    inquiries: Sequence[int],
    *,
    by: str,
    now: datetime,
) -> Revision:
    """The first draft of a new entry that answers the inquiries; raises WrongState where its id is taken."""
    revision = publishing.begin_entry(session, town_id, source_id, content, author=by, reason="未解決の質問から作成")
    _handle(session, town_id, inquiries, Handled.ENTERED, by=by, now=now, entry_key=revision.entry_key)
    return revision


def ignore(session: Session, town_id: str, question: str, inquiries: Sequence[int], *, by: str, now: datetime) -> None:
    """Takes a group out of the inbox for good: what is like `question` does not come back."""
    _keep_rule(session, town_id, question, Handled.IGNORED, by, now)
    _handle(session, town_id, inquiries, Handled.IGNORED, by=by, now=now)


def mark_out_of_scope(
    session: Session, town_id: str, question: str, inquiries: Sequence[int], *, by: str, now: datetime
) -> None:
    """As `ignore`, and from now on a test question sees to it that the bot admits that it does not know."""
    _keep_rule(session, town_id, question, Handled.OUT_OF_SCOPE, by, now)
    exam.keep_question(session, town_id, question, entry="", by=by, note=OUT_OF_SCOPE, now=now)
    _handle(session, town_id, inquiries, Handled.OUT_OF_SCOPE, by=by, now=now)


def _keep_rule(session: Session, town_id: str, question: str, handled: Handled, by: str, now: datetime) -> None:
    statement = select(InboxRule).where(InboxRule.town_id == town_id, InboxRule.question == question)
    rule = session.exec(statement).first() or InboxRule(
        town_id=town_id, question=question, handled=handled, by=by, at=now
    )
    rule.handled, rule.by, rule.at = handled, by, now
    session.add(rule)
    session.flush()


def rules(session: Session, town_id: str) -> Sequence[InboxRule]:
    """What the town's inbox no longer shows, the newest first."""
    statement = select(InboxRule).where(InboxRule.town_id == town_id).order_by(col(InboxRule.at).desc())
    return session.exec(statement).all()


def lift_rule(session: Session, town_id: str, number: int) -> None:
    """Shows such inquiries again, those that were set aside with the rule and those that came since.

    The test question that came with it goes too, unless staff changed it.
    """
    rule = session.get(InboxRule, number)
    if rule is None or rule.town_id != town_id:
        return
    aside = (col(Inquiry.town_id) == town_id, col(Inquiry.handled) == rule.handled)
    meant = or_(col(Inquiry.handled_at) == rule.at, col(Inquiry.question) == rule.question)
    again = {"handled": Handled.OPEN, "handled_by": "", "handled_at": None}
    session.exec(update(Inquiry).where(*aside, meant).values(**again))
    for one in exam.questions(session, town_id):
        if (one.question, one.note, one.entry) == (" ".join(rule.question.split()), OUT_OF_SCOPE, ""):
            session.delete(one)
    session.delete(rule)


def assign(session: Session, town_id: str, inquiries: Sequence[int], assignee: str, account: int = 0) -> None:
    """Gives inquiries to a member of staff, by account and with the name that is shown; empty takes them back."""
    for part in _parts(inquiries):
        given = update(Inquiry).where(_chosen(town_id, part))
        session.exec(given.values(assignee=assignee, assignee_account=account))


def rename_assignee(session: Session, town_id: str, account: int, name: str) -> None:
    """Shows a colleague's new name at the inquiries that they were given."""
    theirs = (col(Inquiry.town_id) == town_id, col(Inquiry.assignee_account) == account)
    session.exec(update(Inquiry).where(*theirs).values(assignee=name))


def _handle(
    session: Session,
    town_id: str,
    inquiries: Sequence[int],
    handled: Handled,
    *,
    by: str,
    now: datetime,
    entry_key: str = "",
) -> None:
    values = {"handled": handled, "handled_by": by, "handled_at": now, "entry_key": entry_key}
    for part in _parts(inquiries):
        session.exec(update(Inquiry).where(_chosen(town_id, part)).values(**values))


def _parts(inquiries: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(inquiries), AT_ONCE):
        yield inquiries[start : start + AT_ONCE]


def _chosen(town_id: str, inquiries: Sequence[int]) -> ColumnElement[bool]:
    """Only the town's own: another town's numbers change nothing."""
    return and_(col(Inquiry.town_id) == town_id, col(Inquiry.id).in_(inquiries))
