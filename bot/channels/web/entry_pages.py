"""`/t/{town}/topics` and `/t/{town}/e/{entry}`: all that the town can answer, to browse, print and link to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathParameter

from bot.channels.web import layout, links
from bot.channels.web.api import Refused, TownId, town_of
from bot.rendering import source_of
from bot.town import TownKnowledge, facet_labels
from knowledge.entries import Facet, FacetName, Kind, ScheduleRow
from knowledge.library import KnownEntry
from knowledge.packaged import packaged

ERAS = {"R": ("令和", 2018), "H": ("平成", 1988)}  # and the year before their first
router = APIRouter(include_in_schema=False)
EntryId = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,120}$")]


@dataclass(frozen=True)
class Chart:
    """A fiscal-year chart as a table: its years in order, a row for each item with a cell for each year."""

    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def has_gaps(self) -> bool:
        """Whether a cell is empty."""
        return any(not cell for _, cells in self.rows for cell in cells)


@dataclass(frozen=True)
class Section:
    """One facet of an entry as its page shows it; `anchor` is unique on the page and stays the same."""

    anchor: str
    heading: str
    facet: Facet
    source: tuple[str, ...]
    chart: Chart | None


def _calendar(year: str) -> int:
    """The year in which a fiscal year begins: 2024 for 「R6」."""
    return ERAS[year[0]][1] + int(year[1:])


def _written(calendar: int) -> str:
    """「R6」 for 2024."""
    era = "R" if calendar > ERAS["R"][1] else "H"
    return f"{era}{calendar - ERAS[era][1]}"


def year_name(year: str) -> str:
    """「R6」 as 「令和6年度（2024年度）」."""
    return f"{ERAS[year[0]][0]}{int(year[1:])}年度（{_calendar(year)}年度）"


def chart(rows: Sequence[ScheduleRow]) -> Chart | None:
    """The rows as a table; None where no row has a year. A cell is empty where the plan's is empty or lost.

    A year that the scan lost in every row still has its column: two years that do not follow must not seem to.
    """
    written = {year for row in rows for year in row.years}
    if not written:
        return None
    known = set(map(_calendar, written))
    lost = {_written(year) for year in range(min(known), max(known)) if year not in known}
    years = sorted(written | lost, key=lambda year: (_calendar(year), year))
    cells = tuple((row.item, tuple(row.years.get(year, "") for year in years)) for row in rows)
    return Chart(tuple(map(year_name, years)), cells)


def sections(entry: KnownEntry, town: TownKnowledge) -> list[Section]:
    """The entry's facets, the one that answers first at the top, each with its source."""
    content, seen = entry.content, Counter[FacetName]()
    ordered = [content.default_facet, *(facet for facet in content.facets if facet is not content.default_facet)]
    found = []
    for facet in ordered:
        seen[facet.name] += 1
        number = f"-{seen[facet.name]}" if seen[facet.name] > 1 else ""
        source = tuple(source_of(town.part(entry, facet).sources[0]).splitlines())
        found.append(Section(f"{facet.name.value}{number}", heading(facet), facet, source, chart(facet.rows)))
    return found


def heading(facet: Facet) -> str:
    """A facet's name, with what it is about where an entry has several of that name."""
    label = facet_labels()[facet.name]
    return f"{label}：{facet.about}" if facet.about else label


@cache
def _wordings(file: str) -> dict[str, str]:
    rows: dict[str, str] = packaged(layout.DATA / file)
    return rows


def faq_page(entry: KnownEntry, shown: Iterable[Section]) -> dict[str, Any]:
    """The entry as schema.org's FAQPage: a question and its answer for each facet, and the plan that it stands on."""
    title = entry.content.title
    questions = [
        {
            "@type": "Question",
            "name": _wordings("questions.yaml")[one.facet.name.value].format(title=one.facet.about or title),
            "acceptedAnswer": {"@type": "Answer", "text": "\n".join((one.facet.text, *one.facet.items))},
        }
        for one in shown
    ]
    about = {"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": "ja", "name": title}
    dated = {"dateModified": entry.changed_on} if entry.changed_on else {}
    return {**about, **dated, "isBasedOn": _work(entry), "mainEntity": questions}


def _work(entry: KnownEntry) -> dict[str, str]:
    """The entry's plan as schema.org's CreativeWork, with the day and the address that are known."""
    source = entry.source
    told = {
        "name": " ".join(filter(None, (source.title, source.edition))),
        "datePublished": source.published,
        "url": links.safe(entry.source_address),
    }
    return {"@type": "CreativeWork"} | {name: value for name, value in told.items() if value}


def groups(town: TownKnowledge) -> list[tuple[str, str, list[tuple[str, list[KnownEntry]]]]]:
    """All entries as (kind, its name, [(group, entries)]), in the order of `data/kinds.yaml`, by reading."""
    entries = town.library.entries.values()
    found = []
    for kind, name in _wordings("kinds.yaml").items():
        own = [entry for entry in entries if entry.content.kind == Kind(kind)]
        own.sort(key=lambda entry: (entry.content.group, entry.content.reading or entry.content.title))
        parts = [(group, list(members)) for group, members in groupby(own, lambda entry: entry.content.group)]
        if own:
            found.append((kind, name, parts))
    return found


def open_town(request: Request, town: str) -> TownKnowledge:
    """The town, if its pages are open; while the service is closed nothing that it says may be relied on."""
    knowledge = town_of(request, town)
    if knowledge.closed.get("web"):
        raise Refused(503, "closed", {"Retry-After": "3600"})
    return knowledge


@router.get("/t/{town}/topics")
def get_topics(town: TownId, request: Request) -> Response:
    """Every entry's title, by kind and group."""
    knowledge = open_town(request, town)
    return layout.fresh(
        request,
        knowledge,
        lambda: layout.page(
            request, "topics.html.j2", knowledge, canonical=f"/t/{town}/topics", groups=groups(knowledge)
        ),
    )


@router.get("/t/{town}/e/{entry}")
def get_entry(town: TownId, entry: EntryId, request: Request) -> Response:
    """One entry with all its facets."""
    knowledge = open_town(request, town)
    found = knowledge.library.entries.get(entry)
    if found is None:
        raise Refused(404, "unknown_entry")
    return layout.fresh(request, knowledge, lambda: _entry_page(request, knowledge, found))


def _entry_page(request: Request, knowledge: TownKnowledge, entry: KnownEntry) -> Response:
    shown = sections(entry, knowledge)
    near = [knowledge.library.entries[key] for key in knowledge.library.kin(entry.content.id)]
    return layout.page(
        request,
        "entry.html.j2",
        knowledge,
        canonical=f"/t/{knowledge.library.town.id}/e/{entry.content.id}",
        entry=entry,
        content=entry.content,
        kind=_wordings("kinds.yaml")[entry.content.kind.value],
        sections=shown,
        near=near,
        faq=faq_page(entry, shown),
    )
