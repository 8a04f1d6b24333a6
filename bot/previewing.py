"""A draft as residents would read it: each facet as a LINE message and as the website says it; nothing is recorded."""

from dataclasses import dataclass, replace
from typing import Any

from bot.channels.line.messages import compose
from bot.channels.web.blocks import Block, blocks
from bot.composing import said
from bot.easy import ruby
from bot.rendering import as_json
from bot.town import TownKnowledge, facet_labels
from knowledge.entries import EntryContent, Facet, SourceContent
from knowledge.library import KnownEntry, Library
from knowledge.models import Source

NOBODY = "0" * 32  # the conversation whose buttons are only looked at
NO_KEY = b"\0" * 32  # they are signed with no key, so that nobody can use them


@dataclass(frozen=True)
class Preview:
    """One facet: its name, the reply in the contract's form, the LINE messages, the website's blocks."""

    label: str
    reply: dict[str, Any]
    messages: tuple[dict[str, Any], ...]
    blocks: tuple[Block, ...]
    followups: tuple[str, ...]


def previews(content: EntryContent, town: TownKnowledge, source: Source, public_url: str = "") -> list[Preview]:
    """All facets, the one that answers first at the top; the other entries play no part in it."""
    entry = KnownEntry(content, _source(source), source_address=source.public_address)
    index = town.library.index
    alone = replace(town, library=Library(town.library.town, [entry], index.lexicon, index.weights))
    first = content.default_facet
    facets = [first, *(facet for facet in content.facets if facet is not first)]
    return [_preview(entry, facet, alone, public_url) for facet in facets]


def easy_lines(text: str) -> list[list[tuple[str, str]]]:
    """やさしい日本語, each line as words with their readings."""
    return [ruby(line.strip()) for line in text.splitlines() if line.strip()]


def _preview(entry: KnownEntry, facet: Facet, town: TownKnowledge, public_url: str) -> Preview:
    reply = as_json(said(town.part(entry, facet), town), town.office)
    messages = compose(reply, town, turn=1, conversation=NOBODY, user=NOBODY, key=NO_KEY, public_url=public_url)
    labels = {name.value: label for name, label in facet_labels().items()}
    return Preview(
        label=facet_labels()[facet.name] + (f"：{facet.about}" if facet.about else ""),
        reply=reply,
        messages=tuple(messages),
        blocks=tuple(blocks(reply["text"], offers=bool(reply["choices"]))),
        followups=tuple(labels[name] for name in reply["followups"]),
    )


def _source(source: Source) -> SourceContent:
    return SourceContent.model_validate(source.model_dump(include=set(SourceContent.model_fields)))
