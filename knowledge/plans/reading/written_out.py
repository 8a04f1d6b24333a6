"""What converters write into plain text with lines of signs: headings underlined, cells over several lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.plans.document import Line
from knowledge.plans.reading.tables import cell_text

LONGEST_HEADING = 60  # characters
FEWEST_ROWS = 3  # between borders: a table with fewer draws none between its rows
MOST_LINES = 12  # of one cell
_CHAPTER = re.compile(r"^={3,200}\s*$")
_SECTION = re.compile(r"^-{3,200}\s*$")
_NO_HEADING = re.compile(r"^\s|^[|+>#*-]|[。、]$|\S\s{2,}\S|\t")
_BORDER = re.compile(r"^\s{0,40}[+┌├└┏┣┗╔╠╚][-=+:─━═┬┼┴┳╋┻╦╬╩┿╂]{3,400}[+┐┤┘┓┫┛╗╣╝]\s{0,40}$")
_BARS = str.maketrans("│┃║", "|||")


def headings_written_out(lines: Sequence[Line]) -> Iterator[Line]:
    """Headings underlined with ==== or ---- as # and ##; ---- underlines one only in a text that has ==== too."""
    texts = [line.text for line in lines]
    both = any(_is_underlined(texts, at, _CHAPTER) for at in range(len(texts)))
    for at, line in enumerate(lines):
        if _is_underlined(texts, at, _CHAPTER):
            yield replace(line, text=f"# {line.text}")
        elif both and _is_underlined(texts, at, _SECTION):
            yield replace(line, text=f"## {line.text}")
        else:
            yield line


def _is_underlined(texts: Sequence[str], at: int, rule: re.Pattern[str]) -> bool:
    text = texts[at]
    if at + 1 >= len(texts) or not rule.match(texts[at + 1]) or not 0 < len(text.strip()) <= LONGEST_HEADING:
        return False
    return not _NO_HEADING.search(text) and (not at or not texts[at - 1].strip())


def cells_joined(lines: Iterable[Line]) -> Iterator[Line]:
    """A drawn table with a border under each row: the lines of a row as one line, the others empty."""
    waiting: list[Line] = []
    for line in lines:
        if _BORDER.match(line.text) or (waiting and _is_row(line.text)):
            waiting.append(line)
            continue
        yield from _joined(waiting)
        waiting = []
        yield line
    yield from _joined(waiting)


def _is_row(text: str) -> bool:
    drawn = text.strip().translate(_BARS)
    return drawn.startswith("|") and drawn.endswith("|") and len(drawn) > 1


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    rows: list[list[Line]] = [[]]
    for line in lines:
        if _BORDER.match(line.text):
            rows.append([])
        else:
            rows[-1].append(line)
    filled = [row for row in rows if row]
    if len(filled) < FEWEST_ROWS or any(len(row) > MOST_LINES or not _fit(row) for row in filled):
        yield from lines
        return
    texts = {row[0].number: _one_row(row) for row in filled}
    for line in lines:
        border = bool(_BORDER.match(line.text))
        yield line if border else replace(line, text=texts.get(line.number, ""))


def _fit(row: Sequence[Line]) -> bool:
    return len({len(_cells(line.text)) for line in row}) == 1


def _one_row(row: Sequence[Line]) -> str:
    columns = zip(*(_cells(line.text) for line in row), strict=True)
    return f"| {' | '.join(cell_text(chr(10).join(filter(None, column))) for column in columns)} |"


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip().translate(_BARS)[1:-1].split("|")]
