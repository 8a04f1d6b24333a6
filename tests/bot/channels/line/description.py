"""LINE's own description of its messages as JSON Schema, where ANNAI_EVALUATION says where it lies."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from bot.settings import read_settings


def path() -> Path | None:
    """`line-openapi/messaging-api.yml` beside the evaluation sets, or None where they are not given."""
    folder = read_settings().evaluation
    found = Path(folder).parent / "line-openapi" / "messaging-api.yml"
    return found if folder and found.exists() else None


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator of one schema of the description; it knows no other properties than the described ones."""
    found = path()
    assert found is not None
    schemas = yaml.safe_load(found.read_text(encoding="utf-8"))["components"]["schemas"]
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": _closed(schemas)}})


def _closed(schemas: dict[str, Any]) -> dict[str, Any]:
    """Discriminators made into conditions; what extends a base refers to it without its condition."""
    closed = {}
    for name, schema in schemas.items():
        mine = copy.deepcopy(schema)
        discriminator = mine.pop("discriminator", None)
        if discriminator is None:
            if "properties" in mine or "allOf" in mine:
                mine["unevaluatedProperties"] = False
            for part in mine.get("allOf", ()):
                if "$ref" in part:
                    part["$ref"] += "Bare"
            closed[name] = mine
            continue
        closed[name + "Bare"] = mine
        key, mapping = discriminator["propertyName"], discriminator["mapping"]
        closed[name] = {
            "type": "object",
            "required": [key],
            "properties": {key: {"enum": list(mapping)}},
            "allOf": [
                {"if": {"properties": {key: {"const": value}}}, "then": {"$ref": reference}}
                for value, reference in mapping.items()
            ],
        }
    return closed


def faults(messages: list[dict[str, Any]]) -> list[str]:
    """What LINE's description refuses in the messages of a reply."""
    request = {"replyToken": "token", "messages": messages}
    return [
        f"{error.json_path}: {error.message[:200]}" for error in validator("ReplyMessageRequest").iter_errors(request)
    ]
