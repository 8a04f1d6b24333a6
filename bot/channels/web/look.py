"""How a town shows itself to residents: its greeting, notice, topics, telephone, colour, and where its pages are."""

from bot.channels.web.schemas import Look
from bot.rendering import greeting_of
from bot.town import TownKnowledge
from knowledge.entries import Kind

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
    """Names of measures to begin with, the shortest first: they read as what residents would say."""
    measures = [entry.content.title for entry in town.library.entries.values() if entry.content.kind is Kind.MEASURE]
    return sorted(measures, key=len)[:MOST_TOPICS]
