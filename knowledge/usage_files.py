"""The figures as CSV and Excel, for the council: tables under a heading each, no resident's word."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from knowledge.exchange.cells import neutralise
from knowledge.packaged import packaged
from knowledge.usage import KINDS, Usage

WIDEST, WIDE = 40, 22  # characters: of a title, and of a heading such as 「あいさつ・緊急など」
DATA = Path(__file__).parent / "usage.yaml"
Rows = list[list[str | int | float]]


@cache
def words() -> dict[str, Any]:
    """The headings in `usage.yaml`."""
    found: dict[str, Any] = packaged(DATA)
    return found


def tables(usage: Usage, titles: Mapping[str, str]) -> dict[str, Rows]:
    """The figures as tables by their heading, the first row of each its header; `titles` are entries' titles by id."""
    said = words()
    heads = said["heads"]
    return {
        said["tables"]["sums"]: [[heads["item"], heads["count"]], *_sums(usage)],
        said["tables"]["days"]: [
            [heads["day"], *said["kinds"].values()],
            *([day.isoformat(), *(counts[kind] for kind in KINDS)] for day, counts in usage.by_day.items()),
        ],
        said["tables"]["weekdays"]: [
            [heads["weekday"], heads["count"]],
            *([said["weekdays"][number], count] for number, count in usage.by_weekday.items()),
        ],
        said["tables"]["hours"]: [
            [heads["hour"], heads["count"]],
            *([said["hour"].format(hour=hour), count] for hour, count in usage.by_hour.items()),
        ],
        said["tables"]["entries"]: [
            [heads["entry"], heads["count"], heads["helpful"], heads["unhelpful"]],
            *(
                [neutralise(titles.get(one.entry, one.entry)), one.answers, one.helpful, one.unhelpful]
                for one in usage.entries
            ),
        ],
    }


def _sums(usage: Usage) -> Rows:
    said = words()
    sums = said["sums"]
    return [
        [sums["span"], f"{usage.span.first.isoformat()}〜{usage.span.last.isoformat()}"],
        [sums["questions"], usage.questions],
        [sums["conversations"], usage.conversations],
        *([label, usage.kinds[kind]] for kind, label in said["kinds"].items()),
        *(
            [f"{label}{sums['share']}", round(100 * usage.share(kind), 1)]
            for kind, label in said["kinds"].items()
            if kind != "notice"
        ),
        *([label, usage.channels[channel]] for channel, label in said["channels"].items()),
        [sums["helpful"], usage.helpful],
        [sums["unhelpful"], usage.unhelpful],
    ]


def as_csv(usage: Usage, titles: Mapping[str, str]) -> bytes:
    """All tables one under the other, in UTF-8 with BOM, so that Excel reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for heading, rows in tables(usage, titles).items():
        writer.writerows([[heading], *rows, []])
    return text.getvalue().encode("utf-8-sig")


def as_excel(usage: Usage, titles: Mapping[str, str]) -> bytes:
    """A sheet a table."""
    book = Workbook(write_only=True)
    for heading, rows in tables(usage, titles).items():
        sheet = book.create_sheet(heading)
        sheet.column_dimensions["A"].width = WIDEST
        for number in range(1, len(rows[0])):
            sheet.column_dimensions["ABCDE"[number]].width = WIDE
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
