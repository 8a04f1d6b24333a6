"""The lexicon: groups of words that mean the same to a resident, read from the YAML files beside this module.

A member is met in any inflection, particles or none between its words. Where it is written with `…`, a few other
words may stand there: 仕事…行けない is met by 「仕事で昼間は役場へ行けません」.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from knowledge.packaged import packaged
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
Member = tuple[tuple[Sequence, ...], Found]  # its parts between gaps
GAP = "…"  # in a member: a few words may stand here (仕事…行けない)
WIDEST = 4  # pieces in a gap
LIGHT = frozenset({"居る", "仕舞う", "呉れる", "貰う", "頂く", "下さる"})  # 書いて(いる・もらう・くれる) is 書く


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Groups prepared for finding their members in analysed texts; expressions of several words included."""

    groups: tuple[Group, ...] = ()
    _members: Mapping[Sequence, tuple[Member, ...]] = field(default_factory=dict)  # by opening
    _broader: Mapping[Sequence, tuple[Member, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Lexicon:
        """The lexicon of these groups; words of which nothing is left after the stop list are passed over."""
        kept = tuple(groups)
        members = _by_opening((number, word) for number, group in enumerate(kept) for word in group.words)
        broader = _by_opening((number, word) for number, group in enumerate(kept) for word in group.broader)
        return cls(kept, members, broader)

    def found(self, words: Words) -> list[Found]:
        """Every member that stands in the text, in order, as often as it stands there."""
        return list(_matches(self._members, _told(words.sequence)))

    def found_broader(self, words: Words) -> list[Found]:
        """Every broader word of a group that stands in the text."""
        return list(_matches(self._broader, _told(words.sequence))) if self._broader else []


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
        rows = packaged(path) or []
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


def _by_opening(members: Iterable[tuple[int, str]]) -> dict[Sequence, tuple[Member, ...]]:
    """Members by their first two pieces, or by the one where another may follow; longest first."""
    table: defaultdict[Sequence, list[Member]] = defaultdict(list)
    for group, word in members:
        if analyse(word).words:
            parts = _parts(word)
            table[parts[0][:2]].append((parts, Found(group, word)))
    return {opening: tuple(sorted(rows, key=lambda row: -sum(map(len, row[0])))) for opening, rows in table.items()}


def _parts(word: str) -> tuple[Sequence, ...]:
    """A member's pieces, parted where other words may stand between."""
    return tuple(pieces for part in word.split(GAP) if (pieces := _told(analyse(part).sequence)))


def _told(sequence: Sequence) -> Sequence:
    """The pieces without the verbs that only say from whose side, or how long, something is done."""
    return tuple(piece for piece in sequence if piece not in LIGHT)


def _matches(table: Mapping[Sequence, tuple[Member, ...]], sequence: Sequence) -> Iterator[Found]:
    last = len(sequence) - 1
    for place, piece in enumerate(sequence):
        if place < last:
            for parts, found in table.get(sequence[place : place + 2], ()):
                if _stands(parts, sequence, place):
                    yield found
        for parts, found in table.get((piece,), ()):
            if len(parts) == 1 or _stands(parts, sequence, place):
                yield found


def _stands(parts: tuple[Sequence, ...], sequence: Sequence, place: int) -> bool:
    """Whether the first part stands at `place`, and the others after it with no more than a few words between."""
    end = place + len(parts[0])
    if sequence[place:end] != parts[0]:
        return False
    starts = range(end, min(end + WIDEST, len(sequence) - 1) + 1)
    return len(parts) == 1 or any(_stands(parts[1:], sequence, start) for start in starts)
