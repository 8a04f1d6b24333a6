"""Blocks of one shape that recur in a document: where each begins and ends, what names it, who does it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.plans import vocabulary
from knowledge.plans.anchors import Item, Shape
from knowledge.plans.blocks import Kind
from knowledge.plans.names import clean_name, without_number
from knowledge.plans.offices import departments_in, named_with_departments
from knowledge.plans.plain import folded, half
from knowledge.plans.units import is_number

FEWEST = 3  # blocks of one shape
MOST = 0.6  # share of the values of a key that are departments, and of the blocks that have a shape once
USUAL = 0.8  # share of the blocks that have a name of one shape
REACH = 25  # items around a key in which its block's name stands
LONGEST_NAME = 60  # characters
HEADING = 2  # likeness of a heading


@dataclass(frozen=True)
class Sheet:
    """One of the recurring blocks by the places of its items: from `start` to `end`, `at` its name and key are told."""

    start: int
    at: int
    end: int
    name: Item
    departments: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name without number and marks."""
        return clean_name(without_number(self.name.value))


def sheets_by_departments(items: Sequence[Item]) -> list[Sheet]:
    """The blocks with departments under one key."""
    places = _places(items)
    sure = Counter(item.shape for item in items if item.is_anchor)
    kept = [shape for shape, count in sure.items() if count >= max(FEWEST, len(places[shape]) * MOST)]
    anchors = max((places[shape] for shape in kept), key=len, default=[])
    return list(_around(items, anchors, 0))


def sheets_by_names(items: Sequence[Item]) -> list[Sheet]:
    """The blocks whose names end with their departments: ◇ まちかど相談の開催（担当：生涯学習課）."""
    uses = Counter(item.shape for item in items)
    named = {at: parts for at, item in enumerate(items) if (parts := named_with_departments(item.value))[1]}
    ended = Counter(items[at].shape for at in named)
    shape = next((s for s, n in ended.most_common(1) if n >= max(FEWEST, uses[s] * MOST)), None)
    starts = [at for at in named if items[at].shape == shape]
    return [
        Sheet(at, at, _end(items, at, at, end), replace(items[at], value=named[at][0]), named[at][1])
        for at, end in zip(starts, [*starts, len(items)][1:], strict=True)
    ]


def sheets_by_keys(items: Sequence[Item]) -> list[Sheet]:
    """The blocks under numbered headings that have two keys or more in common, without any department."""
    keys = [at for shape, at in _places(items).items() if shape[0] in {"key", "cell"} and len(at) >= FEWEST]
    for anchors in sorted(keys, key=len, reverse=True):
        sheets = list(_around(items, anchors, HEADING))
        inside = [{item.shape for item in items[s.start : s.end] if item.shape[0] in {"key", "cell"}} for s in sheets]
        shared = Counter(shape for shapes in inside for shape in shapes)
        if len(sheets) >= FEWEST and sum(count >= len(sheets) * MOST for count in shared.values()) > 1:
            return [replace(sheet, departments=()) for sheet in sheets]
    return []


def _places(items: Iterable[Item]) -> dict[Shape, list[int]]:
    places: dict[Shape, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        places[item.shape].append(at)
    return places


def _around(items: Sequence[Item], anchors: Sequence[int], least: int) -> Iterator[Sheet]:
    """The blocks that stand around keys: each with the name nearest to its key, of the shape that all names have."""
    shape, before = _name_shape(items, anchors, least) if len(anchors) >= FEWEST else (None, True)
    if shape is None:
        return
    gaps = _gaps(items, anchors, before)
    names = [next((n for n in gap if items[n].shape == shape and _may_name(items[n])), None) for gap in gaps]
    named = [(name, at) for name, at in zip(names, anchors, strict=True) if name is not None]
    starts = [min(name, at) for name, at in named]
    for (name, at), start, end in zip(named, starts, [*starts, len(items)][1:], strict=True):
        last = max(name, at)
        yield Sheet(start, last, _end(items, name, last, end), items[name], tuple(departments_in(items[at].value)))


def _end(items: Sequence[Item], name: int, at: int, end: int) -> int:
    """Where a block ends: before the next one, a heading as high as its name, or what is out of reach."""
    rank = items[name].section.rank
    for place in range(at + 1, min(end, at + REACH)):
        if items[place].block.kind is Kind.HEADING and items[place].section.rank <= rank:
            return place
    return min(end, at + REACH)


def _gaps(items: Sequence[Item], anchors: Sequence[int], before: bool) -> list[range]:
    """The places before each key, the nearest first, or after it."""
    if before:
        edges = [max(-1, anchors[0] - REACH), *anchors]
        return [range(at - 1, max(edge, at - 2 * REACH), -1) for edge, at in zip(edges, anchors, strict=False)]
    edges = [*anchors[1:], min(len(items), anchors[-1] + REACH)]
    return [range(at + 1, min(edge, at + 2 * REACH)) for at, edge in zip(anchors, edges, strict=True)]


def _name_shape(items: Sequence[Item], anchors: Sequence[int], least: int) -> tuple[Shape | None, bool]:
    """The shape that stands before each key, or after it, mostly once and with a name of its own."""
    best: tuple[tuple[int, int, int, int], Shape, bool] | None = None
    for before in (True, False):
        gaps = _gaps(items, anchors, before)
        values: dict[Shape, list[str]] = defaultdict(list)
        once: Counter[Shape] = Counter()
        for gap in gaps:
            told = [items[n] for n in gap if _may_name(items[n])]
            nearest = {item.shape: folded(item.value) for item in reversed(told)}
            for shape, count in Counter(item.shape for item in told).items():
                values[shape].append(nearest[shape])
                once[shape] += count == 1
        for shape, said in values.items():
            usual = len(said) >= len(gaps) * USUAL and once[shape] >= len(gaps) * MOST
            if usual and _likeness(shape) >= least and len(set(said)) >= len(said) * USUAL:
                rank = (_likeness(shape), len(said), int(before), once[shape])
                best = max(best, (rank, shape, before)) if best else (rank, shape, before)
    return (best[1], best[2]) if best else (None, True)


def _likeness(shape: Shape) -> int:
    """How much a shape looks like that of names: a key that says so, numbered headings, headings, keys, lines."""
    label = shape[-1] if shape[0] in {"cell", "key"} else ""
    if label and (vocabulary.facet_of(label) == "name" or label.endswith(("名", "名称"))):
        return HEADING + 2
    if shape[0] == "heading":
        return HEADING + 1 if shape[1] and not shape[-1] else HEADING
    return 1 if shape[0] in {"cell", "key", "alone"} else 0


def _may_name(item: Item) -> bool:
    text = item.value
    if not 2 < len(text) <= LONGEST_NAME or "。" in text or item.is_anchor or is_number(half(text)):  # noqa: PLR2004
        return False
    return not vocabulary.facet_of(text) and item.block.kind is not Kind.NOTE
