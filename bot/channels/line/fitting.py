"""Messages made to keep LINE's limits: shortened where a reader would, and without what LINE would refuse."""

from collections.abc import Iterator
from typing import Any

from bot.channels.line.cutting import cut, sendable, units
from bot.channels.line.faults import fault, shape_of, weight
from bot.channels.line.shapes import DEEPEST, MESSAGES, MOST_MESSAGES, SHAPES, Many, One, Rule, Shape, Words
from bot.channels.line.wordings import wording

LEAST_LEFT = 60  # units of a text before whole components are dropped instead
ESCAPED = 6  # bytes of a unit as \uXXXX


def fit(messages: Any) -> list[dict[str, Any]]:
    """1 to 5 messages without problems, for any input: as given where they fit, else shortened.

    A Flex message that cannot be saved becomes its `altText` as a text; where nothing can be sent at all, the
    resident reads an apology. The last message's quick replies stay with the last one kept.
    """
    given = messages if isinstance(messages, list) else []
    kept = [fitted for message in given if (fitted := _message(message)) is not None]
    if len(kept) > MOST_MESSAGES:
        quick = kept[-1].get("quickReply")
        kept = kept[:MOST_MESSAGES]
        if quick:
            kept[-1]["quickReply"] = quick
    return kept or [{"type": "text", "text": wording("unsendable")}]


def _message(value: Any) -> dict[str, Any] | None:
    fitted = _object(value, MESSAGES, 0)
    if fitted is None and isinstance(value, dict):
        return _object({**value, "type": "text", "text": value.get("altText")}, MESSAGES, 0)
    return fitted


def _object(value: Any, names: tuple[str, ...], depth: int) -> dict[str, Any] | None:
    name = shape_of(value, names)
    if name is None or depth > DEEPEST:
        return None
    shape = SHAPES[name]
    fitted: dict[str, Any] = {"type": shape.type} if shape.type else {}
    rules = {**shape.must, **shape.may}
    for key in value:
        kept = _value(value[key], rules[key], depth + (name == "box")) if key in rules else None
        if kept is not None:
            fitted[key] = kept
    if shape.must.keys() - fitted.keys():
        return None
    return _lightened(fitted, shape) if shape.bytes else fitted


def _value(value: Any, rule: Rule, depth: int) -> Any:
    """The value as the rule wants it, or None where it cannot be had."""
    match rule:
        case One(names):
            return _object(value, names, depth)
        case Many(names, most):
            listed = value if isinstance(value, list) else []
            kept = [each for one in listed if (each := _object(one, names, depth)) is not None]
            return kept[:most] or None
        case Words(most) if isinstance(value, str):
            text = cut(sendable(value), most)
            return None if fault(rule, text) else text
        case _:
            return None if fault(rule, value) else value


def _lightened(container: dict[str, Any], shape: Shape) -> dict[str, Any] | None:
    """A bubble or carousel in at most the shape's bytes: its longest texts cut, then its last parts dropped."""
    while (excess := weight(container) - shape.bytes) > 0:
        texts = [text for text in _texts(container) if units(text["text"]) > LEAST_LEFT]
        if texts:
            longest = max(texts, key=lambda text: units(text["text"]))
            room = units(longest["text"]) - excess // ESCAPED - 1
            longest["text"] = cut(longest["text"], max(LEAST_LEFT, room))
        elif not _drop_last(container):
            return None
    return container


def _texts(component: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if component.get("type") == "text":
        yield component
    for key in ("header", "body", "footer"):
        if key in component:
            yield from _texts(component[key])
    contents = component.get("contents")
    for each in contents if isinstance(contents, list) else ():
        yield from _texts(each)


def _drop_last(container: dict[str, Any]) -> bool:
    """Drops a carousel's last bubble, or a bubble's footer, header or last component; False where one is all."""
    for key in ("footer", "header"):
        if container.pop(key, None) is not None:
            return True
    contents = container["body"]["contents"] if "body" in container else container["contents"]
    if len(contents) > 1:
        contents.pop()
        return True
    return False
