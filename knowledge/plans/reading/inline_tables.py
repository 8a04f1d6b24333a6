"""HTML tables that stand inside Markdown or plain text → rows of pipes, at the lines where their rows begin."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree, html
from lxml.html import HtmlElement

from knowledge.plans.document import Line
from knowledge.plans.reading.html_tables import grid, rows_of
from knowledge.plans.reading.tables import one_line, pipes

_OPENED, _CLOSED = re.compile(r"<table\b", re.I), re.compile(r"</table\b", re.I)

END = 1_000_000_000  # a place after every line


def tables_written_out(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with each row of an HTML table as a line of pipes; a table that is never closed stays as it stands.

    A row keeps the number of the line that its tag stands on; lines that hold nothing but tags become empty.
    """
    waiting: list[Line] = []
    depth = 0
    for line in lines:
        opened = len(_OPENED.findall(line.text))
        if not waiting and not opened:
            yield line
            continue
        waiting.append(line)
        depth += opened - len(_CLOSED.findall(line.text))
        if depth <= 0:
            yield from _rows(waiting)
            waiting, depth = [], 0
    yield from waiting


def _rows(lines: Sequence[Line]) -> Iterator[Line]:
    try:
        pieces = html.fragments_fromstring("\n".join(line.text for line in lines))
    except (etree.LxmlError, ValueError):  # nothing in it that the parser takes
        yield from lines
        return
    last = 0
    for piece in pieces:
        told = [(0, piece)] if isinstance(piece, str) else list(_told(piece))
        for at, text in told:
            last = max(last, min(at, len(lines) - 1))
            yield Line(lines[last].number, text, lines[last].page)
    yield Line(lines[-1].number, "", lines[-1].page)


def _told(element: HtmlElement) -> Iterator[tuple[int, str]]:
    """What an element says, a line each, with the place of the line among the source's."""
    first = (element.sourceline or 1) - 1
    if element.tag == "table":
        caption = element.find("caption")
        yield first, ""
        if caption is not None:
            yield first, one_line(str(caption.text_content()))
        for row, cells in zip(rows_of(element), grid(element), strict=True):
            yield from (((row.sourceline or 1) - 1, text) for text in pipes([cells]))
        yield first, ""
    elif isinstance(element.tag, str):
        yield first, one_line(str(element.text_content()))
    if element.tail and element.tail.strip():
        following = element.getnext()
        yield (following.sourceline or 1) - 1 if following is not None else END, one_line(element.tail)
