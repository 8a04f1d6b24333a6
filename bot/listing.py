"""One item of a list: 「3番目は？」 is answered with the third item."""

import re
from dataclasses import replace

from bot.context import Context, Spoken
from bot.reply import Part
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns, understand
from bot.weighing import Weighed
from knowledge.library import Candidate
from knowledge.names import fold
from knowledge.text import analyse, normalise

CALLED = 0.5  # of an item that a name must be for its entry to be the item's own
# 「2番目のやつは」 and 「2番目をもう一回」 ask no more than 「2番目は」
VAGUE = {"奴", "物", "方", "件", "事", "もう", "一回", "一度", "一", "回", "度", "遍"}


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


def called_by_place(
    question: Question, context: Context, town: TownKnowledge, weighed: Weighed
) -> tuple[Question, Context] | None:
    """The question with an item's name for its place, where more is asked than its name; None where it is not.

    「2つ目はどんな技術を使うの」 after a list of measures asks for the techniques of the second one: the entry that
    bears its name, if there is one, is then what the conversation is about.
    """
    found = _place_in(question)
    own, kin = town.library.family_of(context.spoken[0].entry, weighed.asked) if found else ([], [])
    listed = listed_by_place(question, context, [*own, *kin], town) if found else None
    place = (listed.item or question.ordinal or 0) if listed else 0
    if found is None or listed is None or not 1 <= place <= len(listed.facet.items):
        return None
    before, after = question.text[: found.start()], question.text[found.end() :]
    words = (word for word in analyse(before + after).words if word not in VAGUE)
    if not (_asks_more(question) or any(fold(word) not in fold(listed.title) for word in words)):
        return None
    item = listed.facet.items[place - 1]
    owner = _named(item, listed.entry, town)
    return understand(before + item + after), Context().after((Spoken(owner, ""),)) if owner else Context()


def _named(item: str, listing: str, town: TownKnowledge) -> str | None:
    """The entry, other than the list's, that bears most of an item's name."""
    hits = [hit for hit in town.library.names.find(item, slips=False) if hit.owner != listing]
    longest = max(hits, key=lambda hit: hit.end - hit.start, default=None)
    return longest.owner if longest and longest.end - longest.start >= CALLED * len(fold(item)) else None


def _place_in(question: Question) -> re.Match[str] | None:
    """The words that call an item by its place."""
    ways = {"ordinal": question.ordinal is not None, "last": question.wants_last, "next": question.steps_on}
    return next((followup_patterns()[way].search(question.text) for way, called in ways.items() if called), None)


def _asks_more(question: Question) -> bool:
    return question.wants_more or any(aspect.name != "definition" for aspect in question.aspects)
