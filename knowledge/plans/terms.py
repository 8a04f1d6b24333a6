"""All words that a plan explains, each once: glossary before note before definition in passing."""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.plans.boxes import terms_in_boxes
from knowledge.plans.findings import Term
from knowledge.plans.glossaries import terms_from_glossaries
from knowledge.plans.names import same_name
from knowledge.plans.notes import terms_from_notes
from knowledge.plans.outline import Outline
from knowledge.plans.passing import terms_in_passing
from knowledge.plans.plain import folded

MOST_ALIASES = 8


def find_terms(outline: Outline, title: str = "") -> tuple[Term, ...]:
    """The terms in the order of their lines; the plan itself, named by its `title`, is none."""
    found: list[Term] = []
    by_name: dict[str, int] = {}
    for term in (
        *terms_from_glossaries(outline),
        *terms_from_notes(outline),
        *terms_in_boxes(outline),
        *terms_in_passing(outline),
    ):
        if title and any(same_name(name, title) for name in (term.term, *term.aliases)):
            continue
        at = _known(term, by_name)
        if at is None:
            found.append(term)
            at = len(found) - 1
        elif term.definition or term.aliases:
            found[at] = _merged(found[at], term)
        for name in (found[at].term, *found[at].aliases):
            by_name.setdefault(folded(name), at)
    return tuple(sorted(found, key=lambda term: term.place.line))


def _known(term: Term, by_name: dict[str, int]) -> int | None:
    """Where the term already stands: by its name, else by what it stands for."""
    for name in (term.term, *term.aliases):
        key = folded(name)
        if key and key in by_name:
            return by_name[key]
    return None


def _merged(first: Term, other: Term) -> Term:
    names: Iterable[str] = (*first.aliases, other.term, *other.aliases)
    aliases = tuple(dict.fromkeys(name for name in names if folded(name) != folded(first.term)))[:MOST_ALIASES]
    return replace(
        first, aliases=aliases, definition=first.definition or other.definition, spelled=first.spelled or other.spelled
    )
