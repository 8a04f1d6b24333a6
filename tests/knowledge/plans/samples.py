"""Plans of invented towns in many layouts, as documents."""

from pathlib import Path

from knowledge.plans.document import Document, Line

LAYOUTS = Path(__file__).parent / "layouts"


def document_of(text: str, name: str = "plan.md") -> Document:
    """A text as the reader of plain text gives it."""
    return Document(name, tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)))


def layout(name: str) -> Document:
    """One of the plans in `layouts/`."""
    return document_of((LAYOUTS / name).read_text(encoding="utf-8"), name)
