"""A town as the responder sees it: its library, its office, and the names of the places that are its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.context import Spoken
from bot.rendering import Office
from bot.reply import Choice, Cited, Part
from knowledge.entries import Facet, FacetName, Kind
from knowledge.labels import labels
from knowledge.library import KnownEntry, Library
from knowledge.names import fold

PERIOD_KINDS = (Kind.MEASURE, Kind.PLAN, Kind.LIST)


@dataclass(frozen=True)
class TownKnowledge:
    """One town's published knowledge as of one publication, and what staff set of its look; immutable.

    `allowed_origins` are the websites (scheme, host and port) whose pages may ask in a resident's browser.
    """

    library: Library
    office: Office
    other_towns: frozenset[str] = frozenset()
    revision: int = 0
    closed: Mapping[str, str] = field(default_factory=dict)  # channel → what residents are told while it is closed
    notice: str = ""
    colour: str = ""
    allowed_origins: frozenset[str] = frozenset()

    @cached_property
    def own_places(self) -> frozenset[str]:
        """The names by which residents call this town and its prefecture."""
        town = self.library.town
        return frozenset({town.name, town.name.rstrip("市町村"), town.prefecture})

    @cached_property
    def plan(self) -> KnownEntry | None:
        """The entry that is the plan itself: called as its source is, else the first of its kind."""
        plans = [entry for entry in self.library.entries.values() if entry.content.kind is Kind.PLAN]
        called = (entry for entry in plans if fold(entry.content.title) == fold(entry.source.title))
        return next(called, None) or next(iter(plans), None)

    def part(self, entry: KnownEntry, facet: Facet) -> Part:
        """A facet as it is said, with its source."""
        content, source = entry.content, entry.source
        over = content.kind in PERIOD_KINDS or facet.name is FacetName.SCHEDULE
        cited = Cited(
            title=source.title,
            edition=source.edition,
            published=source.published,
            period_to=source.period_to,
            period_shown=over,
            section=facet.section,
            lines=facet.lines,
            confirmed_on=entry.confirmed_on,
            address=entry.source_address,
        )
        return Part(content.id, content.title, content.kind.value, facet, (cited,), easy=content.easy)

    def part_at(self, spoken: Spoken) -> Part | None:
        """The part that was said or offered, if it is still published."""
        entry = self.library.entries.get(spoken.entry)
        if entry is None:
            return None
        for facet in entry.content.facets:
            if (facet.name.value, facet.about) == (spoken.facet, spoken.about):
                return self.part(entry, facet)
        return None

    def choices(self, places: Iterable[tuple[KnownEntry, Facet]]) -> tuple[Choice, ...]:
        """A choice for each facet, labelled so that a resident can tell them apart."""
        return tuple(Choice(_label(entry, facet), self.part(entry, facet)) for entry, facet in places)


def facet_labels() -> dict[FacetName, str]:
    """The facets' names as residents read them."""
    return labels().facets


def _label(entry: KnownEntry, facet: Facet) -> str:
    content = entry.content
    if facet.about:
        return f"{content.title}：{facet.about}"
    if facet is content.default_facet:
        return content.title
    return f"{content.title}：{facet_labels()[facet.name]}"
