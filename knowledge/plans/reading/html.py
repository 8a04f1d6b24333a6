"""HTML: headings, paragraphs, lists and tables in the page's order; scripts and navigation are listed as left out."""

import re
from dataclasses import dataclass, field

from lxml import html
from lxml.html import HtmlElement

from knowledge.plans.document import Document, Line
from knowledge.plans.progress import Progress
from knowledge.plans.reading.html_tables import grid
from knowledge.plans.reading.superscripts import raised
from knowledge.plans.reading.tables import one_line, pipes
from knowledge.plans.reading.text import decode
from knowledge.plans.refusals import Refusal, UnreadablePlan

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-:.]+)""", re.I)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[", re.I)
ALIASES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932"}
UNSEEN = frozenset({"script", "style", "template"})
AROUND = {"nav": "ページの案内", "title": "ページの題名", "footer": "ページの末尾"}
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BLOCKS = frozenset(
    {"html", "body", "head", "header", "main", "article", "section", "aside", "div", "center", "form", "fieldset"}
    | {"p", "pre", "address", "blockquote", "figure", "figcaption", "caption", "legend", "details", "summary", "dialog"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "hr"}
)
SPACES = re.compile(r"[ \t\r\n]+")


def read(name: str, data: bytes, progress: Progress) -> Document:
    """The page's lines; raises UnreadablePlan where entities are declared or nothing can be decoded."""
    declared = DECLARED.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    text = DECLARATION.sub("", decode(name, data, ALIASES.get(encoding, encoding)).lstrip("\ufeff"))
    if ENTITY.search(text):
        raise UnreadablePlan(Refusal.ENTITIES, name)
    if not text.strip():
        raise UnreadablePlan(Refusal.EMPTY, name)
    page = _Page()
    page.walk(html.document_fromstring(text, parser=html.HTMLParser(no_network=True)))
    page.flush()
    progress(1, 1)
    return Document(name, tuple(page.lines), tuple(page.left_out))


@dataclass
class _Page:
    """A page while it is read: what stands in the line being made, and the lines made so far."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[tuple[Line, str]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    number: int = 0

    def walk(self, element: HtmlElement) -> None:
        """The element's own text and its children's, in order."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:  # comments and processing instructions have no tag
            return
        if tag in AROUND:
            self.leave_out(SPACES.sub(" ", str(element.text_content())), AROUND[tag])
        elif tag == "table":
            self.table(element)
        elif tag == "br":
            self.flush()
        elif tag == "sup":
            self.inline.append(raised(str(element.text_content())))
        elif tag in HEADINGS or tag in BLOCKS:
            self.block(element)
        else:
            self.inside(element)

    def inside(self, element: HtmlElement) -> None:
        """Text and children."""
        self.inline.append(element.text or "")
        for child in element:
            self.walk(child)
            self.inline.append(child.tail or "")

    def block(self, element: HtmlElement) -> None:
        """A block begins and ends a line; a heading, a list's item and a paragraph show what they are."""
        self.flush()
        tag = str(element.tag)
        if tag in HEADINGS:
            text = one_line(str(element.text_content()))
            self.say("", HEADINGS[tag] + text if text else "", "")
            return
        if tag == "li":
            self.inline.append(_bullet(element))
        self.inside(element)
        self.flush()
        if tag in ("p", "ul", "ol", "dl") and self.lines and self.lines[-1].text:
            self.say("")

    def table(self, element: HtmlElement) -> None:
        """A row a line; a table without rows is only what stands in it."""
        self.flush()
        rows = pipes(grid(element))
        caption = element.find("caption")
        if caption is not None:
            self.say(one_line(str(caption.text_content())))
        self.say("", *rows, "")

    def flush(self) -> None:
        """Ends the line being made."""
        text = SPACES.sub(" ", "".join(self.inline)).strip(" ")
        self.inline.clear()
        if text:
            self.say(text)

    def say(self, *texts: str) -> None:
        """Lines that stay."""
        for text in texts:
            self.number += 1
            self.lines.append(Line(self.number, text))

    def leave_out(self, text: str, reason: str) -> None:
        """What is no part of the plan."""
        if text.strip():
            self.number += 1
            self.left_out.append((Line(self.number, text.strip()), reason))


def _bullet(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "・"
    place = sum(1 for _ in item.itersiblings("li", preceding=True))
    start = parent.get("start", "1")
    return f"{(int(start) if start.isdecimal() and len(start) <= 4 else 1) + place}. "  # noqa: PLR2004
