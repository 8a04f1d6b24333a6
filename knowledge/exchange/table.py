"""Entries ↔ rows of a table: one row a facet, what holds for the whole entry in its first row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.entries import EntryContent
from knowledge.exchange.cells import (
    escape_text,
    join_lines,
    join_rows,
    neutralise,
    restore,
    split_lines,
    split_rows,
    unescape,
)
from knowledge.labels import labels

LISTS = ("aliases", "phrasings", "items", "departments")
EMPTY_FAULTS = ("string_too_short", "too_short", "missing")


@dataclass(frozen=True)
class Fault:
    """What cannot be taken in: the row of the table (0 for the whole file), the column, and what to do about it."""

    row: int
    column: str
    sentence: str


@dataclass
class _Gathered:
    """An entry's rows as they were read, with the numbers of the rows of its facets."""

    row: int
    values: dict[str, Any]
    facets: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def header() -> list[str]:
    """The columns' names."""
    return [*labels().entry.values(), *labels().facet.values()]


def rows_of(content: EntryContent) -> Iterator[list[str]]:
    """The entry's rows, each cell harmless to a spreadsheet."""
    whole = [_cell(name, getattr(content, name)) for name in labels().entry]
    rest = [whole[0], *("" for _ in whole[1:])]
    for number, facet in enumerate(content.facets):
        own = [_cell(name, getattr(facet, name)) for name in labels().facet]
        yield [neutralise(cell) for cell in (*(rest if number else whole), *own)]


def _cell(name: str, value: Any) -> str:
    if name in LISTS:
        return join_lines(value)
    if name == "rows":
        return join_rows(value)
    if name == "silent":
        return labels().silent if value else ""
    if name == "kind":
        return labels().kinds[value]
    return labels().facets[value] if name == "name" else escape_text(str(value))


def entries_of(table: Sequence[Sequence[str]]) -> tuple[dict[str, EntryContent], dict[str, int], list[Fault]]:
    """The entries of a table whose first row is the header, the row each begins at, and all faults with their rows."""
    if not table or "id" not in [cell.strip() for cell in table[0]]:
        return (
            {},
            {},
            [Fault(1, "id", "一行目に見出しがありません。書き出したファイルの見出しをそのまま使ってください。")],
        )
    columns = [cell.strip() for cell in table[0]]
    unknown = [name for name in columns if name and name not in header()]
    faults = [Fault(1, name, f"「{name}」という列は使えません。見出しを確かめてください。") for name in unknown]
    gathered: dict[str, _Gathered] = {}
    for number, row in enumerate(table[1:], start=2):
        cells = {name: restore(cell.strip()) for name, cell in zip(columns, row, strict=False) if name}
        if any(cells.values()):
            faults += _gather(number, cells, gathered)
    entries: dict[str, EntryContent] = {}
    for key, one in gathered.items():
        try:
            entries[key] = EntryContent.model_validate({**one.values, "facets": one.facets})
        except ValidationError as error:
            told = {(fault.row, fault.column) for fault in faults}
            found = (_fault(details, one) for details in error.errors())
            # What could not be read was left out, and would be told a second time as empty.
            faults += [fault for fault in found if (fault.row, fault.column) not in told]
    return entries, {key: one.row for key, one in gathered.items()}, sorted(faults, key=lambda fault: fault.row)


def _gather(number: int, cells: dict[str, str], gathered: dict[str, _Gathered]) -> Iterable[Fault]:
    key = cells.get("id", "")
    if not key:
        return [Fault(number, "id", "id が空です。回答項目の id を入れてください。")]
    faults: list[Fault] = []
    whole = _values(number, cells, labels().entry, faults)
    one = gathered.setdefault(key, _Gathered(number, whole))
    for name, value in whole.items():
        if value and name != "id" and one.values.get(name) != value:
            said = f"{one.row}行目と違います。一つの回答項目では、最初の行にだけ書いてください。"
            faults.append(Fault(number, labels().entry[name], said))
    one.facets.append(_values(number, cells, labels().facet, faults))
    one.rows.append(number)
    return faults


def _values(number: int, cells: dict[str, str], names: dict[str, str], faults: list[Fault]) -> dict[str, Any]:
    """The cells by field; an empty one is left out, so that its default holds."""
    values: dict[str, Any] = {}
    for name, label in names.items():
        cell = cells.get(label, "")
        if not cell:
            continue
        try:
            values[name] = _value(name, cell)
        except ValueError as error:
            faults.append(Fault(number, label, str(error)))
    return values


def _value(name: str, cell: str) -> Any:
    if name in LISTS:
        return split_lines(cell)
    if name == "rows":
        return split_rows(cell)
    if name == "silent":
        return _chosen(cell, {labels().silent: True, "いいえ": False})
    if name == "kind":
        return _chosen(cell, {label: kind for kind, label in labels().kinds.items()})
    return (
        _chosen(cell, {label: facet for facet, label in labels().facets.items()}) if name == "name" else unescape(cell)
    )


def _chosen(cell: str, choices: dict[str, Any]) -> Any:
    if cell not in choices:
        raise ValueError(f"「{cell[:20]}」は使えません。{'・'.join(choices)} のどれかにしてください。")
    return choices[cell]


def _fault(details: ErrorDetails, one: _Gathered) -> Fault:
    """pydantic's finding in the words of the table."""
    place, names = details["loc"], labels().entry
    row = one.row
    if len(place) > 1 and place[0] == "facets" and isinstance(place[1], int):
        row, place, names = one.rows[place[1]], place[2:], labels().facet
    column = names.get(str(place[0]), "") if place else ""
    return Fault(row, column, said_of(details))


def said_of(details: ErrorDetails) -> str:
    """A finding of pydantic as a sentence for staff."""
    if details["type"] == "value_error":
        return details["msg"].removeprefix("Value error, ").removesuffix("。") + "。"
    return "空です。値を入れてください。" if details["type"] in EMPTY_FAULTS else "この値は使えません。直してください。"
