"""Statements of a plan that contradict each other, shown side by side."""

import re
from collections.abc import Iterator, Sequence

from knowledge.plans.findings import Doubt, Figure, Measure
from knowledge.plans.overview import TwoNames
from knowledge.plans.plain import folded, half
from knowledge.plans.vocabulary import sentence_for


def contradictions(
    measures: Sequence[Measure], figures: Sequence[Figure], pairs: Sequence[TwoNames]
) -> Iterator[Doubt]:
    for pair in pairs:
        why = sentence_for("two_names", one=pair.one, first=pair.first, other=pair.other, second=pair.second)
        yield Doubt(pair.second, pair.other, pair.one, why)
    yield from _two_values(figures)
    yield from _two_timetables(measures)


def _two_values(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """The same share or count, of the same date and scope, with two values."""
    by_what: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        unit = re.sub(r"[\d.,\s約]", "", half(figure.value))
        if unit not in {"%", "件", "人", "台", "枚", "世帯", "か所", "箇所"} or len(folded(figure.what)) < 6:  # noqa: PLR2004
            continue
        key = (folded(figure.what)[-16:], figure.scope, figure.as_of)
        first = by_what.setdefault(key, figure)
        if (
            first.value != figure.value
            and first.place.line != figure.place.line
            and first.place.path != figure.place.path
        ):
            words: dict[str, str | int] = {
                "what": figure.what,
                "one": first.value,
                "first": first.place.line,
                "other": figure.value,
                "second": figure.place.line,
            }
            yield Doubt(figure.place.line, figure.value, "", sentence_for("two_values", **words))


def _two_timetables(measures: Sequence[Measure]) -> Iterator[Doubt]:
    """The same item of two charts with other years."""
    by_item: dict[str, tuple[Measure, dict[str, str]]] = {}
    for measure in measures:
        for row in measure.schedule:
            key = folded(row.item)
            if len(key) < 4 or not any(row.years.values()):  # noqa: PLR2004
                continue
            first, years = by_item.setdefault(key, (measure, row.years))
            if first is not measure and years != row.years:
                words: dict[str, str | int] = {
                    "what": row.item,
                    "first": first.place.line,
                    "second": measure.place.line,
                }
                yield Doubt(
                    measure.place.line,
                    row.item,
                    "",
                    sentence_for("two_timetables", one=_said(years), other=_said(row.years), **words),
                )


def _said(years: dict[str, str]) -> str:
    return "、".join(f"{year} {cell}" for year, cell in years.items() if cell)
