"""Whether a thing is in a list: 「戸籍は入ってる？」 is answered with yes or no, and with the list's source."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.confidence import confidence
from bot.context import Context
from bot.policy import is_out_of_scope
from bot.reply import Answer, Part, Reply
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, followup_patterns
from bot.weighing import Weighed, weigh
from knowledge.entries import Kind
from knowledge.library import Asked, KnownEntry
from knowledge.names import fold
from knowledge.text import analyse, normalise

SURELY_MEANT = 0.98  # likeness to a phrasing from which an entry is what was asked for
NEAREST = 5  # entries that search finds, looked at for a list that holds the thing
LONGEST_NAME = 24  # characters of an item that is a name
SHORTEST = 2  # folded characters of a thing
TWO = 2
_INTO = re.compile("の中に(?:は|も)?|のうち(?:に|で)?(?:は|も)?|に(?:は|も)|に|では|、")
_AND = re.compile("[とや、]|および")
_EXPLAINED = re.compile("(?<=[^0-9-])[（(：:＝=]")
_SEVERAL = re.compile("[0-9]+(?:手続|業務|項目|つ|個|件)")
_PLAN_ITSELF = re.compile("(?:計画|方針)(?:の中)?に(?:は|も)?(?:入|はい|含|ふく|載|のっ)")  # whether it says it at all
_TOGETHER = re.compile("(?<=[一-鿿ァ-ヶー])(?:と|や)(?=[一-鿿ァ-ヶー])")  # one yes would not do for two things
_COMES_IN = re.compile("入(?:る|ります)")  # a machine or a year's work comes in too: only a list that is meant says yes
_LAST = re.compile("(?:の一覧)?(?:って|とか|は|も|が|、)+$|の一覧$")


def decide(question: Question, context: Context, town: TownKnowledge) -> Reply | None:
    """Yes, near or no, from the list named or last spoken of; None where the message asks no such thing."""
    asks = followup_patterns()["member"].search(question.text)
    wonders = None if asks else followup_patterns()["there_is"].search(question.text)
    found = asks or (wonders if context.spoken else None)
    if found is None or followup_patterns()["which"].search(question.text):
        return None
    weighed = weigh(question, town)
    if not weighed.candidates or weighed.candidates[0].likeness >= SURELY_MEANT:
        return None
    meant = _parts_meant(weighed.asked, context, town)
    stem = question.text[: found.start()]
    of_plan = _PLAN_ITSELF.search(question.text) and not any(fold(part.title) in fold(stem) for part in meant)
    if of_plan:
        return None
    things = _things(stem, meant, town)
    others = _lists_found(question, weighed, meant, town) if asks and not _COMES_IN.search(asks[0]) else []
    several = next((both for thing in things if (both := _several(thing, meant, others, town))), None)
    if several:
        return Answer((replace(several[0], item=0, holds=None),) if question.wants_whole else several, 1.0)
    return None if _TOGETHER.search(stem) else _of_one(things, meant, others, town, sure=asks is not None)


def _of_one(
    things: list[str], meant: list[Part], others: list[Part], town: TownKnowledge, *, sure: bool
) -> Answer | None:
    """Yes of the first list that holds a thing; near or no of one that is whole, if it was `sure`ly asked for."""
    for part in meant + others:
        number = next((place for thing in things if (place := _place(thing, part, town))), 0)
        if number:
            return Answer((replace(part, item=number, holds="yes"),), 1.0)
    complete = next((part for part in meant if _is_complete(part)), None)
    if not sure or not things or complete is None:
        return None
    near = _nearest(things, complete, town)
    return Answer((replace(complete, item=near, holds="near" if near else "no"),), 1.0)


def _parts_meant(asked: Asked, context: Context, town: TownKnowledge) -> list[Part]:
    """The lists that the message names; if none, the one last spoken of; if none, those of a name it calls."""
    named = [town.library.entries[hit.owner] for hit in asked.names if hit.sureness == 1.0]
    lists = [entry for entry in named if entry.content.kind is Kind.LIST]
    last = _list_last_said(context, town)
    if not lists and last is not None:
        return [last]
    return list(_lists(lists or _of_that_name(asked, town), fold(asked.text), town))


def _list_last_said(context: Context, town: TownKnowledge) -> Part | None:
    """The list of the entry last spoken of, said alone or beside another of its facets."""
    own = (town.part_at(one) for one in context.spoken if one.entry == context.spoken[0].entry)
    return next((part for part in own if part and part.facet.items), None)


def _lists_found(question: Question, weighed: Weighed, meant: list[Part], town: TownKnowledge) -> list[Part]:
    """The lists that search finds, if the question is surely this plan's matter; of lists meant only their kin."""
    sure = confidence(weighed)
    if sure < thresholds().answer or is_out_of_scope(question, weighed, town, sure):
        return []
    own = {part.entry for part in meant}
    kin = {other for entry in own for other in town.library.kin(entry)}
    named = weighed.called
    if not own and any(town.library.entries[one].content.kind is Kind.MEASURE for one in named):
        return []  # 「スマホ教室は高齢者だけが対象？」 asks of the class
    found = [c.entry for c in weighed.entries()[:NEAREST] if c.entry.content.kind is Kind.LIST]
    lists = [entry for entry in found if entry.content.id not in own and (not own or entry.content.id in kin)]
    return list(_lists(lists, fold(question.text), town))


