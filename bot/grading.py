"""How good a reply is to a question whose right reply the town knows, or to one that was asked before."""

from dataclasses import dataclass
from enum import StrEnum

from bot.context import Context
from bot.hearing import Heard, hear
from bot.reply import Answer, Choices, Notice, Part, Reply, Unknown
from bot.responder import respond_to
from bot.town import TownKnowledge


class Grade(StrEnum):
    """What a reply is worth; of a question without an expectation any answer counts as right."""

    RIGHT = "right"
    OFFERED = "offered"
    ADMITTED = "admitted"
    WRONG = "wrong"


RANKS = {Grade.RIGHT: 3, Grade.OFFERED: 2, Grade.ADMITTED: 1, Grade.WRONG: 0}


@dataclass(frozen=True)
class Expected:
    """The entry that is to answer, and one of its facets where that matters; without an entry the bot is to admit."""

    entry: str = ""
    facet: str = ""


@dataclass(frozen=True)
class Said:
    """What a reply came to: its kind, the facets that it said or offered (entry, facet), how sure, and its grade."""

    kind: str
    places: tuple[tuple[str, str], ...]
    confidence: float
    grade: Grade


def ask(question: str, town: TownKnowledge, expected: Expected | None) -> Said:
    """The engine's reply to a question at the beginning of a conversation; nothing is recorded."""
    return reply_to(hear(question), town, expected)


def reply_to(heard: Heard, town: TownKnowledge, expected: Expected | None) -> Said:
    """As `ask`, of a question that was heard already."""
    reply = respond_to(heard, Context(), town).reply
    return Said(type(reply).__name__.lower(), _places(reply), round(reply.confidence, 3), grade(reply, expected))


def grade(reply: Reply, expected: Expected | None) -> Grade:
    """What a reply is worth."""
    match reply:
        case Answer(parts=parts):
            return Grade.RIGHT if expected is None or _meets(parts, expected) else Grade.WRONG
        case Choices(choices=choices):
            offered = expected is None or _meets(tuple(choice.part for choice in choices), expected)
            return Grade.OFFERED if offered else _admitted(expected)
        case Unknown() | Notice():
            return _admitted(expected)


def _admitted(expected: Expected | None) -> Grade:
    """Where the bot is to admit, all but an answer is right."""
    return Grade.RIGHT if expected is not None and not expected.entry else Grade.ADMITTED


def _meets(parts: tuple[Part, ...], expected: Expected) -> bool:
    return any(part.entry == expected.entry and expected.facet in ("", part.facet.name.value) for part in parts)


def _places(reply: Reply) -> tuple[tuple[str, str], ...]:
    match reply:
        case Answer(parts=parts):
            said = parts
        case Choices(choices=choices) | Unknown(near=choices) | Notice(choices=choices):
            said = tuple(choice.part for choice in choices)
    return tuple((part.entry, part.facet.name.value) for part in said)
