"""Entries ↔ the bytes of a CSV, Excel or YAML file; what cannot be read is refused with the row and the remedy."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import yaml
from pydantic import ValidationError

from knowledge.entries import EntryContent
from knowledge.exchange import table, workbook
from knowledge.exchange.table import Fault, said_of
from knowledge.exchange.workbook import BadWorkbook, Unwritable

LARGEST = 10_000_000  # bytes of a file
MOST_ROWS = 30_000
csv.field_size_limit(1_000_000)
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
    return (
        workbook.write(rows) if to is Format.EXCEL else _csv(rows, "cp932" if to is Format.CSV_CP932 else "utf-8-sig")
    )


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
        return _contents(workbook.read(data, MOST_ROWS + 2))
    except BadWorkbook as error:
        return Contents(faults=error.faults)


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
