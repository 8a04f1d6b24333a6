"""The lexicon: groups of words that mean the same to a resident, read from the YAML files beside this module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from knowledge.text import Words, analyse


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the sentence is for staff and names the file and the place."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words with one meaning; `broader` words are reached from them, but not the other way round."""

    words: tuple[str, ...]
    note: str = ""
    broader: tuple[str, ...] = ()
    place: str = ""  # file and number, so that staff find it


@dataclass(frozen=True, slots=True)
class Found:
    """A member of a group that stands in a text: which group, and the member as it is written in the lexicon."""

    group: int
    member: str


Sequence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Groups prepared for finding their members in analysed texts; expressions of several words included."""

    groups: tuple[Group, ...] = ()
    _members: Mapping[str, tuple[tuple[Sequence, Found], ...]] = field(default_factory=dict)  # by first piece
    _broader: Mapping[str, tuple[tuple[Sequence, Found], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Lexicon:
        """The lexicon of these groups; words of which nothing is left after the stop list are passed over."""
        kept = tuple(groups)
        members = _by_first((number, word) for number, group in enumerate(kept) for word in group.words)
        broader = _by_first((number, word) for number, group in enumerate(kept) for word in group.broader)
        return cls(kept, members, broader)

    def found(self, words: Words) -> list[Found]:
        """Every member that stands in the text, in order, as often as it stands there."""
        return list(_matches(self._members, words.sequence))

    def found_broader(self, words: Words) -> list[Found]:
        """Every broader word of a group that stands in the text."""
        return list(_matches(self._broader, words.sequence)) if self._broader else []


def load(folder: Path | None = None) -> tuple[Group, ...]:
    """All groups of a folder's YAML files, in the files' order; raises LexiconError."""
    paths = sorted((folder or Path(__file__).parent).glob("*.yaml"))
    return tuple(group for path in paths for group in read(path))


@cache
def bundled() -> Lexicon:
    """The lexicon that comes with the product."""
    return Lexicon.of(load())


def read(path: Path) -> tuple[Group, ...]:
    """The groups of one file; raises LexiconError."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"の{mark.line + 1}行目" if mark else ""
        raise LexiconError(f"辞書 {path.name} {line}が YAML として読めません。") from error
    if not isinstance(rows, list):
        raise LexiconError(f"辞書 {path.name} はグループの一覧にしてください。")
    return tuple(_group(row, f"{path.name} の{number}番目") for number, row in enumerate(rows, start=1))


def _group(row: object, place: str) -> Group:
    if not isinstance(row, dict) or not isinstance(row.get("words"), list):
        raise LexiconError(f"辞書 {place}のグループに words の一覧がありません。")
    broader = row.get("broader") or []
    if not all(isinstance(word, str) and word.strip() for word in [*row["words"], *broader]):
        raise LexiconError(f"辞書 {place}のグループに、文字でない語か空の語があります。")
    return Group(tuple(row["words"]), str(row.get("note") or ""), tuple(broader), place)


def _by_first(members: Iterable[tuple[int, str]]) -> dict[str, tuple[tuple[Sequence, Found], ...]]:
    """Members by their first piece, longest first."""
    table: defaultdict[str, list[tuple[Sequence, Found]]] = defaultdict(list)
    for group, word in members:
        words = analyse(word)
        if words.words:
            table[words.sequence[0]].append((words.sequence, Found(group, word)))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _matches(table: Mapping[str, tuple[tuple[Sequence, Found], ...]], sequence: Sequence) -> Iterator[Found]:
    for place, piece in enumerate(sequence):
        for pieces, found in table.get(piece, ()):
            if len(pieces) == 1 or sequence[place : place + len(pieces)] == pieces:
                yield found
