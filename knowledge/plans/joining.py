"""One measure told twice, in a row of a table and under a heading of its own → one measure with what both say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.plans.findings import Measure
from knowledge.plans.plain import folded


def joined(described: Sequence[Measure], tabled: Sequence[Measure]) -> list[Measure]:
    """Measures under headings, filled up from the rows of the same name, and the rows that have no heading."""
    headings: dict[str, list[int]] = defaultdict(list)
    for at, measure in enumerate(described):
        headings[folded(measure.name)].append(at)
    found = list(described)
    for row in tabled:
        places = headings.get(folded(row.name), [])
        if len(places) == 1 and _agree(found[places[0]], row):
            found[places[0]] = _filled(found[places[0]], row)
        else:
            found.append(row)
    return found


def _agree(one: Measure, other: Measure) -> bool:
    """Whether two measures of one name may be the same: their departments do not contradict each other."""
    first, second = set(one.departments), set(other.departments)
    return not (first and second) or first <= second or second <= first


def _filled(measure: Measure, row: Measure) -> Measure:
    return replace(
        measure,
        departments=max(measure.departments, row.departments, key=len),
        situation=measure.situation or row.situation,
        goal=measure.goal or row.goal,
        actions=tuple(_unsaid(measure.actions, row.actions)),
        schedule=measure.schedule or row.schedule,
    )


def _unsaid(said: Sequence[str], more: Sequence[str]) -> Iterator[str]:
    """What is said, and what the other adds to it."""
    yield from said
    known = {folded(text) for text in said}
    yield from (text for text in more if folded(text) not in known)
