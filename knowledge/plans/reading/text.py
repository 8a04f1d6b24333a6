"""Plain text and Markdown: UTF-8 with or without a mark, UTF-16 with one, cp932; lines numbered as in an editor."""

import codecs
import re

from knowledge.plans.document import Document, Line
from knowledge.plans.progress import Progress
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
    """The text's lines as they are; a form feed begins a new page. Raises UnreadablePlan where no encoding fits."""
    text = decode(name, data)
    paged = PAGE_END in text
    page, lines = 1, []
    for number, line in enumerate(LINE_END.split(text), start=1):
        page += line.count(PAGE_END)
        lines.append(Line(number, line.replace(PAGE_END, ""), page if paged else None))
    progress(page, page)
    return Document(name, tuple(lines))


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
