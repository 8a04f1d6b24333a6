"""Plain text and Markdown: UTF-8 with or without a mark, UTF-16 with one, cp932; lines numbered as in an editor."""

import codecs
import re

from knowledge.plans.document import Document, Line
from knowledge.plans.progress import Progress
from knowledge.plans.reading.aligned_tables import charts_written_out
from knowledge.plans.reading.inline_tables import tables_written_out
from knowledge.plans.reading.written_out import cells_joined, headings_written_out
from knowledge.plans.refusals import Refusal, UnreadablePlan

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSES = ("utf-8", "cp932")
LINE_END = re.compile(r"\r\n|\n|\r")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PAGE_END = "\f"


def read(name: str, data: bytes, progress: Progress) -> Document:
    """The text's lines; a form feed begins a new page. Raises UnreadablePlan where no encoding fits."""
    document = document_of(name, decode(name, data))
    pages = document.lines[-1].page or 1
    progress(pages, pages)
    return document


def document_of(name: str, text: str) -> Document:
    """The lines as they are, only HTML tables, drawn tables and charts among them as rows of pipes, headings as #."""
    paged = PAGE_END in text
    page, lines = 1, []
    for number, line in enumerate(LINE_END.split(text), start=1):
        page += line.count(PAGE_END)
        lines.append(Line(number, line.replace(PAGE_END, ""), page if paged else None))
    written = charts_written_out(cells_joined(tables_written_out(headings_written_out(lines))))
    return Document(name, tuple(written))


def decode(name: str, data: bytes, declared: str = "") -> str:
    """The text, by its mark, by what it declares, else UTF-8 or cp932; raises UnreadablePlan."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(name, data.removeprefix(mark), (encoding,))
    return _decoded(name, data, (declared, *GUESSES) if declared else GUESSES)


def _decoded(name: str, data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if CONTROL.search(text):
            raise UnreadablePlan(Refusal.BROKEN, name)
        return text
    raise UnreadablePlan(Refusal.ENCODING, name)
