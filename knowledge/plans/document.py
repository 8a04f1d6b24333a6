"""A plan document as lines of text, whatever file it came from: headings as `#`, tables as rows of pipes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the source from 1, its page from 1 (None where the format has none), its text."""

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """A plan document; `name` is the file's name, `left_out` are lines that the reader dropped, with their reason."""

    name: str
    lines: tuple[Line, ...]
    left_out: tuple[tuple[Line, str], ...] = ()
