"""What may be wrong in a plan as it was read: reported with a proposal, never changed."""

from collections.abc import Iterator, Sequence

from knowledge.plans import slips
from knowledge.plans.blocks import Block
from knowledge.plans.cells import doubted_cells
from knowledge.plans.contradictions import contradictions
from knowledge.plans.findings import Doubt, Figure, Measure, Term
from knowledge.plans.notes import notes_and_calls
from knowledge.plans.outline import Outline
from knowledge.plans.overview import TwoNames
from knowledge.plans.plain import folded
from knowledge.plans.vocabulary import sentence_for

MOST = 400  # doubts of one plan that are reported


def find_doubts(
    outline: Outline,
    terms: Sequence[Term],
    measures: Sequence[Measure],
    figures: Sequence[Figure],
    pairs: Sequence[TwoNames],
    lost: Sequence[Measure],
    town: str,
    official: bool = False,
) -> tuple[Doubt, ...]:
    """All doubts in the order of their lines; the same one of the same line once."""
    lines = [(line.number, line.text) for block in _all_blocks(outline) for line in block.lines]
    found = [
        *slips.mixed_scripts(lines),
        *slips.near_words(lines),
        *slips.town_names(lines, town, official),
        *slips.doubled(lines),
        *slips.markup(lines),
        *doubted_cells(outline),
        *_lost_notes(outline, terms),
        *contradictions(measures, figures, pairs),
        *(Doubt(m.place.line, m.name, "", sentence_for("lost_heading", name=m.name)) for m in lost),
    ]
    unique = {(doubt.line, doubt.printed, doubt.why): doubt for doubt in sorted(found, key=lambda doubt: doubt.line)}
    return tuple(list(unique.values())[:MOST])


def _all_blocks(outline: Outline) -> Iterator[Block]:
    for section in outline.sections:
        yield from section.headings
        yield from section.blocks


def _lost_notes(outline: Outline, terms: Sequence[Term]) -> Iterator[Doubt]:
    """Numbers of notes that no note answers."""
    notes, calls = notes_and_calls(outline)
    answered = {number for _, _, number, _ in notes if number}
    known = {folded(name) for term in terms for name in (term.term, *term.aliases)}
    for call in calls:
        if call.number and answered and call.number not in answered and not {folded(n) for n in call.names} & known:
            yield Doubt(call.line, call.names[0], "", sentence_for("lost_note", word=call.names[0]))
