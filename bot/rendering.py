"""A Reply as the text a resident reads and as the contract's JSON: templates only, no sentence of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.citing import cited_by
from bot.reply import Answer, Choice, Choices, Cited, Notice, Part, Reply, Unknown
from knowledge.models import RETENTION_DAYS

REPLIES = Path(__file__).parent / "replies"
BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True)
class Contact:
    """How a department is reached; only what staff entered."""

    telephone: str = ""
    opening_hours: str = ""
    address: str = ""


@dataclass(frozen=True)
class Office:
    """Whom a reply sends a resident to, and how it greets; contact details only where staff entered them.

    `retention_days` is how long a conversation is kept.
    """

    name: str
    office: str
    telephone: str = ""
    opening_hours: str = ""
    holidays: str = ""
    web_address: str = ""
    privacy_contact: str = ""
    retention_days: int = RETENTION_DAYS
    greeting: str = ""
    contacts: Mapping[str, Contact] = field(default_factory=dict)


def month(date: str) -> str:
    """「2026-03」 or 「2026-03-31」 as 「2026年3月」; empty where there is none."""
    if not date:
        return ""
    year, number, *_ = date.split("-")
    return f"{year}年{int(number)}月"


@cache
def _templates() -> Environment:
    # Residents' words never reach a template, and the texts are no HTML: each channel escapes for itself.
    env = Environment(loader=FileSystemLoader(REPLIES), undefined=StrictUndefined, autoescape=False, auto_reload=False)  # noqa: S701
    env.filters["month"] = month
    return env


def _say(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(**values).strip()


def _departments(part: Part | None) -> tuple[str, ...]:
    return part.facet.departments if part else ()


def body_of(reply: Reply) -> str:
    """The answer alone: without notices and source; empty for a reply that answers nothing."""
    match reply:
        case Answer(parts=parts):
            return BETWEEN_PARTS.join(_say("answer.body.j2", part=part) for part in parts)
        case Choices() | Unknown() | Notice():
            return ""
        case _:
            assert_never(reply)


def _answer_text(answer: Answer, body: str, town: Office) -> str:
    sources = cited_by(answer.parts)
    return _say("answer.j2", body=body, parts=answer.parts, sources=sources, town=town, half=answer.half)


def text_of(reply: Reply, town: Office) -> str:
    """All that a resident reads of the reply itself."""
    match reply:
        case Answer():
            return _answer_text(reply, body_of(reply), town)
        case Choices(choices=choices):
            return _say("choices.j2", choices=choices)
        case Unknown():
            return _say("unknown.j2", town=town, departments=_departments(reply.known), **vars(reply))
        case Notice(wording=wording, message=message, choices=choices):
            return _say("notice.j2", town=town, wording=wording, message=message, choices=choices)
        case _:
            assert_never(reply)


def source_of(cited: Cited) -> str:
    """Where something comes from, as every reply says it; a line each for the plan, its period, a confirmation."""
    return _say("source.j2", cited=cited)


def greeting_of(town: Office) -> str:
    """How a conversation begins: the town's own words, or ours."""
    return _say("notices/greeting.j2", town=town)


def _part_json(part: Part, body: str) -> dict[str, Any]:
    return {
        "entry": part.entry,
        "facet": part.facet.name.value,
        "body": body,
        "sources": [
            {
                "title": c.title,
                "edition": c.edition,
                "published": c.published,
                "section": c.section,
                "lines": c.lines,
                "address": c.address,
            }
            for c in part.sources
        ],
        "easy": part.easy,
    }


def _choice_json(choice: Choice, town: Office) -> dict[str, str]:
    answer = Answer((choice.part,), confidence=1.0)
    body = body_of(answer)
    return {"label": choice.label, "body": body, "text": _answer_text(answer, body, town)}


def _kind(reply: Reply) -> str:
    match reply:
        case Answer():
            return "answer"
        case Choices():
            return "choices"
        case Unknown():
            return "unknown"
        case Notice():
            return "notice"
        case _:
            assert_never(reply)


def _offered(reply: Reply) -> tuple[Choice, ...]:
    match reply:
        case Choices(choices=choices) | Notice(choices=choices) | Unknown(near=choices):
            return choices
        case Answer():
            return ()
        case _:
            assert_never(reply)


def as_json(reply: Reply, town: Office, *, masked: bool = False, english: bool = False) -> dict[str, Any]:
    """The reply as DESIGN.md's contract has it; `known` is the part that an admission says beside what it admits."""
    before = [_say("masked.j2")] if masked and not isinstance(reply, Notice) else []
    before += [_say("english.j2")] if english else []
    parts = reply.parts if isinstance(reply, Answer) else ()
    known = reply.known if isinstance(reply, Unknown) else None
    bodies = [_say("answer.body.j2", part=part) for part in parts]
    body = BETWEEN_PARTS.join(bodies)
    text = _answer_text(reply, body, town) if isinstance(reply, Answer) else text_of(reply, town)
    return {
        "kind": _kind(reply),
        "notice": reply.notice if isinstance(reply, Notice) else None,
        "body": body,
        "text": "\n".join([*before, text]),
        "parts": [_part_json(part, said) for part, said in zip(parts, bodies, strict=True)],
        "known": _part_json(known, _say("answer.body.j2", part=known)) if known else None,
        "confidence": round(reply.confidence, 3),
        "choices": [_choice_json(choice, town) for choice in _offered(reply)],
        "followups": list(reply.followups) if isinstance(reply, Answer) else [],
        "masked": masked,
    }