def _of_that_name(asked: Asked, town: TownKnowledge) -> list[KnownEntry]:
    """The lists whose names hold a name of the message that something may be in: 20業務の一覧 for 20業務に."""
    text = fold(asked.text)
    called = {fold(hit.name) for hit in asked.names if hit.sureness == 1.0 and len(hit.name) > SHORTEST}
    called = {name for name in called if f"{name}に" in text}
    lists = [entry for entry in town.library.entries.values() if entry.content.kind is Kind.LIST]
    return [e for e in lists if any(one in name for one in called for name in town.library.names_of(e.content.id))]


def _lists(entries: list[KnownEntry], asked: str, town: TownKnowledge) -> Iterator[Part]:
    """The lists of the entries: what is about all of an entry, or about what the question names."""
    for entry in entries:
        for facet in entry.content.facets:
            if facet.items and fold(facet.about) in asked:
                yield town.part(entry, facet)


def _things(stem: str, lists: list[Part], town: TownKnowledge) -> list[str]:
    """What is looked for, folded: the parts of the message before 「入ってる」 that do not name the list itself."""
    called = {name for part in lists for name in town.library.names_of(part.entry)}
    parts = [fold(_LAST.sub("", part)) for piece in _INTO.split(stem) for part in re.split("(?<=.)は(?=.)", piece)]
    found = [part for part in parts if len(part) >= SHORTEST and not any(name in part for name in called)]
    return [thing for thing in found if not any(thing in name for name in called)]


def _several(thing: str, meant: list[Part], others: list[Part], town: TownKnowledge) -> tuple[Part, ...]:
    """Of two things asked for at once (戸籍と介護) both; the whole list that is meant where not all are in it."""
    things = [one for one in _AND.split(thing) if len(one) >= SHORTEST] if len(thing) <= LONGEST_NAME else []
    for part in meant + others:
        if len(things) < TWO or any(thing in fold(item) for item in part.facet.items):
            continue
        numbers = [_place(one, part, town) for one in things]
        if len(numbers) == TWO and all(numbers) and len(set(numbers)) == TWO:
            return tuple(replace(part, item=number, holds="yes") for number in numbers)
        if any(numbers) and part in meant:
            return (part,)
    return ()


def _place(thing: str, part: Part, town: TownKnowledge) -> int:
    """The number of the item that bears the thing's name, the closest one, or is another word for it; 0 where none."""
    items = [(number, fold(name)) for number, item in enumerate(part.facet.items, start=1) if (name := _name(item))]
    fitting = [(abs(len(item) - len(thing)), number) for number, item in items if thing in item or _bears(item, thing)]
    if fitting:
        return min(fitting)[1]
    same = _called(thing, town)
    return next((number for number, item in items if same & _called(item, town)), 0) if same else 0


def _called(name: str, town: TownKnowledge) -> frozenset[int]:
    """The lexicon's groups that a folded name is a word of, all of it: 国保, but not 車の税."""
    found = town.library.index.lexicon.found(analyse(name))
    return frozenset(one.group for one in found if fold(one.member) == name)


def _name(item: str) -> str:
    """What an item names, without its explanation; "" where it is a sentence."""
    name = _EXPLAINED.split(item)[0].removesuffix("一覧")
    return name if len(name) <= LONGEST_NAME and "ません" not in item else ""


def _bears(item: str, thing: str) -> bool:
    """Whether the item is a part of the thing's name, or holds all of its words (要介護・要支援認定 has 要介護認定)."""
    words = set(analyse(thing).words)
    return (len(item) >= SHORTEST and item in thing) or bool(words and words <= set(analyse(item).words))


def _is_complete(part: Part) -> bool:
    """Whether the list says itself how many it holds, and none of its items stands for several."""
    said = re.findall("[0-9]+", normalise(f"{part.title} {part.facet.text}"))
    grouped = any(_SEVERAL.search(normalise(item)) for item in part.facet.items)
    return str(len(part.facet.items)) in said and not grouped


def _nearest(things: list[str], part: Part, town: TownKnowledge) -> int:
    """The number of an item that means something near, by a group of words that both are in; 0 where none is."""
    own = {one for thing in things for one in _groups(thing, town)} - _groups(part.title, town)
    words = {word for thing in things for word in analyse(thing).words}
    shared = [
        (len(own & groups) + sum(word in item for word in words), -number)
        for number, item in enumerate(part.facet.items, start=1)
        if own & (groups := _groups(item, town))
    ]
    return -max(shared)[1] if shared else 0


def _groups(text: str, town: TownKnowledge) -> frozenset[int]:
    return frozenset(found.group for found in town.library.index.lexicon.found(analyse(text)))
