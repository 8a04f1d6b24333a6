"""Counts of turns by hour, channel, kind and entry: of those that are kept, and of those that were erased."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from knowledge.curation import EntryTally, Tally
from knowledge.days import TOKYO
from knowledge.models import Conversation, Turn


class Hour(NamedTuple):
    """Where a turn is counted: the hour of a day in Asia/Tokyo, the channel, and the kind of reply."""

    day: date
    hour: int
    channel: str
    kind: str


Count = Literal["questions", "begun", "helpful", "unhelpful"]
EntryCount = Literal["answers", "helpful", "unhelpful"]


@dataclass
class Counts:
    """Counts by hour and, for answers, by day and entry."""

    hours: Counter[tuple[Hour, Count]]
    entries: Counter[tuple[date, str, EntryCount]]

    def add(self, other: "Counts") -> None:
        """Adds other counts to these."""
        self.hours.update(other.hours)
        self.entries.update(other.entries)


@dataclass(frozen=True)
class _Row:
    """What is read of a turn."""

    number: int
    kind: str
    parts: Sequence[str]
    helpful: bool | None
    at: datetime
    channel: str


def of_turns(session: Session, town_id: str, *limits: ColumnElement[bool]) -> Counts:
    """Counts of the turns that are kept and lie within the limits."""
    columns = (Turn.number, Turn.kind, Turn.parts, Turn.helpful, Turn.created_at, Conversation.channel)
    statement = (
        sqlalchemy.select(*map(col, columns))
        .join(Conversation, col(Conversation.id) == Turn.conversation_id)
        .where(col(Conversation.town_id) == town_id, *limits)
    )
    return _counted(_Row(*row) for row in session.execute(statement))


def _counted(rows: Iterable[_Row]) -> Counts:
    counts = Counts(Counter(), Counter())
    for row in rows:
        at = row.at.astimezone(TOKYO)
        hour = Hour(at.date(), at.hour, row.channel, row.kind)
        counts.hours[hour, "questions"] += 1
        counts.hours[hour, "begun"] += row.number == 1
        for entry in {str(part).partition("#")[0] for part in row.parts}:
            counts.entries[hour.day, entry, "answers"] += 1
            if row.helpful is not None:
                counts.entries[hour.day, entry, "helpful" if row.helpful else "unhelpful"] += 1
        if row.helpful is not None:
            counts.hours[hour, "helpful" if row.helpful else "unhelpful"] += 1
    return counts


def of_erased(session: Session, town_id: str, first: date, last: date) -> Counts:
    """Counts of the turns of these days that were erased after the town's retention time."""
    counts = Counts(Counter(), Counter())
    hours = select(Tally).where(Tally.town_id == town_id, col(Tally.day).between(first, last))
    for row in session.exec(hours):
        hour = Hour(row.day, row.hour, row.channel, row.kind)
        for name in ("questions", "begun", "helpful", "unhelpful"):
            counts.hours[hour, name] += getattr(row, name)
    entries = select(EntryTally).where(EntryTally.town_id == town_id, col(EntryTally.day).between(first, last))
    for one in session.exec(entries):
        for field in ("answers", "helpful", "unhelpful"):
            counts.entries[one.day, one.entry, field] += getattr(one, field)
    return counts


def keep(session: Session, town_id: str, before: datetime) -> None:
    """Adds the turns of before to the tallies; they are to be erased in the same transaction, or count twice."""
    counts = of_turns(session, town_id, col(Turn.created_at) < before)
    for (hour, name), count in counts.hours.items():
        key = {"town_id": town_id, **hour._asdict()}
        row = session.get(Tally, tuple(key.values())) or Tally(**key)
        setattr(row, name, getattr(row, name) + count)
        session.add(row)
    for (day, entry, field), count in counts.entries.items():
        one = session.get(EntryTally, (town_id, day, entry)) or EntryTally(town_id=town_id, day=day, entry=entry)
        setattr(one, field, getattr(one, field) + count)
        session.add(one)
    session.flush()
