"""The text of a Word paragraph: runs, breaks, tabs, raised numbers, and calls of foot- and endnotes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from knowledge.plans.reading.superscripts import raised
from knowledge.plans.reading.tables import one_line

TEXT, TAB, BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
CALLS = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
# Deleted text is no longer said; text boxes are read as blocks of their own; a field's code is no text.
UNSAID = (qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText"), qn("w:rt"), qn("w:pPr"), qn("w:rPr"))
KINDS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


@dataclass
class Notes:
    """A document's notes: numbered as they are called, said below the block that calls them."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    said: int = 0

    @classmethod
    def of(cls, file: WordFile) -> "Notes":
        """The notes' texts by kind and Word's own number."""
        notes = cls()
        for kind, relation in KINDS.items():
            for related in file.part.rels.values():
                if related.reltype == relation and not related.is_external:
                    root = parse_xml(related.target_part.blob)
                    for note in root.iter(qn(f"w:{kind}")):
                        text = "".join(paragraph_text(p, cls()) for p in note.iter(qn("w:p")))
                        if text.strip() and note.get(qn("w:type")) is None:
                            notes.texts[kind, note.get(qn("w:id"), "")] = one_line(text)
        return notes

    def call(self, kind: str, number: str) -> str:
        """The raised number that stands at the call."""
        text = self.texts.pop((kind, number), "")
        if not text:
            return ""
        mark = raised(str(len(self.called) + 1))
        self.called.append(f"{mark}{text}")
        return mark

    def due(self) -> Iterator[str]:
        """Notes called since the last time."""
        yield from self.called[self.said :]
        self.said = len(self.called)

    def rest(self) -> Iterator[str]:
        """Notes that nothing called: they are not lost."""
        yield from self.texts.values()


def paragraph_text(paragraph: Element, notes: Notes) -> str:
    """The paragraph's text; a line break inside it is a newline."""
    return "".join(_pieces(paragraph, notes))


def _pieces(element: Element, notes: Notes) -> Iterator[str]:
    for child in element:
        if child.tag == TEXT:
            yield raised(child.text or "") if _is_raised(element) else child.text or ""
        elif child.tag == TAB:
            yield "\t"
        elif child.tag in BREAKS:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag in CALLS:
            yield notes.call(CALLS[child.tag], child.get(qn("w:id"), ""))
        elif child.tag not in UNSAID and not str(child.tag).endswith("}Fallback"):
            yield from _pieces(child, notes)


def _is_raised(run: Element) -> bool:
    align = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return align is not None and align.get(qn("w:val")) == "superscript"
