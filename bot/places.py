"""Things called by their place: 三つ目の方針, (4)の政策, 2番と3番の違い; of a list, or in a row of entries."""

import re
from dataclasses import replace

from bot.composing import followups_of, said
from bot.confidence import confidence
from bot.context import Context
from bot.policy import is_out_of_scope
from bot.reply import Answer, Part, Reply
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns, ordinals
from bot.weighing import Weighed, weigh
from knowledge.entries import FacetName, Kind
from knowledge.library import KnownEntry
from knowledge.names import fold
from knowledge.text import normalise

PAIR = 2
SURELY_MEANT = 0.98  # likeness to a phrasing from which an entry is what was asked for
OF_A_NAME = 0.3  # the share of a list's name that a noun must be, to call it
_NUMBERED = re.compile(r"^(?P<stem>[^0-9]{2,12})(?P<number>[0-9]{1,2})(?:[\s::]|$)")
_PLACE = r"(?:第?[0-9一二三四五六七八九十]{1,2}(?:番目?|つ目|個目|段階目|本目|項目め|点目)|\([0-9]{1,2}\))"
_BEFORE = r"(?P<before>[^\s、。0-9のはがを()]{2,8})の?"
_AFTER = r"の(?P<after>[^\s、。?？0-9はがをのってと]{2,8})"
_AMONG = r"(?P<among>[^\s、。0-9のはがを()]{2,8})の(?:うち|中|なか)(?:で|から|の)?、?"
_OPENING = re.compile("^(?:じゃあ?|では|でわ|なら|それなら|そしたら|ほな|で|あと)、?")
_NOUN = re.compile(f"{_AMONG}{_PLACE}|{_PLACE}{_AFTER}|{_BEFORE}{_PLACE}")


def decide(question: Question, context: Context, town: TownKnowledge) -> Reply | None:
    """The reply to a question that calls something by its place; None where search finds it as well."""
    numbers = ordinals(question.text)
    if not numbers:
        return _without_number(question, context, town)
    noun = _noun(question.text)
    if not noun and context.spoken:
        return _next_called(numbers[0], context, town)
    return _called(noun, numbers, question, context, town)


def _called(noun: str, numbers: list[int], question: Question, context: Context, town: TownKnowledge) -> Reply | None:
    """What a noun and its numbers call: of the list just said, of two set side by side, or of what search finds."""
    otherwise = question.compares or numbers[0] < 1 or town.library.phrased(question.text) is not None
    last = None if otherwise else _last_list(noun, max(numbers), context, town)
    if last:
        return said(replace(last, item=numbers[0]), town)
    listed = _list_called(noun, max(numbers), town) if noun else None
    if question.compares and len(numbers) == PAIR:
        return _pair(noun, numbers, town) or (_both(listed, numbers, town) if listed else None)
    weighed = weigh(question, town)
    sure = confidence(weighed)
    in_scope = sure >= thresholds().answer and not is_out_of_scope(question, weighed, town, sure)
    if not in_scope or _is_found(numbers[0], weighed, town):
        return None
    sibling = _sibling_meant(numbers[0], question, weighed, town)
    meant = _told(sibling, FacetName.ITEMS, town) if sibling else None
    if meant is None and listed:
        meant = replace(_items(listed, town), item=numbers[0])
    return said(meant, town) if meant else None


def _without_number(question: Question, context: Context, town: TownKnowledge) -> Reply | None:
    """What is called by no number: the other of two things, or all of a numbered list."""
    if context.spoken and followup_patterns()["other"].search(question.text):
        return _the_other(question, context, town)
    return _whole_of_numbered(question, town) if question.wants_whole else None


def _last_list(noun: str, longest: int, context: Context, town: TownKnowledge) -> Part | None:
    """The list just said, where it is called by a noun of its own and has so many items: 「考え方の3つ目は？」"""
    part = town.part_at(context.spoken[0]) if noun and context.spoken and not context.ordinal else None
    if part is None or len(part.facet.items) < longest:
        return None
    return part if noun in fold("\n".join((part.title, part.facet.about, part.facet.text))) else None


def _the_other(question: Question, context: Context, town: TownKnowledge) -> Reply | None:
    """The other of the two things of a list in which what was just spoken of, or is named here, is one."""
    spoken = context.spoken[0].entry
    asked = fold(question.text)
    names = [*town.library.names_of(spoken), *(fold(hit.name) for hit in town.library.names.find(question.text))]
    for entry in dict.fromkeys((spoken, *town.library.kin(spoken), *town.library.entries)):
        for facet in town.library.entries[entry].content.facets if entry in town.library.entries else ():
            items = [fold(item) for item in facet.items] if len(facet.items) == PAIR else []
            held = [any(name in item for name in names) or item in asked for item in items]
            if sum(held) == 1:
                return said(replace(town.part(town.library.entries[entry], facet), item=PAIR - held.index(True)), town)
    return None


