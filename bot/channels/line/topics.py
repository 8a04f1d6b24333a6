"""Topics to begin with: those of `topics.yaml` that the town's own entries answer."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from bot.context import Context
from bot.reply import Answer
from bot.responder import respond
from bot.town import TownKnowledge
from knowledge.called import names_in
from knowledge.library import Library
from knowledge.packaged import packaged

TOPICS = Path(__file__).parent / "topics.yaml"
SURE = 0.75  # confidence from which an entry answers a topic
_found: WeakKeyDictionary[Library, tuple["Topic", ...]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Wanted:
    """A topic as the data file has it."""

    lines: tuple[str, ...]
    ask: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A topic of a town: its label in the lines of a menu's tile, the question in words, and the entry that answers
    it ("" for the help).
    """

    lines: tuple[str, ...]
    ask: str
    entry: str = ""

    @property
    def label(self) -> str:
        """What stands on a button."""
        return "".join(self.lines)


@cache
def _data() -> dict[str, Any]:
    read: dict[str, Any] = packaged(TOPICS)
    return read


def help_topic() -> Topic:
    """How this is used: stands after the town's own topics."""
    given = _data()["help"]
    return Topic(tuple(given["lines"]), given["ask"])


@cache
def wanted() -> tuple[Wanted, ...]:
    """All topics of the data file, the most wanted first."""
    return tuple(Wanted(tuple(row["lines"]), row["ask"], tuple(row["names"])) for row in _data()["topics"])


def topics(town: TownKnowledge, most: int) -> tuple[Topic, ...]:
    """At most so many topics of a town, each of another entry; sought once a publication."""
    if town.library not in _found:
        by_entry: dict[str, Topic] = {}
        for each in wanted():
            entry = entry_for(each, town)
            if entry:
                by_entry.setdefault(entry, Topic(each.lines, each.ask, entry))
        _found[town.library] = tuple(by_entry.values())
    return _found[town.library][:most]


def entry_for(topic: Wanted, town: TownKnowledge) -> str:
    """The entry that surely answers a topic and goes by one of its names; "" where the town has none."""
    reply = respond(topic.ask, Context(), town).reply
    if not isinstance(reply, Answer) or reply.confidence < SURE:
        return ""
    entry = town.library.entries[reply.parts[0].entry]
    names = " ".join(name for name, _ in names_in(entry.content))
    return entry.content.id if any(name in names for name in topic.names) else ""
