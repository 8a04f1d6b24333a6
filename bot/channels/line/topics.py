"""Topics to begin with: those of `topics.yaml` that the town's own entries answer."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import yaml

from bot.channels.line.postbacks import TopicAsked
from bot.context import Context
from bot.reply import Answer
from bot.responder import respond
from bot.town import TownKnowledge
from knowledge.library import Library, names_in

TOPICS = Path(__file__).parent / "topics.yaml"
SURE = 0.75  # confidence from which an entry answers a topic
_found: WeakKeyDictionary[Library, tuple["Topic", ...]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Wanted:
    """A topic as the data file has it."""

    label: str
    ask: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A topic of a town: what stands on the button, and the entry that answers it."""

    label: str
    entry: str


@cache
def wanted() -> tuple[Wanted, ...]:
    """All topics of the data file, the most wanted first."""
    rows = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    return tuple(Wanted(row["label"], row["ask"], tuple(row["names"])) for row in rows)


def topics(town: TownKnowledge, most: int) -> tuple[Topic, ...]:
    """At most so many topics of a town, each of another entry; sought once a publication."""
    if town.library not in _found:
        by_entry: dict[str, Topic] = {}
        for each in wanted():
            entry = _entry_for(each, town)
            if entry:
                by_entry.setdefault(entry, Topic(each.label, entry))
        _found[town.library] = tuple(by_entry.values())
    return _found[town.library][:most]


def _entry_for(topic: Wanted, town: TownKnowledge) -> str:
    reply = respond(topic.ask, Context(), town).reply
    if not isinstance(reply, Answer) or reply.confidence < SURE:
        return ""
    entry = town.library.entries[reply.parts[0].entry]
    names = " ".join(name for name, _ in names_in(entry.content))
    return entry.content.id if any(name in names for name in topic.names) else ""


def question_of(asked: TopicAsked, town: TownKnowledge) -> str | None:
    """What a tap on a topic asks in words: its entry's title; None where the town has no such entry any more."""
    entry = town.library.entries.get(asked.entry)
    return entry.content.title if entry and asked.town == town.library.town.id else None
