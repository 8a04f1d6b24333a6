"""集計: how many questions came, how they ended, when and by which channel; no resident's word is in it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlmodel import Session, col

from knowledge.models import Conversation, Turn

Name = TypeVar("Name", bound=Hashable)
TOKYO = ZoneInfo("Asia/Tokyo")
HOURS = range(24)
WEEKDAYS = range(7)  # Monday is 0
MOST_ENTRIES = 20


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included, in Asia/Tokyo."""

    first: date
    last: date

    def days(self) -> list[date]:
        """Every day of the span."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def bounds(self) -> tuple[datetime, datetime]:
        """The span's beginning, and the end that is no longer part of it."""
        begin, end = (datetime.combine(day, time(), TOKYO) for day in (self.first, self.last + timedelta(days=1)))
        return begin.astimezone(UTC), end.astimezone(UTC)


@dataclass(frozen=True)
class EntryCount:
    """An entry that answered, by its id in its town, and the votes on those answers."""

    entry: str
    answers: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True)
class Usage:
    """The figures of a span; `by_…` hold every channel, kind, day, weekday and hour, with 0 where nothing came."""

    span: Span
    questions: int
    conversations: int
    kinds: Mapping[str, int]
    channels: Mapping[str, int]
    helpful: int
    unhelpful: int
    by_day: Mapping[date, Mapping[str, int]]
    by_hour: Mapping[int, int]
    by_weekday: Mapping[int, int]
    entries: Sequence[EntryCount]

    def share(self, kind: str) -> float:
        """The share of a kind of reply in all questions but notices, 0 to 1; greetings and emergencies do not count."""
        asked = sum(count for name, count in self.kinds.items() if name != "notice")
        return self.kinds.get(kind, 0) / asked if asked else 0.0


KINDS = ("answer", "choices", "unknown", "notice")
CHANNELS = ("web", "line")


@dataclass(frozen=True)
class _Row:
    """What is read of a turn."""

    conversation: str
    kind: str
    parts: Sequence[str]
    helpful: bool | None
    at: datetime
    channel: str


def usage(session: Session, town_id: str, span: Span) -> Usage:
    """A town's figures; they reach back as far as the town keeps its turns."""
    rows = _rows(session, town_id, span)
    local = [(row, row.at.astimezone(TOKYO)) for row in rows]
    days: dict[date, Counter[str]] = {day: Counter(dict.fromkeys(KINDS, 0)) for day in span.days()}
    for row, at in local:
        days[at.date()][row.kind] += 1
    return Usage(
        span=span,
        questions=len(rows),
        conversations=len({row.conversation for row in rows}),
        kinds=_counted((row.kind for row in rows), KINDS),
        channels=_counted((row.channel for row in rows), CHANNELS),
        helpful=sum(row.helpful is True for row in rows),
        unhelpful=sum(row.helpful is False for row in rows),
        by_day=days,
        by_hour=_counted((at.hour for _, at in local), HOURS),
        by_weekday=_counted((at.weekday() for _, at in local), WEEKDAYS),
        entries=_entries(rows),
    )


def _counted(found: Iterable[Name], names: Iterable[Name]) -> dict[Name, int]:
    """How often each comes, in the order of `names`, 0 where it never does."""
    return {**dict.fromkeys(names, 0), **Counter(found)}


def _rows(session: Session, town_id: str, span: Span) -> list[_Row]:
    begin, end = span.bounds()
    columns = (Turn.conversation_id, Turn.kind, Turn.parts, Turn.helpful, Turn.created_at, Conversation.channel)
    statement = (
        sqlalchemy.select(*map(col, columns))
        .join(Conversation, col(Conversation.id) == Turn.conversation_id)
        .where(col(Conversation.town_id) == town_id, col(Turn.created_at) >= begin, col(Turn.created_at) < end)
    )
    return [_Row(*row) for row in session.execute(statement)]


def _entries(rows: Sequence[_Row]) -> list[EntryCount]:
    """The entries that answered most, the most frequent first."""
    answers: Counter[str] = Counter()
    votes: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        for entry in {str(part).partition("#")[0] for part in row.parts}:
            answers[entry] += 1
            if row.helpful is not None:
                votes[entry, row.helpful] += 1
    ranked = sorted(answers.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ENTRIES]
    return [EntryCount(entry, count, votes[entry, True], votes[entry, False]) for entry, count in ranked]
