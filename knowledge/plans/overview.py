"""The overview lists of a plan against its measures: fuller names, groups, second names, lost headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.plans.blocks import Kind
from knowledge.plans.findings import Measure, Place
from knowledge.plans.names import clean_name, same_name
from knowledge.plans.naming import Names
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.overview_lists import Overview, overviews
from knowledge.plans.plain import folded
from knowledge.plans.section import Section

_COUNTED = re.compile(r"^\d{1,2}つの|の?\d{1,2}(?:施策|取組|事業|項目)$")


@dataclass(frozen=True)
class TwoNames:
    """The same measure under two names, with their lines."""

    one: str
    first: int
    other: str
    second: int


def with_overviews(
    outline: Outline, measures: Sequence[Measure], orphans: dict[int, Section]
) -> tuple[list[Measure], list[TwoNames], list[Measure]]:
    """Measures with fuller names and groups, those that only a list names, and the pairs of names.

    `orphans` are parts of a measure that stand a second time under another one: line of that one → section. A listed
    measure without a heading that follows it in the list gets what the part says.
    """
    found = list(measures)
    pairs: list[TwoNames] = []
    lost: list[Measure] = []
    described = len(found)
    names = Names(measure.name for measure in found)
    listed = overviews(outline, measures)
    groups = frozenset(folded(overview.group) for overview in listed)
    for overview in listed:
        places = _matched(overview, found, names)
        pairs += _nearly(overview, places, found)
        if not any(place is not None for place in places) and not (overview.speaks and len(places) > 1):
            continue
        _second_names(overview, places, found, described, pairs)
        for at, place in enumerate(places):
            if place is None:
                before = places[at - 1] if at else None
                orphan = orphans.get(found[before].place.line) if before is not None else None
                measure = _listed_measure(overview, at, orphan, outline)
                if orphan is not None:
                    lost.append(measure)
                    del orphans[found[before].place.line]  # type: ignore[index]
                found.append(measure)
                names.add(measure.name)
            else:
                found[place] = _fuller(found[place], overview, at, groups)
    return found, pairs, lost


def _matched(overview: Overview, found: Sequence[Measure], names: Names) -> list[int | None]:
    """For each listed name the measure that it means: the same group first, else any."""
    places: list[int | None] = []
    taken: set[int] = set()
    group = folded(overview.group)
    for name in overview.names:
        fresh = [at for at in names.same(name) or names.alike(name) if at not in taken]
        same = (at for at in fresh if group in folded("".join(found[at].place.path)))
        place = next(same, fresh[0] if fresh else None)
        places.append(place)
        if place is not None:
            taken.add(place)
    return places


def _second_names(
    overview: Overview, places: list[int | None], found: list[Measure], described: int, pairs: list[TwoNames]
) -> None:
    """A listed name without a measure, between two neighbours whose measures leave out exactly one, means that one."""
    taken = {place for place in places if place is not None}
    for at, place in enumerate(places):
        if place is not None:
            continue
        before = next((p for p in reversed(places[:at]) if p is not None), None)
        after = next((p for p in places[at + 1 :] if p is not None), None)
        if after is None or after >= described or (before is not None and before >= described):
            continue
        candidates = [after - 1] if before is None else list(range(before + 1, after))
        if len(candidates) != 1 or candidates[0] < 0 or candidates[0] in taken or candidates[0] >= described:
            continue
        measure = found[candidates[0]]
        if (before is None and at != 0) or not _shares(overview.names[at], measure.name):
            continue
        pairs.append(TwoNames(overview.names[at], overview.lines[at], measure.name, measure.place.line))
        places[at] = candidates[0]
        taken.add(candidates[0])


def _nearly(overview: Overview, places: Sequence[int | None], found: Sequence[Measure]) -> Iterator[TwoNames]:
    """Listed names that are almost those of their measures: 標準化・共通化 and 標準化・共有化."""
    for name, line, place in zip(overview.names, overview.lines, places, strict=True):
        if place is not None and not same_name(name, found[place].name):
            yield TwoNames(name, line, found[place].name, found[place].place.line)


def _shares(one: str, other: str) -> bool:
    """Whether two names share three characters in a row."""
    first, second = folded(one), folded(other)
    return any(first[at : at + 3] in second for at in range(len(first) - 2))


def _fuller(measure: Measure, overview: Overview, at: int, groups: frozenset[str]) -> Measure:
    """The measure with the fuller of its names, and with the list's heading where its own says no group."""
    name = overview.names[at]
    same = same_name(name, measure.name)
    longer = same and len(folded(name)) > len(folded(measure.name))
    closer = same and folded(name) == folded(measure.name) and len(name) < len(measure.name)
    wanted = folded(_COUNTED.sub("", overview.group))
    above = next((clean_name(title) for title in measure.place.path[:-1] if wanted and wanted in folded(title)), "")
    grouped = folded(measure.group) in groups and measure.group
    group = above or (measure.group if grouped else overview.group)
    return replace(measure, name=name if longer or closer else measure.name, group=group)


def _listed_measure(overview: Overview, at: int, orphan: Section | None, outline: Outline) -> Measure:
    line = overview.lines[at]
    if orphan is None:
        place = Place(overview.section.path, line, line)
        return Measure(overview.names[at], place, overview.group)
    texts = [b.text for under in outline.under(orphan) for b in under.blocks if b.kind in {Kind.TEXT, Kind.ITEM}]
    return Measure(overview.names[at], place_of(orphan, orphan.line, orphan.last), overview.group, actions=tuple(texts))
