"""What LINE refuses in a reply: our own table of its limits, and, where it is at hand, LINE's own description."""

import json
from functools import cache
from typing import Any

from tests.bot.channels.line import description

SCHEMES = ("http:", "https:", "line:", "tel:")


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def faults(body: Any) -> list[str]:
    """Why LINE answers a reply with 400; empty where it takes it."""
    if not isinstance(body, dict) or not isinstance(body.get("replyToken"), str):
        return ["no replyToken"]
    messages = body.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= 5:
        return ["1 to 5 messages"]
    found = [fault for message in messages for fault in _message(message)]
    return found + (description.faults(messages) if _is_described() else [])


def _message(message: dict[str, Any]) -> list[str]:
    found = []
    if message.get("type") == "text":
        found += _length("text", message.get("text", ""), 5_000)
    elif message.get("type") == "flex":
        found += _length("altText", message.get("altText", ""), 1_500)
        contents = message.get("contents", {})
        bubbles = contents.get("contents", []) if contents.get("type") == "carousel" else [contents]
        found += ["12 bubbles"] if len(bubbles) > 12 else []
        found += ["bubble of 30 KB" for bubble in bubbles if len(json.dumps(bubble)) > 30 * 1024]
        found += _actions(contents, 40)
    else:
        found.append("a type we do not send")
    items = message.get("quickReply", {}).get("items", [])
    found += ["13 items"] if len(items) > 13 else []
    return found + _actions(items, 20)


def _actions(node: Any, label: int) -> list[str]:
    """Every action in a tree."""
    if isinstance(node, list):
        return [fault for each in node for fault in _actions(each, label)]
    if not isinstance(node, dict):
        return []
    found = []
    action = node.get("action")
    if isinstance(action, dict):
        found += _length("label", action.get("label", ""), label)
        found += _length("data", action["data"], 300) if action.get("type") == "postback" else []
        found += _length("displayText", action["displayText"], 300) if "displayText" in action else []
        if action.get("type") == "uri":
            found += _length("uri", action["uri"], 1_000)
            found += [] if action["uri"].startswith(SCHEMES) else ["scheme"]
    return found + [fault for value in node.values() for fault in _actions(value, label)]


def _length(name: str, text: str, most: int) -> list[str]:
    return [] if 1 <= units(text) <= most else [f"{name}: {units(text)} of {most}"]


@cache
def _is_described() -> bool:
    return description.path() is not None
