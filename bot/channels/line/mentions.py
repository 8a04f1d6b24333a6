"""A LINE text without what is not the resident's own words: the mention of the bot, and LINE's emoji."""

from collections.abc import Mapping
from typing import Any

AT = ("@", "＠")


def addressed_text(message: Mapping[str, Any], *, in_group: bool) -> str | None:
    """The words of a text message; None where it was said in a group and the bot is not mentioned."""
    text = message.get("text")
    if not isinstance(text, str):
        return None
    mentions = [m for m in _list(message, "mention", "mentionees") if m.get("isSelf") is True]
    if in_group and not mentions:
        return None
    spans = [_span(text, m, begins=AT) for m in mentions]
    spans += [_span(text, e, begins=("(",)) for e in _list(message, "emojis")]
    return _without(text, sorted(span for span in spans if span))


def _list(given: Mapping[str, Any], *path: str) -> list[Mapping[str, Any]]:
    found: Any = given
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _span(text: str, given: Mapping[str, Any], *, begins: tuple[str, ...]) -> tuple[int, int] | None:
    """Where a piece stands, counted in characters or (LINE does not say which) in UTF-16 units: as its first fits."""
    index, length = given.get("index"), given.get("length")
    if not isinstance(index, int) or not isinstance(length, int) or index < 0 or length < 1:
        return None
    counted = ((index, index + length), (_character(text, index), _character(text, index + length)))
    return next((span for span in counted if text[span[0] : span[1]].startswith(begins)), None)


def _character(text: str, units: int) -> int:
    """The number of characters in the first `units` UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "replace"))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return " ".join(part.strip() for part in (*kept, text[at:]) if part.strip())
