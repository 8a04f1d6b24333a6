"""Plans of invented towns in many layouts, as documents."""

from pathlib import Path

from knowledge.plans.document import Document
from knowledge.plans.reading import text as plain_text

LAYOUTS = Path(__file__).parent / "layouts"


def document_of(text: str, name: str = "plan.md") -> Document:
    """A text as the reader of plain text gives it."""
    return plain_text.document_of(name, text)


def layout(name: str) -> Document:
    """One of the plans in `layouts/`."""
    return document_of((LAYOUTS / name).read_text(encoding="utf-8"), name)
