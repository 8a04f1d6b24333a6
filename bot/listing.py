"""One item of a list: 「3番目は？」 is answered with the third item."""

import re
from dataclasses import replace

from bot.context import Context
from bot.reply import Part
from bot.town import TownKnowledge
from bot.understanding import Question
from knowledge.library import Candidate
from knowledge.names import fold
from knowledge.text import normalise

CALLED = 0.5  # of an item that a name must be for its entry to be the item's own


def narrowed(part: Part, question: Question) -> Part:
    """The part with only the item that was asked for; unchanged where no such item exists or none was asked for."""
    number = question.ordinal
    if number is None or not 1 <= number <= len(part.facet.items):
        return part
    if re.search(rf"{number}(?![0-9つ個項本])", normalise(part.title)) or question.asks("actions"):
        return part  # 「3本目の柱では何をする」 asks for the third policy's whole list
    return replace(part, item=number)


def item_spoken_of(context: Context, town: TownKnowledge) -> str:
    """The entry last spoken of; where one item of a list was said, the entry of that item's name if there is one."""
    last = context.spoken[0]
    part = town.part_at(last)
    if part is None or not 1 <= context.ordinal <= len(part.facet.items):
        return last.entry
    hits = town.library.names.find(part.facet.items[context.ordinal - 1], slips=False)
    return max(hits, key=lambda hit: hit.end - hit.start).owner if hits else last.entry


def entry_asked_into(listed: Part, question: Question, town: TownKnowledge) -> str | None:
    """The entry that bears the name of the item asked for by its place, where more than that name is asked."""
    place = listed.item or question.ordinal or 0
    asks_more = question.wants_more or any(aspect.name != "definition" for aspect in question.aspects)
    if not asks_more or not 1 <= place <= len(listed.facet.items):
        return None
    name = listed.facet.items[place - 1]
    hits = [hit for hit in town.library.names.find(name, slips=False) if hit.owner != listed.entry]
    longest = max(hits, key=lambda hit: hit.end - hit.start, default=None)
    called = longest is not None and longest.end - longest.start >= CALLED * len(fold(name))
    return longest.owner if longest and called else None


def listed_by_place(question: Question, context: Context, facets: list[Candidate], town: TownKnowledge) -> Part | None:
    """The item of a list that is asked for by its place: 3番目, 最後, 次."""
    lists = [c for c in facets if c.facet.items]
    if not lists:
        return None
    if question.wants_last:
        return replace(town.part(lists[0].entry, lists[0].facet), item=len(lists[0].facet.items))
    number = question.ordinal or (context.ordinal + 1 if question.steps_on and context.ordinal else None)
    if number is None:
        return None
    listed = next((c for c in lists if len(c.facet.items) >= number), None)
    return narrowed(town.part(listed.entry, listed.facet), replace(question, ordinal=number)) if listed else None
