"""An entry as the fields of its form, and the typed fields as an entry: nothing typed is lost on the way.

A facet's fields are named `facet-0-text` and so on; `facets` is how many there are.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from admin.forms import Form, row_number, sentence
from knowledge.entries import DEFAULT_FACETS, LINES, EntryContent, FacetName, Kind
from knowledge.exchange.cells import join_lines, join_rows, split_lines, split_rows
from knowledge.exchange.table import said_of

COUNT = "facets"
MOST_FACETS = 40
LONGEST_LINE = 200  # characters of one phrasing, alias or item
TEXTS = {"title": 100, "reading": 200, "group": 200}  # most characters of each
FACET_TEXTS = {"about": 100, "as_of": 100, "section": 400, "lines": 100}
LISTS = ("aliases", "phrasings")
FACET_LISTS = ("items", "departments", "phrasings")
MOST_LIST, MOST_TEXT = 8_000, 2_000
Fields = dict[str, tuple[str, ...]]


def place(number: int, name: str) -> str:
    """The name of a facet's field."""
    return f"facet-{number}-{name}"


def fields_of(content: EntryContent) -> Fields:
    """The form's fields as they are before anybody types."""
    found: Fields = {name: (str(getattr(content, name)),) for name in (*TEXTS, "easy")}
    found |= {name: (join_lines(getattr(content, name)),) for name in LISTS}
    found |= {"kind": (content.kind.value,), COUNT: (str(len(content.facets)),)}
    for number, facet in enumerate(content.facets):
        found |= {place(number, name): (str(getattr(facet, name)),) for name in (*FACET_TEXTS, "text")}
        found |= {place(number, name): (join_lines(getattr(facet, name)),) for name in FACET_LISTS}
        found[place(number, "name")] = (facet.name.value,)
        found[place(number, "rows")] = (join_rows(facet.rows),)
        if facet.silent:
            found[place(number, "silent")] = ("on",)
    return found


def blank(kind: Kind) -> Fields:
    """The fields of an entry that is to be written: one facet, the one that answers such an entry."""
    return {"kind": (kind.value,), COUNT: ("1",), place(0, "name"): (DEFAULT_FACETS[kind][0].value,)}


def count(form: Form) -> int:
    """How many facets the form has."""
    return min(row_number(form.raw(COUNT)) or 0, MOST_FACETS)


def with_facet(form: Form) -> Fields:
    """The typed fields with an empty facet more, as far as there is room."""
    number = count(form)
    if number >= MOST_FACETS:
        return dict(form.fields)
    taken = {form.raw(place(at, "name")) for at in range(number)}
    name = next((name for name in FacetName if name.value not in taken), FacetName.ACTIONS)
    return {**form.fields, place(number, "name"): (name.value,), COUNT: (str(number + 1),)}


def without_facet(form: Form, gone: int) -> Fields:
    """The typed fields without one facet; those after it move up."""
    found = {name: value for name, value in form.fields.items() if not name.startswith("facet-")}
    kept = [number for number in range(count(form)) if number != gone]
    for new, old in enumerate(kept):
        before = place(old, "")
        own = {name.removeprefix(before): value for name, value in form.fields.items() if name.startswith(before)}
        found |= {place(new, name): value for name, value in own.items()}
    return {**found, COUNT: (str(len(kept)),)}


def merged(form: Form, base: EntryContent, theirs: EntryContent) -> Fields | None:
    """The typed fields, with the other's words where nothing was typed since `base`; None where facets came or went."""
    before, now = fields_of(base), fields_of(theirs)
    if not _facets_in(before) == _facets_in(now) == _facets_in(form.fields):
        return None
    untouched = {name for name in now if form.raw(name).strip() == before.get(name, ("",))[-1].strip()}
    return {**form.fields, **{name: now[name] for name in untouched}}


def _facets_in(fields: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Which facets there are, in order."""
    return [value for name, value in sorted(fields.items()) if name.startswith("facet-") and name.endswith("-name")]


def read(form: Form, entry_id: str) -> EntryContent | None:
    """The typed entry; None where something must be mended, and then each problem stands at its field."""
    values: dict[str, Any] = {
        name: form.text(name, most=most, required=name == "title") for name, most in TEXTS.items()
    }
    values |= {name: _list(form, name) for name in LISTS}
    values["easy"] = form.text("easy", most=MOST_TEXT, lines=True)
    values["kind"] = form.one_of("kind", list(Kind))
    facets = [_facet(form, number) for number in range(count(form))]
    if not facets:
        form.refuse("title", sentence("no_facet"))
    _check_distinct(form, facets)
    if form.problems:
        return None
    try:
        return EntryContent.model_validate({**values, "id": entry_id, "facets": facets})
    except ValidationError as error:
        for details in error.errors():
            form.refuse(_field_of(details), said_of(details))
        return None


def _facet(form: Form, number: int) -> dict[str, Any]:
    at = {name: place(number, name) for name in (*FACET_TEXTS, *FACET_LISTS, "name", "text", "rows", "silent")}
    facet: dict[str, Any] = {
        name: form.text(at[name], most=most, required=name == "section") for name, most in FACET_TEXTS.items()
    }
    facet |= {name: _list(form, at[name]) for name in FACET_LISTS}
    facet["name"] = form.one_of(at["name"], list(FacetName))
    facet["text"] = form.text(at["text"], most=MOST_TEXT, required=True, lines=True)
    facet["silent"] = form.is_checked(at["silent"])
    if facet["name"] == FacetName.FIGURE and not facet["silent"] and not facet["as_of"]:
        form.refuse(at["as_of"], sentence("no_as_of"))
    if facet["lines"] and not LINES.fullmatch(facet["lines"]):
        form.refuse(at["lines"], sentence("bad_lines"))
    try:
        facet["rows"] = split_rows(form.text(at["rows"], most=MOST_LIST, lines=True))
    except ValueError as error:
        form.refuse(at["rows"], str(error))
    return facet


def _list(form: Form, name: str) -> tuple[str, ...]:
    """A field's lines, each once."""
    lines = tuple(dict.fromkeys(split_lines(form.text(name, most=MOST_LIST, lines=True))))
    longest = max(lines, key=len, default="")
    if len(longest) > LONGEST_LINE and not name.endswith("items"):
        form.refuse(name, sentence("line_too_long", most=LONGEST_LINE, start=longest[:20]))
    return lines


def _check_distinct(form: Form, facets: list[dict[str, Any]]) -> None:
    seen: set[tuple[str, str]] = set()
    for number, facet in enumerate(facets):
        if (key := (facet["name"], facet["about"])) in seen:
            form.refuse(place(number, "about"), sentence("same_facet"))
        seen.add(key)


def _field_of(details: ErrorDetails) -> str:
    """The form's field that a finding of the entry's own rules is about."""
    match details["loc"]:
        case ("facets", int(number), str(name), *_):
            return place(number, name)
        case ("facets", int(number), *_):
            return place(number, "name")
        case (str(name), *_) if name in (*TEXTS, *LISTS, "easy", "kind"):
            return name
    return "title"


def as_form(fields: Mapping[str, tuple[str, ...]], problems: Mapping[str, str] | None = None) -> Form:
    """A form that shows these fields."""
    return Form(fields, problems=dict(problems or {}))
