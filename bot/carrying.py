"""A short follow-up made whole: the aspect asked before, asked of another thing; a bare 「お金は？」 as an aspect."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import assert_never

from bot.context import Context
from bot.reply import Answer, Choices, Notice, Reply, Unknown
from bot.town import TownKnowledge
from bot.understanding import DATA, Question, aspects, followup_patterns, understand
from knowledge.entries import FacetName
from knowledge.names import fold_whole
from knowledge.packaged import packaged
from knowledge.text import analyse

MEMBER = "member"  # what is remembered where it was asked whether a thing is in a list
FEW_WORDS = 4  # of a message that only names a thing
_END = "[?？。!！]*$"
_BARE = (
    "^(?:で|じゃあ?|では|あと|それと|ちなみに)?、?(?:その|それの)?(?:{words})(?:の(?:こと|ほう|話|面))?(?:は|って|とか|も)?"
    + _END
)


@cache
def _again() -> dict[str, str]:
    rows: dict[str, dict[str, str]] = packaged(DATA / "carried.yaml")
    return rows["again"]


@cache
def _bare() -> dict[str, re.Pattern[str]]:
    rows: dict[str, dict[str, str]] = packaged(DATA / "carried.yaml")
    return {name: re.compile(_BARE.format(words=words)) for name, words in rows["bare"].items()}


def made_whole(question: Question, context: Context, town: TownKnowledge) -> Question:
    """The question with what the conversation lends it; unchanged where it lends nothing."""
    if not context.spoken or question.required:
        return question
    bare = [name for name, pattern in _bare().items() if pattern.search(question.text)]
    if bare:
        return _asking(question, bare[0])
    if "schedule" in context.asked and followup_patterns()["before"].search(question.text):
        return _asking(question, "schedule")
    return _asked_again(question, context, town) or question


def asked_again_of(thing: str, asked: Sequence[str]) -> str:
    """The first of the aspects that can be asked again, asked of a thing; "" where none can."""
    carried = _carried(asked)
    return thing + _again()[carried] if carried else ""


def _carried(asked: Sequence[str]) -> str:
    """The first of the aspects that can be asked again; "" of none."""
    return next((name for name in asked if name in _again()), "")


def _asking(question: Question, name: str) -> Question:
    """The question as one for an aspect of the thing last spoken of."""
    return replace(question, aspects=tuple(aspect for aspect in aspects() if aspect.name == name), leans=True)


def _asked_again(question: Question, context: Context, town: TownKnowledge) -> Question | None:
    """The aspect asked before, asked of the one thing that the message names: 「一斉配信のほうは？」"""
    if not asked_again_of("", context.asked) or question.aspects or _asks_otherwise(question):
        return None
    named = followup_patterns()["names_only"].fullmatch(question.text)
    core = named["core"] if named else ""
    if not core or len(set(analyse(core).words)) > FEW_WORDS or not town.library.is_known(core):
        return None
    if _is_said(core, context, town):
        return None  # 「全国は？」 of figures in which the nation's stands
    if _carried(context.asked) == "definition" and not town.library.names.find(core, slips=False):
        return None  # 「種類は？」 after 「テレワークって何」 asks for no meaning of 種類
    return understand(asked_again_of(core, context.asked))


def _is_said(core: str, context: Context, town: TownKnowledge) -> bool:
    """Whether the figures said last are told of the thing too."""
    part = town.part_at(context.spoken[0])
    if part is None or part.facet.name is not FacetName.FIGURE:
        return False
    return fold_whole(core) in fold_whole("\n".join((part.facet.text, *part.facet.items)))


def _asks_otherwise(question: Question) -> bool:
    by_place = question.ordinal is not None or question.steps_on or question.wants_last
    return by_place or question.wants_more or question.wants_whole or question.compares or question.wants_name


def lent(context: Context) -> Context:
    """The conversation for a question made whole: another thing stands alone, but a list is still the same list."""
    return context if MEMBER in context.asked else Context()


def is_told(reply: Reply, context: Context) -> bool:
    """Whether a reply to a question made whole says what was asked of the thing named."""
    match reply:
        case Answer(parts=parts):
            return MEMBER not in context.asked or parts[0].holds is not None
        case Unknown(known=known):
            return known is not None
        case Choices() | Notice():
            return False
        case _:
            assert_never(reply)


def remembered(question: Question, reply: Reply, after: Context) -> Context:
    """The conversation with what was asked: the aspects, and the place by which a thing was called."""
    asked = tuple(aspect.name for aspect in question.aspects)
    if isinstance(reply, Answer) and reply.parts[0].holds:
        asked = (MEMBER,)
    return replace(after, asked=asked, place=question.ordinal or 0)
