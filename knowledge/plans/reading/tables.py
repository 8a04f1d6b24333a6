"""A table's grid as lines of pipes, whatever format it stood in; broken lines made whole."""

import re
from collections.abc import Iterable, Sequence

BREAK = re.compile(r"[\r\n\v]+")
LONGEST_REPEATED = 24  # characters
ITEM = "<br>"  # between a cell's items, as Markdown writes it
_BEGINS = re.compile(
    r"^[\s　]*(?:[・･•●○◎■□◆◇▲△▼▽►▶★☆※＊*→⇒✓➢\-－―–【〔［「『<＜《①-⑳㉑-㉟ⅰ-ⅹⅠ-Ⅹ⁰¹²³⁴-⁹]"
    r"|[(（][0-9０-９ア-ンa-zA-Z一二三四五六七八九十]{1,3}[)）]"
    r"|[0-9０-９]{1,3}[.．)）、]|[0-9０-９]+[-－.．][0-9０-９]"
    r"|第[0-9０-９一二三四五六七八九十]+[章節条編部]|[ア-ン][.．)）])"
)
_OFFICE = re.compile(r"^[一-龥ァ-ヺーぁ-ん]{2,12}課$")  # one of several departments in a cell, a line each
_WITHIN_OFFICE = re.compile(r"(?:係|室|班|担当)$|^.?$")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z,;]$"), re.compile(r"^[A-Za-z(]")


def begins_anew(text: str) -> bool:
    """Whether a line begins with a bullet, a number or an opening bracket: it does not go on from the line above."""
    return bool(_BEGINS.match(text))


def joined_text(before: str, after: str) -> str:
    """A broken line made whole: between Latin words a space is kept, between Japanese ones none."""
    space = " " if _LATIN_END.search(before) and _LATIN_START.match(after) else ""
    return before + space + after


def one_line(text: str, between: str = "") -> str:
    """Text without its line breaks; where a new item begins, `between` stands."""
    whole = before = ""
    for line in (part.replace("\t", " ").strip() for part in BREAK.split(text)):
        anew = begins_anew(line) or (_OFFICE.match(before) and not _WITHIN_OFFICE.search(line))
        whole = whole + between + line if whole and line and between and anew else joined_text(whole, line)
        before = line
    return whole


def cell_text(text: str) -> str:
    """A cell's text on one line, its items apart; a bar inside it is written 「｜」 so that it divides no cells."""
    return one_line(text, ITEM).replace("|", "｜")


Row = Sequence[str | None]


def pipes(rows: Iterable[Row]) -> list[str]:
    """A line a row, an empty row not at all; None is a cell that the one at its left reaches over.

    A word that reaches over several cells (a chart's 実施) is said in each of them, a longer text once.
    """
    lines = []
    for row in rows:
        cells = _resolved(row)
        if any(cells):
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def _resolved(row: Row) -> list[str]:
    cells: list[str] = []
    kept = len(row)
    for place, cell in enumerate(row):
        if cell is not None:
            cells.append(cell_text(cell))
            continue
        over = cells[-1] if cells else ""
        repeats = len(over) <= LONGEST_REPEATED and ITEM not in over and any(c is not None for c in row[1:])
        if not repeats and all(c is None for c in row[place:]):
            kept = min(kept, place)
        cells.append(over if repeats else "")
    return cells[:kept]
