"""A plan document → all that is found in it: the plan itself, terms, measures, figures, lists, doubts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.plans.document import Document
from knowledge.plans.doubts import find_doubts
from knowledge.plans.facts import find_facts
from knowledge.plans.figures import figures_of_terms, find_figures
from knowledge.plans.findings import Figure, Findings, Measure, Term
from knowledge.plans.lists import find_lists
from knowledge.plans.measures import find_measures
from knowledge.plans.outline import Outline, outline_of
from knowledge.plans.overview import with_overviews
from knowledge.plans.slips import proposal_for
from knowledge.plans.terms import find_terms
from knowledge.plans.variants import with_spellings


def find(document: Document, town: str = "") -> Findings:
    """All that a plan says, as far as its layout shows it; `town` is the official name where it is known.

    Nothing is changed silently: what may be misread stands as printed, with a doubt beside it.
    """
    outline = outline_of(document)
    facts, dated = find_facts(outline, town)
    described, orphans = find_measures(outline)
    measures, pairs, lost = with_overviews(outline, described, orphans)
    measures = [_with_proposal(m) for m in sorted(measures, key=lambda m: m.place.line)]
    terms = find_terms(outline, facts.title)
    figures = _figures(outline, dated, terms)
    doubts = find_doubts(outline, terms, measures, figures, pairs, lost, facts.town, bool(town))
    return Findings(
        **vars(facts),
        terms=with_spellings(outline, terms, doubts),
        measures=tuple(measures),
        figures=figures,
        lists=find_lists(outline),
        doubts=doubts,
    )


def _figures(outline: Outline, dated: Sequence[Figure], terms: Sequence[Term]) -> tuple[Figure, ...]:
    """The figures of the plan, of its text and of its terms; what the plan's own figures say is not said twice."""
    own = [(figure.place.line, figure.value) for figure in dated]
    told = [
        f for f in find_figures(outline) if not any(f.place.line == line and value in f.value for line, value in own)
    ]
    return tuple(sorted((*dated, *told, *figures_of_terms(terms)), key=lambda figure: figure.place.line))


def _with_proposal(measure: Measure) -> Measure:
    proposed = proposal_for(measure.name)
    return replace(measure, proposed=proposed) if proposed else measure


def as_json(findings: Findings) -> dict[str, Any]:
    """The findings in the shape of `annai plan FILE --json`; a measure's garbled name is followed by the proposal."""
    return {
        "title": findings.title,
        "edition": findings.edition,
        "published": findings.published,
        "period_from": findings.period_from,
        "period_to": findings.period_to,
        "bodies": list(findings.bodies),
        "terms": [
            {"term": t.term, "aliases": list(t.aliases), "definition": t.definition, "line": t.place.line}
            for t in findings.terms
        ],
        "measures": [_measure(m) for m in findings.measures],
        "figures": [
            {"what": f.what, "value": f.value, "as_of": f.as_of, "line": f.place.line} for f in findings.figures
        ],
        "lists": [{"what": x.what, "items": list(x.items), "line": x.place.line} for x in findings.lists],
        "doubts": [
            {"line": d.line, "printed": d.printed, "proposal": d.proposal, "why": d.why} for d in findings.doubts
        ],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "name": f"{measure.name}（{measure.proposed}）" if measure.proposed else measure.name,
        "group": measure.group,
        "departments": list(measure.departments),
        "situation": measure.situation,
        "goal": measure.goal,
        "actions": list(measure.actions),
        "schedule": [{"item": row.item, **row.years} for row in measure.schedule],
        "line": measure.place.line,
    }
