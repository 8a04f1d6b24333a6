"""Which paragraphs of a Word file are headings: by outline level, else by the style's name."""

import re

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

NAMES = re.compile(r"(?:heading|見出し)\s*([1-9１-９])", re.I)
TITLES = re.compile(r"^(title|表題|標題)$", re.I)
DEEPEST = 6
BODY_TEXT = 9  # the outline level that says "no heading" (ECMA-376, 17.3.1.20)


def style_levels(file: WordFile) -> dict[str, int]:
    """Each style's level by its id; 0 where it is no heading."""
    return {style.styleId: _of_style(style) for style in file.styles.element.style_lst}


def heading_level(paragraph: Element, styles: dict[str, int]) -> int:
    """1 to 6, 0 where the paragraph is no heading."""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if own is not None:
        return _from_outline(own)
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return styles.get(named.get(qn("w:val"), ""), 0) if named is not None else 0


def _of_style(style: Element) -> int:
    name = style.find(qn("w:name"))
    said = name.get(qn("w:val"), "") if name is not None else ""
    if TITLES.match(said):
        return 1
    found = NAMES.search(said)
    if found:
        return min(int(found[1]), DEEPEST)
    outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    return _from_outline(outline) if outline is not None else 0


def _from_outline(element: Element) -> int:
    value = element.get(qn("w:val"), str(BODY_TEXT))
    return min(int(value) + 1, DEEPEST) if value.isdecimal() and int(value) < BODY_TEXT else 0
