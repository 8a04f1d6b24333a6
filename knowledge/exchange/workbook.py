"""Rows ↔ the bytes of an Excel file; whatever is no workbook, or holds formulas, is refused in words."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.exchange.table import Fault

LARGEST_UNPACKED = 100_000_000  # bytes of all parts, so that a small file cannot fill the memory
LONGEST_CELL = 32_767  # characters: what Excel holds in a cell
# What openpyxl and zipfile raise on bytes that are no workbook: damaged, locked, or a sheet that is a chart.
NO_WORKBOOK = (
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
    OSError,
)


class Unwritable(ValueError):
    """What a format cannot hold; the sentence says which one can."""


class BadWorkbook(ValueError):
    """What cannot be taken in, by cell."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].sentence)
        self.faults = faults


def write(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet; raises Unwritable."""
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


def read(data: bytes, most_rows: int) -> list[list[str]]:
    """The first sheet's rows as text, `most_rows` at the most; raises BadWorkbook, and nothing else, on any bytes."""
    try:
        cells = _cells(data, most_rows)
    except BadWorkbook:
        raise
    except NO_WORKBOOK:
        raise BadWorkbook(
            Fault(0, "", "Excel のファイルとして読めません。パスワードを外し、.xlsx の形で保存し直してください。")
        ) from None
    formulas = [
        Fault(number, cell.coordinate, "数式は取り込めません。値にして（値の貼り付け）保存し直してください。")
        for number, row in enumerate(cells, start=1)
        for cell in row
        if cell.data_type == "f"
    ]
    if formulas:
        raise BadWorkbook(*formulas)
    return [[_text(cell.value) for cell in row] for row in cells]


def _cells(data: bytes, most_rows: int) -> list[list[Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise BadWorkbook(Fault(0, "", "Excel のファイルが大きすぎます。分けて取り込んでください。"))
    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(max_row=most_rows)]


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
