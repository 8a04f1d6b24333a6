"""How a town shows itself to residents: its greeting, notice, topics, telephone, colour, and where its pages are."""

import math
import re

from bot.channels.web.schemas import Look
from bot.rendering import greeting_of
from bot.town import TownKnowledge
from knowledge.entries import EntryContent, Kind

MOST_TOPICS = 6


def look_of(town: TownKnowledge, public_url: str) -> Look:
    """A town's look; addresses are whole where the installation's own is set, else paths on this host."""
    content, office = town.library.town, town.office
    page = f"{public_url.rstrip('/')}/t/{content.id}"
    return Look(
        id=content.id,
        name=content.name,
        office=content.office,
        greeting=greeting_of(office),
        notice=town.notice,
        topics=topics(town),
        telephone=office.telephone,
        opening_hours=office.opening_hours,
        closed=town.closed.get("web", ""),
        colour=town.colour,
        page=page,
        privacy=f"{page}/privacy",
    )


def topics(town: TownKnowledge) -> list[str]:
    """Names of measures to begin with, in the plan's own order: what residents meet themselves comes first there."""
    contents = (entry.content for entry in town.library.entries.values())
    measures = [content for content in contents if content.kind is Kind.MEASURE]
    return [content.title for content in sorted(measures, key=_place)][:MOST_TOPICS]


def _place(content: EntryContent) -> tuple[float, str]:
    """The line of the plan where an entry begins; those that stand in no plan come last, by title."""
    first = next((facet.lines for facet in content.facets if facet.lines), "")
    return (int(re.split(r"\D", first)[0]) if first else math.inf, content.title)
