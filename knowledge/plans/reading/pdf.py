"""PDF with a text layer: lines in reading order with their pages, ruled tables as rows of pipes."""

import io
from collections import Counter
from collections.abc import Iterator

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfDocument, PdfiumError, raw

from knowledge.plans.document import Document, Line
from knowledge.plans.progress import Progress
from knowledge.plans.reading.pdf_chars import Char, characters
from knowledge.plans.reading.pdf_lines import Printed, printed_lines
from knowledge.plans.reading.pdf_streams import unpacks_to_too_much
from knowledge.plans.reading.pdf_tables import Ruled, ruled_tables
from knowledge.plans.refusals import Refusal, UnreadablePlan

UNMAPPED = "\ufffd"
MOST_UNMAPPED = 0.3  # of all characters
FEWEST_CHARACTERS = 20  # on all pages together; less is a stamp on a scanned picture
HEADING_RATIO = 1.12  # of the body's size
LONGEST_HEADING = 50
SIDEWAYS = "横向きの文字"


def read(name: str, data: bytes, progress: Progress) -> Document:
    """The document's lines, joined where only the printed line ended; raises UnreadablePlan."""
    blocks: list[Printed] = []
    left_out: list[tuple[Line, str]] = []
    seen: Counter[bool] = Counter()
    images = 0
    for page, chars in _pages(name, data):
        seen.update(char.text == UNMAPPED for char in chars)
        images += len(page.images)
        blocks += _page(page, chars)
        left_out += _sideways(page.page_number, chars)
        progress(page.page_number, len(page.pdf.pages))
    _refuse_without_text(name, seen, images)
    return Document(name, tuple(_lines(blocks)), tuple(left_out))


def _pages(name: str, data: bytes) -> Iterator[tuple[Page, list[Char]]]:
    """Each page with its rules (pdfplumber) and its characters (PDFium); raises UnreadablePlan."""
    if unpacks_to_too_much(data):
        raise UnreadablePlan(Refusal.TOO_LARGE, name)
    try:
        printed = PdfDocument(data)
        with pdfplumber.open(io.BytesIO(data)) as ruled:
            for number, page in enumerate(ruled.pages):
                yield page, characters(printed, number, page.mediabox)
                page.close()  # its objects would pile up
    except PdfiumError as error:
        wrong = error.err_code == raw.FPDF_ERR_PASSWORD
        raise UnreadablePlan(Refusal.ENCRYPTED if wrong else Refusal.BROKEN, name) from None
    except (PdfminerException, PDFException):
        raise UnreadablePlan(Refusal.BROKEN, name) from None


def _refuse_without_text(name: str, seen: Counter[bool], images: int) -> None:
    if images and seen.total() < FEWEST_CHARACTERS:
        raise UnreadablePlan(Refusal.IMAGES, name)
    if not seen:
        raise UnreadablePlan(Refusal.EMPTY, name)
    if seen[True] > MOST_UNMAPPED * seen.total():
        raise UnreadablePlan(Refusal.UNMAPPED, name)


def _page(page: Page, chars: list[Char]) -> Iterator[Printed]:
    """A page's lines and table rows from top to bottom."""
    tables = ruled_tables(page, chars)
    outside = [c for c in chars if c.upright and not any(table.holds(c) for table in tables)]
    lines = printed_lines(outside, float(page.width), page.page_number)
    yield from _in_order(lines, tables, page.page_number)


def _in_order(lines: list[Printed], tables: list[Ruled], page: int) -> Iterator[Printed]:
    """Tables between the lines: before the first line that begins below them in their own part of the page."""
    waiting = sorted(tables, key=lambda table: table.top)
    for line in lines:
        while waiting and waiting[0].top < line.top and waiting[0].beside(line):
            yield from _rows(waiting.pop(0), page)
        yield line
    for table in waiting:
        yield from _rows(table, page)


def _rows(table: Ruled, page: int) -> Iterator[Printed]:
    for row in table.rows:
        yield Printed(row, page, 0.0, table.top, table.bottom, table.left, table.right)


def _sideways(page: int, chars: list[Char]) -> Iterator[tuple[Line, str]]:
    text = "".join(char.text for char in chars if not char.upright)
    if text.strip():
        yield Line(0, text, page), SIDEWAYS


def _lines(blocks: list[Printed]) -> Iterator[Line]:
    """Numbered through the document; what is printed larger than the body is a heading."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.text) if block.size else 0
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    large = sorted({b.size for b in blocks if _is_large(b, body)}, reverse=True)
    levels = {size: min(place, 4) for place, size in enumerate(large, start=1)}
    for number, block in enumerate(blocks, start=1):
        heading = "#" * levels[block.size] + " " if _is_large(block, body) else ""
        yield Line(number, heading + block.text, block.page)


def _is_large(block: Printed, body: float) -> bool:
    return body > 0 and block.size >= body * HEADING_RATIO and len(block.text) <= LONGEST_HEADING
