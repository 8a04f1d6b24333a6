"""集計: how many questions came, how they ended, when and by which channel; no resident's word is in it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from sqlmodel import Session, col

from knowledge import tallies
from knowledge.days import TOKYO
from knowledge.models import Turn
from knowledge.tallies import Count, Counts

Name = TypeVar("Name", bound=Hashable)
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
    """The figures of a span; `conversations` are those begun in it.

    `by_…` hold every channel, kind, day, weekday and hour, with 0 where nothing came.
    """

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


def usage(session: Session, town_id: str, span: Span) -> Usage:
    """A town's figures, those of turns that were erased after the retention time included."""
    begin, end = span.bounds()
    counts = tallies.of_turns(session, town_id, col(Turn.created_at) >= begin, col(Turn.created_at) < end)
    counts.add(tallies.of_erased(session, town_id, span.first, span.last))
    asked = {hour: count for (hour, name), count in counts.hours.items() if name == "questions"}
    days: dict[date, Counter[str]] = {day: Counter(dict.fromkeys(KINDS, 0)) for day in span.days()}
    for hour, count in asked.items():
        days[hour.day][hour.kind] += count
    return Usage(
        span=span,
        questions=sum(asked.values()),
        conversations=_sum(counts, "begun"),
        kinds=_by(((hour.kind, count) for hour, count in asked.items()), KINDS),
        channels=_by(((hour.channel, count) for hour, count in asked.items()), CHANNELS),
        helpful=_sum(counts, "helpful"),
        unhelpful=_sum(counts, "unhelpful"),
        by_day=days,
        by_hour=_by(((hour.hour, count) for hour, count in asked.items()), HOURS),
        by_weekday=_by(((hour.day.weekday(), count) for hour, count in asked.items()), WEEKDAYS),
        entries=_entries(counts),
    )


def _by(found: Iterable[tuple[Name, int]], names: Iterable[Name]) -> dict[Name, int]:
    """The counts added up, in the order of `names`, 0 where nothing came."""
    sums = dict.fromkeys(names, 0)
    for name, count in found:
        sums[name] = sums.get(name, 0) + count
    return sums


def _sum(counts: Counts, name: Count) -> int:
    return sum(count for (_, other), count in counts.hours.items() if other == name)


def _entries(counts: Counts) -> list[EntryCount]:
    """The entries that answered most, the most frequent first."""
    sums: Counter[tuple[str, str]] = Counter()
    for (_, entry, field), count in counts.entries.items():
        sums[entry, field] += count
    answers = sorted((-count, entry) for (entry, field), count in sums.items() if field == "answers")
    return [
        EntryCount(entry, -count, sums[entry, "helpful"], sums[entry, "unhelpful"])
        for count, entry in answers[:MOST_ENTRIES]
    ]
