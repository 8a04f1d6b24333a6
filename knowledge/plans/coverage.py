"""What a plan holds and the town's knowledge does not, and the reverse: by name, and by the lines of the source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from knowledge.called import names_in
from knowledge.entries import EntryContent, Kind
from knowledge.names import fold, fold_whole
from knowledge.plans.findings import Findings, Place

LIKE = 88.0  # RapidFuzz ratio of folded names from which they are one
SHORTEST_LIKE = 4  # folded characters; shorter names must be the same
SHORTEST_PART = 5  # … that may stand inside another name
KINDS = (Kind.TERM, Kind.MEASURE, Kind.FIGURE, Kind.LIST)
BY_LINES = (Kind.FIGURE, Kind.LIST)  # what has hardly a name of its own


@dataclass(frozen=True)
class Held:
    """Something that the plan holds: kind, name and other names, place."""

    kind: Kind
    name: str
    aliases: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Pair:
    """Something of the plan and the entry that covers it; `by` is "name" or "lines"."""

    held: Held
    entry_id: str
    by: str


@dataclass(frozen=True)
class Coverage:
    """What is covered, what is missing from the knowledge, and the entries that nothing of the plan stands behind."""

    covered: tuple[Pair, ...]
    missing: tuple[Held, ...]
    unfounded: tuple[EntryContent, ...]

    def share_of(self, kind: str) -> tuple[int, int]:
        """How many of a kind are covered, of how many."""
        covered = sum(pair.held.kind == kind for pair in self.covered)
        return covered, covered + sum(held.kind == kind for held in self.missing)


def held_in(findings: Findings) -> list[Held]:
    """All that was found, as things with names and places."""
    held = [Held(Kind.TERM, term.term, (*term.aliases, term.spelled), term.place) for term in findings.terms]
    held += [Held(Kind.MEASURE, measure.name, (), measure.place) for measure in findings.measures]
    held += [Held(Kind.FIGURE, figure.what, (), figure.place) for figure in findings.figures]
    return held + [Held(Kind.LIST, listed.what, (), listed.place) for listed in findings.lists]


def compare(findings: Findings, entries: Iterable[EntryContent], text: str = "", *, lines: bool = True) -> Coverage:
    """The plan beside the entries; an entry whose name stands anywhere in the plan's text has its ground there.

    `lines`: whether the entries' line numbers are of this very document.
    """
    known = list(entries)
    names = _Names(known)
    spans = {entry.id: _spans(entry) for entry in known} if lines else {}
    covered, missing = [], []
    for held in held_in(findings):
        by_name = names.owner(held)
        entry_id = by_name or (_by_lines(held, spans) if held.kind in BY_LINES else "")
        if entry_id:
            covered.append(Pair(held, entry_id, "name" if by_name else "lines"))
        else:
            missing.append(held)
    used = {pair.entry_id for pair in covered}
    said, places = fold_whole(text), [_lines(held) for held in held_in(findings)]
    unfounded = tuple(
        entry
        for entry in known
        if entry.kind in KINDS and entry.id not in used and not _stands_in(entry, said, spans.get(entry.id, []), places)
    )
    return Coverage(tuple(covered), tuple(missing), unfounded)


def _stands_in(entry: EntryContent, said: str, spans: list[range], places: list[range]) -> bool:
    """Whether the entry is named in the plan's folded text, or leans on lines on which something was found."""
    if any(len(name) >= SHORTEST_LIKE and name in said for name in _folded(name for name, _ in names_in(entry))):
        return True
    return any(_overlap(span, place) for span in spans for place in places)


def _lines(held: Held) -> range:
    return range(held.place.line, held.place.last + 1)


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _folded(names: Iterable[str]) -> list[str]:
    return [folded for folded in map(fold, names) if folded]


class _Names:
    """The entries' folded names: of all kinds for the very same name, of one kind for a name that is only like it."""

    def __init__(self, entries: Iterable[EntryContent]) -> None:
        self.exact: dict[str, str] = {}
        self.of_kind: dict[Kind, dict[str, str]] = defaultdict(dict)
        for entry in entries:
            for name in _folded(name for name, _ in names_in(entry)):
                self.exact.setdefault(name, entry.id)
                self.of_kind[entry.kind].setdefault(name, entry.id)

    def owner(self, held: Held) -> str:
        """The entry with the same name, else one of its kind whose name holds it or differs in a letter or two."""
        wanted = _folded((held.name, *held.aliases))
        own = self.of_kind[held.kind]
        for names in (own, self.exact):
            for name in wanted:
                if name in names:
                    return names[name]
        return next((own[like] for name in wanted if (like := _like(name, own))), "")


def _like(name: str, names: Mapping[str, str]) -> str:
    if len(name) >= SHORTEST_PART:
        for known in names:
            if len(known) >= SHORTEST_PART and (name in known or known in name):
                return known
    if len(name) < SHORTEST_LIKE:
        return ""
    found = process.extractOne(name, names.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
    return str(found[0]) if found else ""


def _by_lines(held: Held, spans: dict[str, list[range]]) -> str:
    """The entry of which a facet stands on the same lines."""
    lines = _lines(held)
    return next((key for key, ranges in spans.items() if any(_overlap(span, lines) for span in ranges)), "")


def _spans(entry: EntryContent) -> list[range]:
    spans = []
    for facet in entry.facets:
        for part in filter(None, facet.lines.replace(" ", "").split(",")):
            first, _, last = part.partition("-")
            spans.append(range(int(first), int(last or first) + 1))
    return spans


def as_json(coverage: Coverage) -> dict[str, Any]:
    """The comparison as plain data, for other programs."""
    return {
        "shares": {kind.value: coverage.share_of(kind) for kind in KINDS},
        "missing": [{"kind": h.kind.value, "name": h.name, "line": h.place.line} for h in coverage.missing],
        "unfounded": [{"kind": e.kind.value, "id": e.id, "title": e.title} for e in coverage.unfounded],
    }
