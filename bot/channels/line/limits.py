"""Whether messages keep LINE's limits, by the table in `shapes.py`; `fit` makes them keep them."""

from collections.abc import Iterator
from typing import Any

from bot.channels.line.faults import fault, shape_of, weight
from bot.channels.line.fitting import fit
from bot.channels.line.shapes import DEEPEST, MESSAGES, MOST_MESSAGES, SHAPES, Many, One, Rule, Shape

__all__ = ["fit", "problems"]


def problems(messages: Any) -> list[str]:
    """What LINE would refuse in the messages of one reply: a line each, with the place and without contents."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_MESSAGES:
        return [f"messages: not 1 to {MOST_MESSAGES} of them"]
    return [line for at, message in enumerate(messages) for line in _object(message, MESSAGES, f"messages[{at}]", 0)]


def _object(value: Any, names: tuple[str, ...], place: str, depth: int) -> Iterator[str]:
    name = shape_of(value, names)
    if name is None:
        yield f"{place}: none of {', '.join(names)}"
    elif depth > DEEPEST:
        yield f"{place}: deeper than {DEEPEST} boxes"
    else:
        yield from _properties(value, SHAPES[name], place, depth + (name == "box"))


def _properties(value: dict[str, Any], shape: Shape, place: str, depth: int) -> Iterator[str]:
    rules = {**shape.must, **shape.may}
    for missing in shape.must.keys() - value.keys():
        yield f"{place}: {missing} is missing"
    unknown = [key for key in value if key not in rules and not (key == "type" and shape.type)]
    if unknown:
        yield f"{place}: {len(unknown)} unknown properties"
    for key, rule in rules.items():
        if key in value:
            yield from _value(value[key], rule, f"{place}.{key}", depth)
    if shape.bytes and not unknown and weight(value) > shape.bytes:
        yield f"{place}: {weight(value)} bytes, at most {shape.bytes}"


def _value(value: Any, rule: Rule, place: str, depth: int) -> Iterator[str]:
    match rule:
        case One(names):
            yield from _object(value, names, place, depth)
        case Many(names, most):
            if not isinstance(value, list) or not 1 <= len(value) <= most:
                yield f"{place}: not 1 to {most} of them"
                return
            for at, each in enumerate(value):
                yield from _object(each, names, f"{place}[{at}]", depth)
        case _:
            found = fault(rule, value)
            if found:
                yield f"{place}: {found}"
