"""Draft → review → published: every change is a revision, and a publication moves the town's revision."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from knowledge import revisions
from knowledge.acting import account_of, is_same
from knowledge.entries import EntryContent
from knowledge.models import Confirmation, Entry, Revision, State, Town

UNPUBLISHED = (State.DRAFT, State.IN_REVIEW)
GONE = (State.WITHDRAWN, State.DISCARDED)


class CrossedEdit(RuntimeError):
    """Another edit came between; nothing was overwritten."""


class WrongState(RuntimeError):
    """What was asked does not fit where the revision or entry stands."""


class NeedsAnother(RuntimeError):
    """This town publishes with two people, and the second one is missing."""


def move_town(session: Session, town_id: str) -> None:
    """Tells every process that the town's published entries changed."""
    session.exec(update(Town).where(col(Town.id) == town_id).values(revision=Town.revision + 1))


def held_entry(session: Session, key: str) -> Entry:
    """The entry, held until the transaction ends: on PostgreSQL a second editor waits here."""
    entry = session.get(Entry, key, with_for_update={"key_share": True}, populate_existing=True)
    if entry is None:
        raise revisions.NotThere("その回答項目はありません。一覧を開き直してください。")
    return entry


def held_revision(session: Session, key: str, number: int) -> tuple[Entry, Revision]:
    """An entry, held as `held_entry` does, and one of its revisions; raises NotThere."""
    return held_entry(session, key), revisions.revision(session, key, number)


def add_revision(
    session: Session,
    key: str,
    content: EntryContent,
    *,
    state: State,
    author: str,
    reason: str,
    bundled: bool = False,
    account: int | None = None,
) -> Revision:
    """Keeps a change of an entry, by whoever acts unless an `account` is given; numbers go up by one from 1."""
    highest = session.exec(select(func.max(Revision.number)).where(Revision.entry_key == key)).one()
    revision = Revision(
        entry_key=key,
        number=(highest or 0) + 1,
        state=state,
        content=content.model_dump(mode="json"),
        bundled=bundled,
        author=author,
        account=account_of(session) if account is None else account,
        reason=reason,
        created_at=datetime.now(UTC),
    )
    session.add(revision)
    stand_at(session.get_one(Entry, key), revision)
    session.flush()
    return revision


def stand_at(entry: Entry, revision: Revision) -> None:
    """The entry repeats what its newest revision says."""
    content = EntryContent.model_validate(revision.content)
    entry.title, entry.departments = content.title, _lines(_departments(content))
    entry.newest_number, entry.newest_state = revision.number, revision.state


def _departments(content: EntryContent) -> dict[str, None]:
    return dict.fromkeys(name for facet in content.facets for name in facet.departments)


def _lines(names: Iterable[str]) -> str:
    """A line each, with a line break on either side, so that one name is found as a whole."""
    return "".join(f"\n{name}" for name in names) + "\n" if names else ""


def _set_state(entry: Entry, revision: Revision, state: State) -> None:
    revision.state = state
    if revision.number == entry.newest_number:
        entry.newest_state = state


def begin_entry(
    session: Session, town_id: str, source_id: str, content: EntryContent, *, author: str, reason: str = ""
) -> Revision:
    """The first draft of an entry that staff add; raises WrongState where its id is taken."""
    key = revisions.entry_key(town_id, content.id)
    # The town is held, so that two who choose the same id do so one after the other.
    session.get_one(Town, town_id, with_for_update={"key_share": True})
    if session.get(Entry, key) is not None:
        raise WrongState("その id の回答項目はもうあります。別の id にしてください。")
    session.add(Entry(key=key, town_id=town_id, source_id=source_id, kind=content.kind))
    session.flush()
    return add_revision(session, key, content, state=State.DRAFT, author=author, reason=reason)


