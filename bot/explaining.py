"""試す: the reply to a question as residents would get it, with the runners-up and the reasons in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.context import Context
from bot.rambling import heart_of
from bot.rendering import as_json
from bot.reply import Answer, Choices, Notice, Reply, Unknown
from bot.responder import respond
from bot.thresholds import thresholds
from bot.town import TownKnowledge, facet_labels
from bot.understanding import Question, understand
from bot.weighing import Weighed
from knowledge.library import Asked, Candidate
from knowledge.names import fold
from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data" / "reasons.yaml"
RUNNERS = 5
MOST_WORDS = 8  # words that met, the rarest first
WORTH_SAYING = 0.2  # likeness below which a phrasing explains nothing
HEARD = 0.95  # sureness of a name that was found by its sound


@dataclass(frozen=True)
class Runner:
    """An entry that was weighed: its best facet, score (shares of the question's mass) and the reasons in words."""

    entry: str
    title: str
    facet: str
    about: str
    score: float
    likeness: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The reply in the contract's form, what was read out of the question, why it was decided so, and the runners."""

    reply: dict[str, Any]
    confidence: float
    decision: str
    reading: tuple[str, ...]
    runners: tuple[Runner, ...]


def explain(town: TownKnowledge, question: str) -> Explanation:
    """What a resident would get at the beginning of a conversation, and why; nothing is recorded."""
    outcome = respond(question, Context(), town)
    reply = as_json(outcome.reply, town.office, masked=outcome.masked, english=outcome.english)
    asked, weighed, sure = heart_of(understand(question), town)
    if isinstance(outcome.reply, Notice):
        return Explanation(reply, outcome.reply.confidence, sentences()["notice"], (), ())
    runners = tuple(_runner(candidate, weighed.asked) for candidate in weighed.entries()[:RUNNERS])
    return Explanation(reply, round(sure, 3), _decision(outcome.reply, sure), tuple(_reading(asked, weighed)), runners)


@cache
def sentences() -> Mapping[str, Any]:
    """The wordings in `data/reasons.yaml`."""
    rows: dict[str, Any] = packaged(DATA)
    return rows


def _say(wording: str, /, **values: str | int) -> str:
    return str(sentences()[wording]).format(**values)


def _percent(share: float) -> int:
    return round(100 * share)


def _decision(reply: Reply, sure: float) -> str:
    limits = thresholds()
    percent = _percent(sure)
    match reply:
        case Answer():
            return _say("answer", sure=percent, limit=_percent(limits.answer))
        case Choices():
            return _say("choices", sure=percent, limit=_percent(limits.answer))
        case Unknown() if sure >= limits.offer:
            return _say("aside", sure=percent)
        case Unknown():
            return _say("unknown_reply", sure=percent, limit=_percent(limits.offer))
        case Notice():
            return _say("notice")


def _reading(question: Question, weighed: Weighed) -> Iterator[str]:
    """What was read out of the question before anything was compared."""
    asked = weighed.asked
    if fold(asked.searched) != fold(question.text):
        yield _say("respelled", text=asked.searched)
    for aspect in question.aspects:
        label = aspect.missing if aspect.told_by else facet_labels()[aspect.facets[0]] if aspect.facets else ""
        if label:
            yield _say("aspect", aspect=label)
    if asked.unknown:
        yield _say("unknown", percent=_percent(asked.unknown))
    if not weighed.candidates:
        yield _say("nothing")


def _runner(candidate: Candidate, asked: Asked) -> Runner:
    content, facet = candidate.entry.content, candidate.facet
    return Runner(
        entry=content.id,
        title=content.title,
        facet=facet_labels()[facet.name],
        about=facet.about,
        score=round(candidate.score, 3),
        likeness=round(candidate.likeness, 3),
        reasons=tuple(dict.fromkeys((*_names(content.id, asked), *_words(candidate)))),
    )


def _names(entry: str, asked: Asked) -> Iterator[str]:
    for hit in asked.names:
        if hit.owner == entry:
            found = "written" if hit.sureness >= 1 else "heard" if hit.sureness >= HEARD else "slipped"
            yield _say(found, name=hit.name)


def _words(candidate: Candidate) -> Iterator[str]:
    match = candidate.match
    if match is None:
        return
    nearest, likeness = match.nearest
    if likeness >= WORTH_SAYING:
        known = nearest in (*candidate.entry.content.phrasings, *candidate.facet.phrasings)
        yield _say("phrasing" if known else "title", phrasing=nearest, percent=_percent(likeness))
    fields = sentences()["fields"]
    for reason in match.reasons[:MOST_WORDS]:
        values = {"question": reason.question, "document": reason.document, "field": fields[reason.field]}
        yield _say("word", **values) if reason.group is None else _say("group", place=reason.group, **values)
    yield _say("coverage", percent=_percent(candidate.coverage))
