"""What is found in plans of many layouts, all of invented towns."""

from dataclasses import dataclass

import pytest
import yaml

from knowledge.plans.finding import find
from knowledge.plans.findings import Findings
from tests.knowledge.plans.samples import LAYOUTS, layout


@dataclass(frozen=True)
class Expected:
    """What a plan holds: its period, terms, measures with departments, some cells of its charts, some figures."""

    file: str
    title: str
    town: str
    period: tuple[str, str]
    terms: frozenset[str]
    measures: dict[str, tuple[str, ...]]
    cells: dict[tuple[str, str, str], str]
    figures: dict[str, str]


PLANS = [
    Expected(
        file=plan["file"],
        title=plan["title"],
        town=plan["town"],
        period=tuple(plan["period"]),
        terms=frozenset(plan["terms"]),
        measures={name: tuple(departments) for name, departments in plan["measures"].items()},
        cells={(measure, item, year): cell for measure, item, year, cell in plan["cells"]},
        figures=plan["figures"],
    )
    for plan in yaml.safe_load((LAYOUTS / "expected.yaml").read_text(encoding="utf-8"))
]


@pytest.fixture(params=PLANS, ids=lambda plan: plan.file, scope="module")
def plan(request: pytest.FixtureRequest) -> tuple[Expected, Findings]:
    """Each plan with what is found in it."""
    return request.param, find(layout(request.param.file))


def test_the_plan_itself_is_told(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert (found.title, found.town) == (expected.title, expected.town)
    assert (found.period_from, found.period_to) == expected.period


def test_every_term_is_found_and_none_is_made_up(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    names = {term.term for term in found.terms}
    assert expected.terms <= names
    assert len(names - expected.terms) <= 1, names - expected.terms


def test_every_definition_explains_its_own_word(plan: tuple[Expected, Findings]) -> None:
    _, found = plan
    for term in found.terms:
        others = {other.definition for other in found.terms if other is not term and other.place != term.place}
        assert term.definition and term.definition not in others


def test_every_measure_is_found_and_none_is_made_up(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert {measure.name for measure in found.measures} == set(expected.measures)


def test_departments_are_those_of_the_measure(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    assert {measure.name: measure.departments for measure in found.measures} == expected.measures


def test_every_measure_says_what_is_done_and_under_which_heading(plan: tuple[Expected, Findings]) -> None:
    _, found = plan
    assert all(measure.actions and measure.group for measure in found.measures)


def test_cells_of_charts_stand_under_their_years(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    said = {
        (measure.name, row.item, year): cell
        for measure in found.measures
        for row in measure.schedule
        for year, cell in row.years.items()
    }
    assert {key: said.get(key) for key in expected.cells} == expected.cells


def test_figures_say_what_they_count(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    for value, what in expected.figures.items():
        assert any(figure.value.endswith(value) and what in figure.what for figure in found.figures), (value, what)


def test_every_finding_names_its_lines(plan: tuple[Expected, Findings]) -> None:
    expected, found = plan
    last = layout(expected.file).lines[-1].number
    for finding in (*found.terms, *found.measures, *found.figures, *found.lists):
        assert 1 <= finding.place.line <= finding.place.last <= last
