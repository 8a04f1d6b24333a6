"""Word: paragraphs, headings by their style, numbered lists, tables and notes, in the document's order."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.handler import ContentHandler

import docx
from defusedxml import sax
from defusedxml.common import DefusedXmlException
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from knowledge.plans.document import Document, Line
from knowledge.plans.progress import Progress
from knowledge.plans.reading.tables import one_line, pipes
from knowledge.plans.reading.word_numbering import Numbering
from knowledge.plans.reading.word_runs import Notes, paragraph_text
from knowledge.plans.reading.word_styles import heading_level, style_levels
from knowledge.plans.refusals import Refusal, UnreadablePlan

LARGEST_UNPACKED = 200_000_000  # bytes of all parts together
WRAPPERS = frozenset(qn(f"w:{tag}") for tag in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"))
HEADER_FOOTER = "ヘッダー・フッター"


@dataclass(frozen=True)
class _Parts:
    """What a paragraph leans on: its style's heading level, the lists' counters, the notes."""

    styles: dict[str, int]
    numbering: Numbering
    notes: Notes


def read(name: str, data: bytes, progress: Progress) -> Document:
    """The document's lines; headers and footers are left out. Raises UnreadablePlan for entities and zip bombs."""
    _refuse_dangers(name, data)
    file = docx.Document(io.BytesIO(data))
    parts = _Parts(style_levels(file), Numbering.of(file), Notes.of(file))
    lines: list[Line] = []
    children = list(file.element.body)
    for done, child in enumerate(children):
        for text in _block(child, parts):
            lines.append(Line(len(lines) + 1, text))
        progress(done + 1, len(children))
    for text in parts.notes.rest():
        lines.append(Line(len(lines) + 1, text))
    left_out = tuple((Line(0, text), HEADER_FOOTER) for text in _around(file))
    return Document(name, tuple(lines), left_out)


def _refuse_dangers(name: str, data: bytes) -> None:
    """Before anything is parsed: the size that the parts unpack to, and document type declarations in any of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
            raise UnreadablePlan(Refusal.TOO_LARGE, name)
        for part in package.infolist():
            if part.filename.endswith((".xml", ".rels")):
                try:
                    sax.parseString(package.read(part), ContentHandler(), forbid_dtd=True)
                except DefusedXmlException:
                    raise UnreadablePlan(Refusal.ENTITIES, name) from None


def _block(element: Element, parts: _Parts) -> Iterator[str]:
    """A paragraph, a table, or what stands inside a content control."""
    if element.tag == qn("w:p"):
        yield from _paragraph(element, parts)
    elif element.tag == qn("w:tbl"):
        yield ""
        yield from pipes(_grid(element, parts))
        yield ""
        yield from parts.notes.due()
    elif element.tag in WRAPPERS:
        for child in element:
            yield from _block(child, parts)


def _paragraph(element: Element, parts: _Parts) -> Iterator[str]:
    text = paragraph_text(element, parts.notes)
    level = heading_level(element, parts.styles)
    mark = parts.numbering.mark(element)
    if level and text.strip():
        yield f"{'#' * level} {mark}{one_line(text)}"
    else:
        first, *more = text.split("\n")
        yield mark + first if first.strip() else first
        yield from more
    for box in element.iter(qn("w:txbxContent")):
        if not any(ancestor.tag.endswith("}Fallback") for ancestor in box.iterancestors()):
            for child in box:
                yield from _block(child, parts)
    yield from parts.notes.due()


def _grid(table: Element, parts: _Parts) -> Iterator[list[str | None]]:
    """Rows of cells' texts; merged downwards it is said in each row, None stands where it is merged to the right."""
    above: dict[int, str | None] = {}
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl")), None) is not table:
            continue
        cells: list[str | None] = []
        for cell in _cells(row):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continued = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            text: str | None = "\n".join(t for child in cell for t in _block(child, parts) if t.strip())
            if continued and not text:
                text = above.get(len(cells), "")
            for column in range(_width(cell)):
                above[len(cells)] = None if column else text
                cells.append(None if column else text)
        yield cells


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _width(cell: Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(int(value), 63) if value.isdecimal() and int(value) else 1  # Word's own limit of columns


def _around(file: WordFile) -> Iterator[str]:
    seen = set()
    for section in file.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if part.is_linked_to_previous:
                continue
            text = "\n".join(p.text for p in part.paragraphs).strip()
            if text and text not in seen:
                seen.add(text)
                yield text
