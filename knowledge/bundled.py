"""The bundled knowledge: reads and validates `knowledge/towns/<town>/*.yaml`, naming file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.entries import EntryContent, TownContent

Content = TypeVar("Content", bound=BaseModel)
TOWNS = Path(__file__).parent / "towns"
_ODD = "YAML として読めない値があります。日付、数値、「!」「&」「*」「?」で始まるところを確かめてください"


class BrokenKnowledge(Exception):
    """A knowledge file that cannot be used; the sentence names file, line and remedy."""


@dataclass(frozen=True)
class Located:
    """An entry with the file and line it stands on."""

    content: EntryContent
    file: Path
    line: int


@dataclass(frozen=True)
class BundledTown:
    """All that the files say of one town."""

    town: TownContent
    entries: tuple[Located, ...]


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it: ten times faster


class _LineLoader(_Loader):  # type: ignore[misc, valid-type]
    """Safe loader that refuses a repeated key and notes each mapping's line under `__line__`."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG002  PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise BrokenKnowledge(f"{key.start_mark.line + 1}行目：「{key.value}」が二度書かれています")
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=True)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_lines(v) for k, v in value.items() if k != "__line__"}
    if isinstance(value, list):
        return [_without_lines(v) for v in value]
    return value


def _line_of(value: Any, path: tuple[int | str, ...]) -> int:
    line = value.get("__line__", 1) if isinstance(value, dict) else 1
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict):
            line = value.get("__line__", line)
    return int(line)


def read_yaml(path: Path) -> Any:
    """The file's content, each mapping with its `__line__`; raises BrokenKnowledge."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506
    except BrokenKnowledge as error:
        raise BrokenKnowledge(f"{path.name}：{error}。一つにまとめてください") from None
    except UnicodeDecodeError:
        raise BrokenKnowledge(f"{path.name}：文字コードを UTF-8 にしてください") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", "") or "書き方が正しくありません"
        raise BrokenKnowledge(
            f"{path.name} {line}行目：YAML として読めません（{problem}）。字下げや引用符を確かめてください"
        ) from None
    except (ValueError, TypeError, RecursionError):  # a date or number that is none, a list as a key: YAML's, not ours
        raise BrokenKnowledge(f"{path.name}：{_ODD}") from None


def validated(model: type[Content], raw: Any, path: Path) -> Content:
    """`raw` as `model`; raises BrokenKnowledge with file, line and field."""
    try:
        return model.model_validate(_without_lines(raw))
    except ValidationError as error:
        first = error.errors()[0]
        line = _line_of(raw, first["loc"])
        where = ".".join(str(step) for step in first["loc"])
        raise BrokenKnowledge(f"{path.name} {line}行目 {where}：{first['msg'].removeprefix('Value error, ')}") from None
    except RecursionError:  # an anchor that holds itself
        raise BrokenKnowledge(f"{path.name}：{_ODD}") from None


def _entries(folder: Path) -> Iterator[Located]:
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "town.yaml":
            continue
        rows = read_yaml(path)
        if not isinstance(rows, list):
            raise BrokenKnowledge(f"{path.name} 1行目：回答項目の並び（- id: …）にしてください")
        for raw in rows:
            content = validated(EntryContent, raw, path)
            yield Located(content, path, raw["__line__"] if isinstance(raw, dict) else 1)


def read_town(folder: Path) -> BundledTown:
    """One town's folder, refused whole at the first fault; raises BrokenKnowledge."""
    town_file = folder / "town.yaml"
    if not town_file.exists():
        raise BrokenKnowledge(f"{folder.name}：town.yaml がありません")
    town = validated(TownContent, read_yaml(town_file), town_file)
    entries = tuple(_entries(folder))
    seen: dict[str, Located] = {}
    for entry in entries:
        if entry.content.id in seen:
            first = seen[entry.content.id]
            raise BrokenKnowledge(
                f"{entry.file.name} {entry.line}行目：id「{entry.content.id}」は"
                f" {first.file.name} {first.line}行目にもあります。どちらかを変えてください"
            )
        seen[entry.content.id] = entry
    return BundledTown(town, entries)


def town_folders(root: Path = TOWNS) -> list[Path]:
    """The folders of the bundled towns, by name."""
    return sorted(path.parent for path in root.glob("*/town.yaml"))
