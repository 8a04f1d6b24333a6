"""What the builder finds in a plan: the plan itself, terms, measures, figures, lists, and what it doubts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something stands: heading path, first and last line of the source, page where the format has pages."""

    path: tuple[str, ...]
    line: int
    last: int
    page: int | None = None


@dataclass(frozen=True)
class Term:
    """A word that the plan explains, with its other names; `spelled` is an abbreviation spelled out, "" where none."""

    term: str
    aliases: tuple[str, ...]
    definition: str
    place: Place
    spelled: str = ""


@dataclass(frozen=True)
class ScheduleRow:
    """A line of a fiscal-year chart: "R4" → what the cell says; `uncertain` years may be merged or lost cells."""

    item: str
    years: dict[str, str]
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """What the plan says the town will do; `proposed` is the name as it may be meant where the scan garbled it."""

    name: str
    place: Place
    group: str = ""
    departments: tuple[str, ...] = ()
    situation: str = ""
    goal: str = ""
    actions: tuple[str, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    proposed: str = ""


@dataclass(frozen=True)
class Figure:
    """A number that the plan states, with its date ("" where the plan gives none).

    `scope` is whose number it is: "" the town's own, 国, 県, or 他 for other towns.
    """

    what: str
    value: str
    as_of: str
    place: Place
    scope: str = ""


@dataclass(frozen=True)
class Listed:
    """An enumeration with a name; `scope` as in `Figure`."""

    what: str
    items: tuple[str, ...]
    place: Place
    scope: str = ""


@dataclass(frozen=True)
class Doubt:
    """What may be wrong: what is printed, what is proposed ("" where only staff can tell), and why (Japanese)."""

    line: int
    printed: str
    proposal: str
    why: str


@dataclass(frozen=True)
class Facts:
    """What a plan says of itself; months as YYYY-MM, "" where it does not say."""

    title: str
    town: str
    edition: str
    published: str
    period_from: str
    period_to: str
    bodies: tuple[str, ...]
    laws: tuple[str, ...]


@dataclass(frozen=True)
class Findings(Facts):
    """All that was found: the plan's own facts and what it holds."""

    terms: tuple[Term, ...]
    measures: tuple[Measure, ...]
    figures: tuple[Figure, ...]
    lists: tuple[Listed, ...]
    doubts: tuple[Doubt, ...]
