"""Every reply that the bundled towns can give to a choice or a facet, in the contract's form."""

from collections.abc import Iterator
from typing import Any

from bot.composing import followups_of
from bot.composing import said as said_of
from bot.rendering import as_json
from bot.reply import Answer, Choices, Reply, Unknown
from bot.town import TownKnowledge

KEY, USER, CONVERSATION = b"k" * 40, "u" * 32, "c" * 32


def said(reply: Reply, town: TownKnowledge, *, masked: bool = False) -> dict[str, Any]:
    """A reply as `bot.asking.ask` gives it."""
    return as_json(reply, town.office, masked=masked) | {"conversation": CONVERSATION, "turn": 3}


def all_replies(town: TownKnowledge) -> Iterator[Reply]:
    """Each facet alone, each two of an entry together, each three as choices, each admission with its neighbours."""
    places = [(entry, facet) for entry in town.library.entries.values() for facet in entry.content.facets]
    for entry, facet in places:
        part = town.part(entry, facet)
        yield said_of(part, town)
        others = [other for other in entry.content.facets if other is not facet]
        if others and not facet.silent:
            parts = (part, town.part(entry, others[0]))
            yield Answer(parts, 1.0, followups_of(entry, parts))
    for at in range(0, len(places), 3):
        offered = town.choices(places[at : at + 3])
        yield Choices(offered, 0.5)
        yield Unknown("nothing", near=offered)
        yield Unknown("missing", offered[0].part.title, "料金", offered[0].part)