def save_draft(
    session: Session,
    key: str,
    content: EntryContent,
    *,
    based_on: int,
    author: str,
    reason: str = "",
    account: int | None = None,
) -> Revision:
    """A draft over the revision that the editor saw; raises CrossedEdit where a newer one exists."""
    held_entry(session, key)
    newest = revisions.latest(session, key)
    if newest.number != based_on:
        raise CrossedEdit("ほかの人が先に変更しました。変更を見比べてから、もう一度保存してください。")
    return add_revision(session, key, content, state=State.DRAFT, author=author, reason=reason, account=account)


def submit(session: Session, key: str, number: int) -> None:
    """Puts a draft up for review; raises WrongState where the revision is no draft."""
    entry, revision = held_revision(session, key, number)
    if revision.state != State.DRAFT:
        raise WrongState("承認を頼めるのは下書きだけです。履歴を開き直してください。")
    _set_state(entry, revision, State.IN_REVIEW)


def send_back(session: Session, key: str, number: int, *, by: str, why: str) -> Revision:
    """A revision in review becomes a draft again, by its own author; who sent it back and why stand in its reason.

    Raises WrongState where it is not in review, and CrossedEdit where a newer revision exists.
    """
    entry, revision = held_revision(session, key, number)
    if revision.state != State.IN_REVIEW:
        raise WrongState("差し戻せるのは、承認待ちのものだけです。一覧を開き直してください。")
    content = EntryContent.model_validate(revision.content)
    reason = f"差し戻し（{by}）：{why}"
    author, account = revision.author, revision.account
    draft = save_draft(session, key, content, based_on=number, author=author, reason=reason, account=account)
    _set_state(entry, revision, State.DRAFT)
    return draft


def publish(session: Session, key: str, number: int, *, by: str = "") -> None:
    """Answers residents from this revision, from the next second on; `by` is who approves it.

    Raises WrongState where it is no draft (any more) or older than what is published: `restore` brings that back.
    Raises NeedsAnother where the town publishes with two people and the approver wrote it, or nobody is named.
    """
    entry, revision = held_revision(session, key, number)
    check_approval(session, entry, revision, by)
    if revision.state not in UNPUBLISHED:
        raise WrongState("この版はもう公開されたか、取り下げられています。履歴を開き直してください。")
    if number < (entry.published_number or 0):
        raise WrongState("これより新しい版が公開されています。古い版は「戻す」で下書きにしてください。")
    _set_state(entry, revision, State.PUBLISHED)
    entry.published_number = number
    entry.kind = str(revision.content["kind"])
    move_town(session, entry.town_id)


def check_approval(session: Session, entry: Entry, revision: Revision, by: str) -> None:
    """Raises NeedsAnother where two people are needed and whoever acts is nobody else than the author."""
    if not session.get_one(Town, entry.town_id).two_people:
        return
    if not by or is_same(account_of(session), by, revision.account, revision.author):
        raise NeedsAnother("この自治体では、書いた人とは別の人が公開します。ほかの承認者に頼んでください。")


def withdraw(session: Session, key: str, *, author: str, reason: str) -> None:
    """Stops answering from the entry; its revisions stay."""
    entry = held_entry(session, key)
    if entry.published_number is None:
        return
    content = EntryContent.model_validate(revisions.revision(session, key, entry.published_number).content)
    add_revision(session, key, content, state=State.WITHDRAWN, author=author, reason=reason)
    entry.published_number = None
    move_town(session, entry.town_id)


def restore(session: Session, key: str, number: int, *, author: str, reason: str) -> Revision:
    """A new draft with an older revision's content."""
    content = EntryContent.model_validate(revisions.revision(session, key, number).content)
    return save_draft(
        session, key, content, based_on=revisions.latest(session, key).number, author=author, reason=reason
    )


def confirm(session: Session, key: str, *, on: date, by: str) -> None:
    """Staff say that what is published is still true; the reply shows the month. Raises WrongState."""
    entry = held_entry(session, key)
    if entry.published_number is None:
        raise WrongState("公開されていない回答項目は確認できません。先に公開してください。")
    session.add(Confirmation(entry_key=key, number=entry.published_number, on=on, by=by))
    move_town(session, entry.town_id)
