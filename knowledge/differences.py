"""What differs between two revisions of an entry: field by field, and inside a text word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.entries import EntryContent, Facet, ScheduleRow
from knowledge.labels import labels
from knowledge.text import tokenizer

LONGEST = 4_000  # characters compared word by word; longer texts are shown whole


@dataclass(frozen=True)
class Piece:
    """A run of a text that stayed, went or came."""

    change: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs; `part` is the facet's name, empty for a field of the whole entry."""

    part: str
    field: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def compare(before: EntryContent | None, after: EntryContent) -> list[Difference]:
    """The fields that differ, in the order in which staff read them; without a `before` all that is filled in."""
    found = list(_entry(before, after))
    old = {(facet.name, facet.about): facet for facet in before.facets} if before else {}
    new = {(facet.name, facet.about): facet for facet in after.facets}
    for key in dict.fromkeys((*new, *old)):
        found += _facet(old.get(key), new.get(key))
    if not found and before is not None and before != after:
        found.append(_difference("", labels().facet["name"], _order(before), _order(after)))
    return found


def words(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, by dictionary words; the pieces that are not new make up `before`, and so on."""
    if max(len(before), len(after)) > LONGEST:
        return tuple(Piece(change, text) for change, text in (("gone", before), ("new", after)) if text)  # type: ignore[arg-type]
    old, new = _split(before), _split(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("gone", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(new[c:d]))] if d > c else []
    return tuple(pieces)


def _split(text: str) -> list[str]:
    """The text's words; together they are the text, whatever it holds."""
    found = [token.surface() for line in text.splitlines(keepends=True) for token in tokenizer().tokenize(line)]
    return found if "".join(found) == text else list(text)


def _entry(before: EntryContent | None, after: EntryContent) -> Iterator[Difference]:
    for field, label in labels().entry.items():
        one, other = (_said(getattr(content, field)) if content else "" for content in (before, after))
        if field == "kind":
            one, other = (labels().kinds[content.kind] if content else "" for content in (before, after))
        if one != other:
            yield _difference("", label, one, other)


def _facet(before: Facet | None, after: Facet | None) -> Iterator[Difference]:
    facet = after or before
    if facet is None:
        return
    part = labels().facets[facet.name] + (f"：{facet.about}" if facet.about else "")
    for field, label in labels().facet.items():
        one, other = (_said(getattr(one, field)) if one else "" for one in (before, after))
        if one != other and field not in ("name", "about"):
            yield _difference(part, label, one, other)


def _difference(part: str, field: str, before: str, after: str) -> Difference:
    return Difference(part, field, before, after, words(before, after))


def _order(content: EntryContent) -> str:
    return "\n".join(labels().facets[facet.name] + facet.about for facet in content.facets)


def _said(value: object) -> str:
    """A field's value as staff read it: lists a line each."""
    match value:
        case bool():
            return labels().silent if value else ""
        case tuple():
            return "\n".join(_said(one) for one in value)
        case ScheduleRow():
            return f"{value.item}：" + "、".join(f"{year} {cell}" for year, cell in value.years.items())
        case _:
            return str(value)