def _whole_of_numbered(question: Question, town: TownKnowledge) -> Reply | None:
    """「方針1の取組を全部」: the list of the entry called by its number, and no neighbour's."""
    hits = town.library.names.find(question.text, slips=False)
    entries = {hit.owner: town.library.entries[hit.owner] for hit in hits if hit.name[-1].isdigit()}
    numbered = [entry for entry in entries.values() if _numbered(entry) and entry.content.kind is Kind.LIST]
    if len(numbered) != 1 or question.aspects or question.compares:
        return None
    return said(_told(numbered[0], FacetName.ITEMS, town), town)


def _noun(text: str) -> str:
    """What is counted: 方針 in 「方針の2番」, 政策 in 「(4)の政策」; "" where nothing is named."""
    found = _NOUN.search(_OPENING.sub("", text))
    return fold(found["among"] or found["after"] or found["before"] or "") if found else ""


def _numbered(entry: KnownEntry) -> tuple[str, int] | None:
    """The stem and number of a title such as 「基本方針3 業務の生産性向上」."""
    found = _NUMBERED.match(normalise(entry.content.title))
    return (found["stem"], int(found["number"])) if found else None


def _sibling(entry: KnownEntry, number: int, town: TownKnowledge) -> KnownEntry | None:
    """The entry of that number in the row in which an entry stands."""
    own = _numbered(entry)
    row = (other for other in town.library.entries.values() if own and _numbered(other) == (own[0], number))
    return next(row, None)


def _next_called(number: int, context: Context, town: TownKnowledge) -> Reply | None:
    """「三つ目は？」 after 「二つ目の基本方針」: the next of the row, not the third item of the second."""
    last = context.spoken[0]
    entry = town.library.entries.get(last.entry)
    numbered = _numbered(entry) if entry else None
    if entry is None or numbered is None or context.ordinal or numbered[1] != context.place:
        return None
    sibling = _sibling(entry, number, town)
    return said(_told(sibling, FacetName(last.facet), town), town) if sibling else None


def _told(entry: KnownEntry, name: FacetName, town: TownKnowledge) -> Part:
    facets = [facet for facet in entry.content.facets if facet.name is name and not facet.silent]
    return town.part(entry, facets[0] if facets else entry.content.default_facet)


def _is_found(number: int, weighed: Weighed, town: TownKnowledge) -> bool:
    """Whether search finds what is meant: the entry of that number, or a list that is called by its name."""
    top = weighed.candidates[0]
    numbered, asked = _numbered(top.entry), fold(weighed.asked.text)
    if top.likeness >= SURELY_MEANT or (numbered and numbered[1] == number):
        return True
    return any(name in asked for name in town.library.names_of(top.entry.content.id))


def _sibling_meant(number: int, question: Question, weighed: Weighed, town: TownKnowledge) -> KnownEntry | None:
    """The entry of that number, where search finds another of its row."""
    top = weighed.candidates[0].entry
    numbered = _numbered(top)
    if numbered is None or f"{numbered[0]}{numbered[1]}" in question.text:
        return None
    return _sibling(top, number, town)


def _list_called(noun: str, longest: int, town: TownKnowledge) -> KnownEntry | None:
    """The list that a noun calls most nearly by its name and that has so many items."""
    best, called = OF_A_NAME, None
    for entry in town.library.entries.values():
        if entry.content.kind is not Kind.LIST or len(_items(entry, town).facet.items) < longest:
            continue
        names = town.library.names_of(entry.content.id)
        share = max((len(noun) / len(name) for name in names if noun in name), default=0.0)
        if share > best:
            best, called = share, entry
    return called


def _items(entry: KnownEntry, town: TownKnowledge) -> Part:
    """The list of an entry, the one that is about all of it first."""
    facets = sorted(entry.content.facets, key=lambda facet: (not facet.items, bool(facet.about)))
    return town.part(entry, facets[0])


def _pair(noun: str, numbers: list[int], town: TownKnowledge) -> Answer | None:
    """Two of a row of entries that bear the noun and a number (方針1, 方針2), set side by side."""
    row = {
        place[1]: entry
        for entry in town.library.entries.values()
        if (place := _numbered(entry)) and fold(place[0]) == noun
    }
    if any(number not in row for number in numbers):
        return None
    return Answer(tuple(_told(row[number], FacetName.GOAL, town) for number in numbers), 1.0)


def _both(entry: KnownEntry, numbers: list[int], town: TownKnowledge) -> Reply:
    """Two items set side by side, each as the entry of its name where there is one."""
    part = _items(entry, town)
    parts = tuple(_item(part, number, town) for number in numbers)
    return Answer(parts, 1.0, followups_of(town.library.entries[parts[0].entry], parts))


def _item(part: Part, number: int, town: TownKnowledge) -> Part:
    hits = town.library.names.find(part.facet.items[number - 1], slips=False)
    owners = [hit.owner for hit in sorted(hits, key=lambda hit: hit.start - hit.end) if hit.owner != part.entry]
    entry = town.library.entries[owners[0]] if owners else None
    if entry is None or entry.content.default_facet.silent:
        return replace(part, item=number)
    return town.part(entry, entry.content.default_facet)
