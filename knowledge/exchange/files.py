"""Entries ↔ the bytes of a CSV, Excel or YAML file; what cannot be read is refused with the row and the remedy."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from knowledge.entries import EntryContent
from knowledge.exchange import table
from knowledge.exchange.table import Fault, said_of

LARGEST = 10_000_000  # bytes of a file
LARGEST_UNPACKED = 100_000_000  # bytes of an Excel file's parts, so that a small file cannot fill the memory
MOST_ROWS = 30_000
LONGEST_CELL = 32_767  # characters: what Excel holds in a cell
csv.field_size_limit(1_000_000)
# What openpyxl and zipfile raise on bytes that are no workbook.
NO_EXCEL = (
    zipfile.BadZipFile,
    InvalidFileException,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    EOFError,
)
ODD_BREAKS = "\x85\u2028\u2029\ufeff"  # PyYAML loses them in its plain and single-quoted styles


class _Dumper(yaml.SafeDumper):
    """Safe, and faithful to every line break."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    odd = any(letter in text for letter in ODD_BREAKS)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if odd else None)


_Dumper.add_representer(str, _represent)


class Format(StrEnum):
    """The files that are written and read."""

    CSV = "csv"
    CSV_CP932 = "csv-cp932"
    EXCEL = "xlsx"
    YAML = "yaml"


class Unwritable(ValueError):
    """What a format cannot hold; the sentence says which one can."""


@dataclass(frozen=True)
class Contents:
    """What a file holds: entries by id, the row each begins at, and the faults; with a fault nothing is taken in."""

    entries: dict[str, EntryContent] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def write(entries: Iterable[EntryContent], to: Format) -> bytes:
    """The entries as a file, in the order given; raises Unwritable."""
    if to is Format.YAML:
        plain = [entry.model_dump(mode="json", exclude_defaults=True) for entry in entries]
        return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000).encode()
    rows = [table.header(), *(row for entry in entries for row in table.rows_of(entry))]
    return _excel(rows) if to is Format.EXCEL else _csv(rows, "cp932" if to is Format.CSV_CP932 else "utf-8-sig")


def read(data: bytes, name: str) -> Contents:
    """The entries of a file; its kind is told by the ending of its name. Never raises on any bytes."""
    if len(data) > LARGEST:
        return _refused(f"ファイルが大きすぎます。{LARGEST // 1_000_000}MBまでに分けてください。")
    match name.rpartition(".")[2].lower():
        case "csv" | "txt":
            return _read_csv(data)
        case "xlsx":
            return _read_excel(data)
        case "yaml" | "yml":
            return _read_yaml(data)
        case _:
            return _refused("CSV（.csv）、Excel（.xlsx）、YAML（.yaml）のどれかを選んでください。")


def _refused(sentence: str, row: int = 0, column: str = "") -> Contents:
    return Contents(faults=(Fault(row, column, sentence),))


def _csv(rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    try:
        return text.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        odd = error.object[error.start : error.end][:5]
        raise Unwritable(
            f"「{odd}」は Shift_JIS（cp932）では書けません。UTF-8 の CSV か Excel を選んでください。"
        ) from None


def _excel(rows: Sequence[Sequence[str]]) -> bytes:
    longest = max(len(cell) for row in rows for cell in row)
    if longest > LONGEST_CELL:
        raise Unwritable(f"{longest}字のセルは Excel では書けません。CSV か YAML を選んでください。")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("回答項目")
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read_csv(data: bytes) -> Contents:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return _contents(list(csv.reader(io.StringIO(text, newline=""), strict=True)))
        except csv.Error:
            return _refused('CSV として読めません。引用符（"）が閉じているか確かめて、保存し直してください。')
    return _refused("文字コードを読み取れません。UTF-8 か Shift_JIS で保存し直してください。")


def _read_excel(data: bytes) -> Contents:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                return _refused("Excel のファイルが大きすぎます。分けて取り込んでください。")
        sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        cells = [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 2)]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        SyntaxError,
        EOFError,
    ):
        return _refused("Excel のファイルとして読めません。.xlsx の形で保存し直してください。")
    formulas = [
        Fault(number, cell.coordinate, "数式は取り込めません。値にして（値の貼り付け）保存し直してください。")
        for number, row in enumerate(cells, start=1)
        for cell in row
        if cell.data_type == "f"
    ]
    if formulas:
        return Contents(faults=tuple(formulas))
    return _contents([[_text(cell.value) for cell in row] for row in cells])


def _text(value: Any) -> str:
    """A cell as text: 120 for 120.0, days as 2026-04-01."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _contents(rows: Sequence[Sequence[str]]) -> Contents:
    if len(rows) > MOST_ROWS + 1:
        return _refused(f"行が多すぎます。{MOST_ROWS}行までに分けてください。")
    entries, begins, faults = table.entries_of(rows)
    return Contents(entries, begins, tuple(faults))


def _read_yaml(data: bytes) -> Contents:
    try:
        text = data.decode("utf-8-sig")
        # An alias could unfold a small file to any size.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)):
            return _refused("YAML の別名（* と &）は使えません。同じ内容を書いてください。")
        rows = yaml.load(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        return _refused("文字コードを UTF-8 にしてください。")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return _refused("YAML として読めません。字下げや引用符を確かめてください。", mark.line + 1 if mark else 0)
    if not isinstance(rows, list):
        return _refused("回答項目の並び（- id: …）にしてください。")
    return _listed(rows)


def _listed(rows: Sequence[object]) -> Contents:
    entries: dict[str, EntryContent] = {}
    begins: dict[str, int] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        try:
            entry = EntryContent.model_validate(row)
        except ValidationError as error:
            faults += [
                Fault(number, ".".join(map(str, one["loc"])), f"{number}番目の項目：{said_of(one)}")
                for one in error.errors()
            ]
            continue
        if entry.id in entries:
            faults.append(Fault(number, "id", f"{number}番目の項目：id「{entry.id}」が二度あります。"))
        entries[entry.id], begins[entry.id] = entry, number
    return Contents(entries, begins, tuple(faults))
