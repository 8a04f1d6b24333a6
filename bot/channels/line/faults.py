"""What is wrong with a single value by the rule of its property; never with the value itself in the words."""

import json
import re
from collections.abc import Sequence
from typing import Any, assert_never
from urllib.parse import urlsplit

from bot.channels.line.cutting import sendable, units
from bot.channels.line.shapes import SHAPES, Address, Data, Flag, OneOf, Pattern, Whole, Words

Leaf = Words | Data | Address | OneOf | Pattern | Whole | Flag
SCHEMES = ("http", "https", "line", "tel")
_URI = re.compile(r"[a-z]+:(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|#|%[0-9A-Fa-f]{2})+")


def fault(rule: Leaf, value: Any) -> str:
    """What breaks the rule, in a few words for a log; "" where nothing does."""
    match rule:
        case Words(most) | Data(most):
            return _fault_of_text(value, most)
        case Address(most):
            return _fault_of_text(value, most) or ("" if _is_uri(value) else "no URI that LINE opens")
        case OneOf(words):
            return "" if isinstance(value, str) and value in words else "no known word"
        case Pattern(form):
            return "" if isinstance(value, str) and re.fullmatch(form, value) else "not of the form"
        case Whole(least, most):
            fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
            return "" if fits else f"no whole number from {least} to {most}"
        case Flag():
            return "" if isinstance(value, bool) else "neither true nor false"
        case _:
            assert_never(rule)


def _fault_of_text(value: Any, most: int) -> str:
    if not isinstance(value, str):
        return "no text"
    if not value.strip():
        return "empty"
    if sendable(value) != value:
        return "a character that cannot be sent"
    return f"{units(value)} units, at most {most}" if units(value) > most else ""


def _is_uri(value: str) -> bool:
    if not _URI.fullmatch(value) or value.count("#") > 1:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in SCHEMES and (not parts.scheme.startswith("http") or bool(parts.hostname))
    except ValueError:
        return False


def shape_of(value: Any, names: Sequence[str]) -> str | None:
    """Which of the shapes an object is, by its `type`; None for none of them."""
    if not isinstance(value, dict):
        return None
    given = value.get("type", "")
    return next((name for name in names if isinstance(given, str) and SHAPES[name].type == given), None)


def weight(value: Any) -> int:
    """The bytes of an object in the escaped form in which it is sent."""
    return len(json.dumps(value, ensure_ascii=True))
