"""Whether two things stand in the same group of the plan: each is told with the list that it is an item of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product

from bot.confidence import confidence
from bot.context import Context
from bot.reply import Answer, Part
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns, understand
from bot.weighing import weigh
from knowledge.entries import EntryContent, Kind
from knowledge.library import KnownEntry, Library
from knowledge.names import fold
from knowledge.text import analyse

AT_HAND = 8  # towns whose group lists stay at hand
SHORTEST = 3  # folded characters of a list's name that a group may bear; 方針 alone would be any
PRIORITY = "重点"
_SAID = re.compile(r"(?P<one>[^、。?？]{2,24}?)と、?(?P<other>[^、。?？]{2,24}?)(?:は|って|、|が)")
_EXPLAINED = re.compile("(?<=.)[（(：:](?![0-9])")  # what follows an item's name


def decide(question: Question, context: Context, town: TownKnowledge) -> Answer | None:
    """The groups of the two things named, or of the one spoken of; None where no such thing is asked or known."""
    if followup_patterns()["in_group"].search(question.text) and question.refers and context.spoken:
        return _of_one(context.spoken[0].entry, question, town)
    if not followup_patterns()["same_group"].search(question.text):
        return None
    said = _SAID.search(question.text)
    if said is None:
        return None
    one, other = (_groups_of(said[side], question, town) for side in ("one", "other"))
    if not one or not other:
        return None
    pairs = product(one, other)
    shared = next(((first, second) for first, second in pairs if first.entry == second.entry), None)
    first, second = shared or (one[0], other[0])
    if (first.entry, first.item) == (second.entry, second.item):
        return None  # AI and RPA are one measure
    return Answer((replace(first, holds="in"), replace(second, holds="too" if shared else "in")), 1.0)


def _of_one(entry: str, question: Question, town: TownKnowledge) -> Answer | None:
    """The group of the entry spoken of: 「それは国の重点なの？」"""
    known = town.library.entries.get(entry)
    found = _groups_of(known.content.title, question, town) if known else []
    return Answer((replace(found[0], holds="in"),), 1.0) if found else None


def _groups_of(thing: str, question: Question, town: TownKnowledge) -> list[Part]:
    """A thing in the lists that are groups; where the plan's priorities are asked for, in those first."""
    lists, names = _groups(town.library), tuple(_names_of(thing, town))
    wanted = [e for e in lists if _is_called(e, PRIORITY, town)] if PRIORITY in question.text else []
    ways = product((wanted, lists), names)
    return next((found for some, name in ways if (found := _places(name, some, town))), [])


def _names_of(thing: str, town: TownKnowledge) -> Iterator[str]:
    """What a thing may be called in a list: as it is said, as its entry is called, as the measure of that name is."""
    yield thing
    hits = sorted(town.library.names.find(thing, slips=False), key=lambda hit: hit.start - hit.end)
    entries = [town.library.entries[hit.owner].content for hit in hits] or _found(thing, town)
    yield from (hit.name for hit in hits)
    called = (name for entry in entries for name in (entry.title, _called(entry.title), *entry.aliases))
    yield from (name for name in called if len(fold(name)) > SHORTEST)
    yield from (entry.group for entry in entries if entry.group)
    kin = (town.library.entries[key].content for entry in entries for key in town.library.kin(entry.id))
    titles = (content.title for content in kin if content.kind is Kind.MEASURE)
    yield from (title for title in titles if any(fold(hit.name) in fold(title) for hit in hits))


def _found(thing: str, town: TownKnowledge) -> list[EntryContent]:
    """The entry that search surely finds for a thing that bears no name."""
    weighed = weigh(understand(thing), town)
    sure = weighed.candidates and confidence(weighed) >= thresholds().new_topic
    return [weighed.candidates[0].entry.content] if sure else []


@lru_cache(maxsize=AT_HAND)
def _groups(library: Library) -> tuple[KnownEntry, ...]:
    """The lists whose name some measure bears as its group, and those of the plan's priorities; the shortest first."""
    known = [e.content for e in library.entries.values() if e.content.kind is Kind.MEASURE]
    groups, measures = {fold(e.group) for e in known}, {fold(e.title) for e in known}
    lists = [e for e in library.entries.values() if e.content.kind is Kind.LIST and _whole(e)]

    def is_group(entry: KnownEntry) -> bool:
        names = [name for name in library.names_of(entry.content.id) if len(name) >= SHORTEST]
        named = any(name in group for name in names for group in groups) or any(PRIORITY in name for name in names)
        return named and any(measure in fold(item) for item in map(_called, _whole(entry)) for measure in measures)

    return tuple(sorted(filter(is_group, lists), key=lambda e: len(_whole(e))))


def _whole(entry: KnownEntry) -> tuple[str, ...]:
    return next((facet.items for facet in entry.content.facets if facet.items and not facet.about), ())


def _is_called(entry: KnownEntry, word: str, town: TownKnowledge) -> bool:
    return any(word in name for name in town.library.names_of(entry.content.id))


def _places(name: str, lists: Iterable[KnownEntry], town: TownKnowledge) -> list[Part]:
    """A thing in the lists that hold it by its name."""
    found = []
    for entry in lists:
        facet = next(f for f in entry.content.facets if f.items and not f.about)
        part = town.part(entry, facet)
        number = next((at for at, item in enumerate(facet.items, 1) if _bears(item, name)), 0)
        if number:
            found.append(replace(part, item=number))
    return found


def _called(item: str) -> str:
    """An item without what explains it."""
    return _EXPLAINED.split(item)[0]


def _bears(item: str, name: str) -> bool:
    """Whether an item bears a name, holds all of its words (行政手続のオンライン化 those of 手続のオンライン化), or is
    itself the last of a group's name (方針1-(2) マイナンバーカードの普及促進).
    """
    called, words = _called(item), set(analyse(name).words)
    if fold(name).endswith(fold(called)):
        return True
    return fold(name) in fold(called) or bool(words and words <= set(analyse(called).words))
