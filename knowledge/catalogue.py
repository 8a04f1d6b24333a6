"""回答項目の一覧: a town's entries filtered and in pages, without reading what they say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from knowledge import asked, confirming
from knowledge.asked import AskedCount
from knowledge.models import Entry, State
from knowledge.revisions import entry_key

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What is looked for; what is empty does not count. `status`: a State, or "unpublished" or "changed".
    Entries of which there never was more than a discarded draft are listed under that status alone.

    `found` are ids by the bot's own engine, the best first: the list then keeps their order.
    """

    kind: str = ""
    department: str = ""
    owner: str = ""
    status: str = ""
    text: str = ""
    found: Sequence[str] | None = None
    due: bool = False
    never_asked: bool = False
    voted_down: bool = False


@dataclass(frozen=True)
class Row:
    """An entry as it stands in the list; `changed`: it is published, and a newer draft waits."""

    key: str
    title: str
    kind: str
    departments: tuple[str, ...]
    owner: str
    state: str
    published: bool
    changed: bool
    valid_from: date | None
    valid_until: date | None
    count: AskedCount


@dataclass(frozen=True)
class Page:
    """One page of the list, and how many entries there are on all pages."""

    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int


def page(session: Session, town_id: str, wanted: Filter, on: date, number: int = 1, size: int = PAGE) -> Page:
    """A page (from 1) of the entries that meet the filter on a day in Asia/Tokyo; a page too far is the last one."""
    counts = asked.counts(session, town_id)
    where = [col(Entry.town_id) == town_id, *_conditions(session, town_id, wanted, on, counts)]
    total = session.exec(select(func.count()).select_from(Entry).where(*where)).one()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    places = {entry_key(town_id, key): place for place, key in enumerate(wanted.found or ())}
    statement = select(Entry).where(*where).order_by(col(Entry.title), col(Entry.key))
    if wanted.found is None:
        entries = session.exec(statement.offset((number - 1) * size).limit(size)).all()
    else:  # the engine finds a few dozen at most
        ranked = sorted(session.exec(statement), key=lambda entry: places.get(entry.key, len(places)))
        entries = ranked[(number - 1) * size : number * size]
    return Page(tuple(_row(entry, counts) for entry in entries), total, number, pages)


def _conditions(
    session: Session, town_id: str, wanted: Filter, on: date, counts: Mapping[str, AskedCount]
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(col(Entry.kind) == wanted.kind)
    if wanted.department:
        found.append(col(Entry.departments).contains(f"\n{wanted.department}\n", autoescape=True))
    if wanted.owner:
        found.append(col(Entry.owner) == wanted.owner)
    if wanted.status:
        found.append(_status(wanted.status))
    if wanted.status != State.DISCARDED:
        found.append(col(Entry.newest_state) != State.DISCARDED)
    if wanted.text or wanted.found is not None:
        keys = [entry_key(town_id, key) for key in wanted.found or ()]
        titled = [col(Entry.title).icontains(wanted.text, autoescape=True)] if wanted.text else []
        found.append(or_(col(Entry.key).in_(keys), *titled))
    if wanted.due:
        found.append(confirming.is_due(session, town_id, on))
    if wanted.never_asked:
        found.append(col(Entry.published_number).is_not(None))
        found.append(col(Entry.key).not_in(_keys(town_id, counts)))
    if wanted.voted_down:
        down = {key: count for key, count in counts.items() if count.unhelpful}
        found.append(col(Entry.key).in_(_keys(town_id, down)))
    return found


def _keys(town_id: str, ids: Collection[str]) -> list[str]:
    return [entry_key(town_id, key) for key in ids]


def _status(status: str) -> ColumnElement[bool]:
    match status:
        case State.PUBLISHED:
            return col(Entry.published_number).is_not(None)
        case "unpublished":
            return col(Entry.published_number).is_(None)
        case "changed":
            waiting = col(Entry.newest_state).in_([State.DRAFT, State.IN_REVIEW])
            return waiting & col(Entry.published_number).is_not(None)
        case _:
            return col(Entry.newest_state) == status


def _row(entry: Entry, counts: Mapping[str, AskedCount]) -> Row:
    published = entry.published_number is not None
    return Row(
        key=entry.key,
        title=entry.title,
        kind=entry.kind,
        departments=tuple(entry.departments.split("\n")[1:-1]),
        owner=entry.owner,
        state=entry.newest_state,
        published=published,
        changed=published and entry.newest_state in (State.DRAFT, State.IN_REVIEW),
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        count=counts.get(entry.key.partition("/")[2], AskedCount()),
    )


def departments(session: Session, town_id: str) -> list[str]:
    """The departments that the town's entries name, for the filter."""
    rows = session.exec(select(Entry.departments).where(Entry.town_id == town_id).distinct())
    return sorted({name for row in rows for name in row.split("\n") if name})
