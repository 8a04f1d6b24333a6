"""What LINE refuses in a reply: our own table of its limits, and, where it is at hand, LINE's own description."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator

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
    return found + described("ReplyMessageRequest", body)


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
def _description() -> dict[str, Any] | None:
    evaluation = os.environ.get("ANNAI_EVALUATION")
    path = Path(evaluation).parent / "line-openapi" / "messaging-api.yml" if evaluation else None
    if path is None or not path.exists():
        return None
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)  # noqa: S506
    return loaded


def described(name: str, value: Any) -> list[str]:
    """What LINE's own description finds wrong with a value of one of its schemas."""
    description = _description()
    if description is None:
        return []
    schemas = description["components"]["schemas"]
    return list(_wrong(name, value, schemas, description))


def _wrong(name: str, value: Any, schemas: dict[str, Any], description: dict[str, Any]) -> list[str]:
    validator = Draft4Validator({"$ref": f"#/components/schemas/{name}", "components": description["components"]})
    found = [f"{name}: {error.json_path} {error.validator}" for error in validator.iter_errors(value)]
    kind = schemas[name].get("discriminator")
    if kind and isinstance(value, dict):
        special = kind["mapping"].get(value.get(kind["propertyName"]))
        if special is None:
            return [*found, f"{name}: unknown type"]
        special = special.rsplit("/", 1)[-1]
        if special != name:
            found += _wrong(special, value, schemas, description)
    for each, schema in _properties(name, schemas).items():
        if not isinstance(value, dict) or each not in value:
            continue
        reference = schema.get("$ref") or schema.get("items", {}).get("$ref")
        if reference:
            inner = reference.rsplit("/", 1)[-1]
            many = value[each] if isinstance(value[each], list) else [value[each]]
            found += [fault for one in many for fault in _wrong(inner, one, schemas, description)]
    return found


def _properties(name: str, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = schemas[name]
    own = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        own |= part.get("properties", {}) if "$ref" not in part else {}
    return own
