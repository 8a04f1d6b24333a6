"""公開前の下書き: which revisions of a town wait, those that staff chose, and what they would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from admin.forms import row_number
from bot.town import TownKnowledge
from bot.trials import Trial, questions, trial
from knowledge import differences, publishing, readability, revisions
from knowledge.acting import is_same
from knowledge.differences import Difference
from knowledge.entries import EntryContent
from knowledge.models import Entry, Revision
from knowledge.publications import Draft
from knowledge.readability import Hint

MOST = 100  # chosen together: their names stand in an address, and proxies take 8 KB


@dataclass(frozen=True)
class Waiting:
    """A draft or a revision in review that is the newest of its entry."""

    entry: Entry
    revision: Revision

    @property
    def id(self) -> str:
        """The entry's id in its town."""
        return self.entry.key.partition("/")[2]

    @property
    def value(self) -> str:
        """How an address or a form names it: id and number."""
        return f"{self.id}:{self.revision.number}"

    @property
    def draft(self) -> Draft:
        """As the publications name it."""
        return Draft(self.entry.key, self.revision.number)

    @property
    def content(self) -> EntryContent:
        """What it says."""
        return EntryContent.model_validate(self.revision.content)


@dataclass(frozen=True)
class Checked:
    """What a draft changes against what is published, and the hints on what is hard to read.

    `others` wrote drafts that this one goes on from: what they changed is published with it.
    """

    waiting: Waiting
    is_new: bool
    differences: tuple[Difference, ...]
    hints: tuple[Hint, ...]
    others: tuple[str, ...]


def waiting(session: Session, town_id: str) -> list[Waiting]:
    """All that waits in a town, the newest first."""
    statement = (
        select(Entry, Revision)
        .join(Revision, (col(Revision.entry_key) == Entry.key) & (col(Revision.number) == Entry.newest_number))
        .where(Entry.town_id == town_id, col(Revision.state).in_(publishing.UNPUBLISHED))
        .order_by(col(Revision.id).desc())
    )
    return [Waiting(entry, revision) for entry, revision in session.exec(statement)]


def chosen(session: Session, town_id: str, values: Iterable[str]) -> tuple[list[Waiting], bool]:
    """The drafts that an address or a form names ("id:number"), and whether every one of them still waits.

    What was published, changed again or withdrawn in the meantime is left out.
    """
    found: list[Waiting] = []
    wanted = list(dict.fromkeys(values))[:MOST]
    for value in wanted:
        entry_id, _, number = value.rpartition(":")
        entry = session.get(Entry, revisions.entry_key(town_id, entry_id))
        if entry is None or entry.newest_number != row_number(number):
            continue
        newest = revisions.latest(session, entry.key)
        if newest.state in publishing.UNPUBLISHED:
            found.append(Waiting(entry, newest))
    return found, len(found) == len(wanted)


def check(session: Session, one: Waiting) -> Checked:
    """What one draft changes."""
    number, content = one.entry.published_number, one.content
    before = revisions.content_of(session, one.entry.key, number) if number else None
    changed = differences.compare(before, content)
    return Checked(one, before is None, tuple(changed), tuple(readability.hints(content)), _others(session, one))


def _others(session: Session, one: Waiting) -> tuple[str, ...]:
    since = one.entry.published_number or 0
    rows = revisions.history(session, one.entry.key)
    mine = (one.revision.account, one.revision.author)
    between = [row for row in rows if since < row.number < one.revision.number and row.author]
    return tuple(dict.fromkeys(row.author for row in between if not is_same(*mine, row.account, row.author)))


def try_out(session: Session, town: TownKnowledge, chosen: Iterable[Waiting]) -> Trial:
    """The town's questions before and after these drafts; 500 questions in under 2 s."""
    return trial(questions(session, town.library.town.id), town, [one.content for one in chosen])


def entry_titles(session: Session, town_id: str, ids: Iterable[str]) -> dict[str, str]:
    """The titles of a town's entries by id; ids that are no entry's are left out."""
    keys = sorted({revisions.entry_key(town_id, one) for one in ids})
    rows = session.exec(select(Entry.key, Entry.title).where(col(Entry.key).in_(keys)))
    return {key.partition("/")[2]: title for key, title in rows}
