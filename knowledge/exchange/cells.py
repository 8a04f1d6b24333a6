"""What stands in one cell: lists by lines, harmless to a spreadsheet, and the same again on the way in."""

import re
from collections.abc import Iterable, Sequence

from knowledge.entries import ScheduleRow

FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # what a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)
BETWEEN = "｜"
EMPTY = "\\-"  # an empty line would be no item at all
_ODD = re.compile("[\\\\｜\n\r\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\t]")
_ODD_IN_TEXT = re.compile("[\\\\\r\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_PART = re.compile(r"(?:^|｜)((?:\\.|[^｜\\]|\\$)*)")
_ESCAPED = re.compile(r"\\(n|\\|｜|u[0-9a-f]{4})")


def escape(text: str) -> str:
    r"""One item on one line: line breaks as \n, a backslash doubled, what no file can hold as \uXXXX."""
    return _ODD.sub(_mark, text) or EMPTY


def escape_text(text: str) -> str:
    """A text that fills its cell alone: its line breaks stay as they are."""
    return _ODD_IN_TEXT.sub(_mark, text)


def unescape(line: str) -> str:
    """What `escape` made of a text, as it was; a backslash before anything else stays."""
    return "" if line == EMPTY else _ESCAPED.sub(_unmark, line)


def _mark(found: re.Match[str]) -> str:
    match found[0]:
        case "\n":
            return "\\n"
        case "\\" | "｜":
            return f"\\{found[0]}"
        case odd:
            return f"\\u{ord(odd):04x}"


def _unmark(found: re.Match[str]) -> str:
    match found[1]:
        case "n":
            return "\n"
        case "\\" | "｜":
            return found[1]
        case code:
            return chr(int(code[1:], 16))


def join_lines(items: Iterable[str]) -> str:
    """Items, a line each."""
    return "\n".join(escape(item) for item in items)


def split_lines(cell: str) -> tuple[str, ...]:
    """The items of a cell; empty lines are passed over."""
    return tuple(unescape(line.strip()) for line in cell.split("\n") if line.strip())


def join_rows(rows: Sequence[ScheduleRow]) -> str:
    """A fiscal-year chart: 「項目｜R6=実施｜R7=検討」, a line a row."""
    years = [[f"{year}={escape(cell)}" for year, cell in row.years.items()] for row in rows]
    return "\n".join(BETWEEN.join((escape(row.item), *found)) for row, found in zip(rows, years, strict=True))


def split_rows(cell: str) -> list[dict[str, object]]:
    """The rows of a chart as plain values, still to be checked; raises ValueError where a year has no 「=」."""
    rows: list[dict[str, object]] = []
    for line in cell.split("\n"):
        item, *years = _parts(line.strip())
        if not item:
            continue
        if any("=" not in year for year in years):
            raise ValueError("年度ごとの予定は「項目｜R6=実施｜R7=検討」のように書いてください。")
        pairs = (year.split("=", 1) for year in years)
        rows.append({"item": unescape(item), "years": {year.strip(): unescape(cell) for year, cell in pairs}})
    return rows


def _parts(line: str) -> list[str]:
    """The line cut at each ｜ that is not escaped."""
    return [found[1] for found in _PART.finditer(line)]


def neutralise(cell: str) -> str:
    """The cell with a ' before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def restore(cell: str) -> str:
    """The cell as it was before `neutralise`; a ' that means itself stays."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell
