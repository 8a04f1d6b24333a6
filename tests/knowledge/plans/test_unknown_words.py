"""Plans whose words for their parts stand in no list of ours are read by the shape of their blocks."""

import pytest

from knowledge.plans.finding import find
from knowledge.plans.findings import Findings
from tests.knowledge.plans.samples import LAYOUTS, document_of
from tests.knowledge.plans.test_layouts import PLANS, Expected
from tests.knowledge.plans.unknown_words import reworded

FEWEST = 3  # measures that show that their blocks recur
MOST = 0.9


def findings_of(plan: Expected) -> Findings:
    """What is found in a layout's plan with other words in the same places."""
    return find(document_of(reworded((LAYOUTS / plan.file).read_text(encoding="utf-8")), plan.file))


MANY = [plan for plan in PLANS if len(plan.measures) >= FEWEST]


@pytest.mark.parametrize("plan", MANY, ids=lambda plan: plan.file)
def test_measures_are_known_by_the_shape_of_their_blocks(plan: Expected) -> None:
    found = {measure.name for measure in findings_of(plan).measures}
    missing = set(plan.measures) - found
    assert len(missing) <= (1 - MOST) * len(plan.measures), missing
    assert len(found - set(plan.measures)) <= 1, found - set(plan.measures)


def test_departments_and_words_are_known_by_what_stands_there() -> None:
    told = signed = explained = listed = 0
    for plan in MANY:
        found = findings_of(plan)
        departments = {measure.name: measure.departments for measure in found.measures}
        signed += sum(departments.get(name) == wanted for name, wanted in plan.measures.items())
        told += len(plan.measures)
        explained += len(plan.terms & {term.term for term in found.terms})
        listed += len(plan.terms)
    assert signed >= MOST * told, (signed, told)
    assert explained >= MOST * listed, (explained, listed)
