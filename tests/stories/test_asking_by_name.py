"""What a town calls a thing, asked by that name, gets that thing: a word explained, a measure's goal and situation."""

from collections.abc import Iterator

import pytest

from admin.commands.ask import replies
from knowledge.bundled import town_folders
from knowledge.called import BRACKET
from knowledge.entries import EntryContent, FacetName, Kind
from tests.towns import towns

pytestmark = pytest.mark.no_cover  # hundreds of questions through lines that the tests of each piece run
TOWNS = [folder.name for folder in town_folders()]


def entries(name: str, kind: Kind) -> Iterator[EntryContent]:
    known = (entry.content for entry in towns()[name].library.entries.values())
    return (content for content in known if content.kind is kind and not content.default_facet.silent)


def said(name: str, question: str) -> list[tuple[str, str]]:
    return [(part["entry"], part["facet"]) for part in replies([question], towns()[name])[0]["parts"]]


@pytest.mark.parametrize("name", TOWNS)
def test_a_word_that_is_all_of_the_question_is_explained(name: str) -> None:
    asked = {f"{BRACKET.sub('', term.title)}とは": term.id for term in entries(name, Kind.TERM)}
    told = {question: said(name, question)[:1] for question in asked}
    assert {q: told[q] for q, term in asked.items() if told[q] != [(term, "definition")]} == {}


@pytest.mark.parametrize(("facet", "wording"), [(FacetName.GOAL, "の目標は"), (FacetName.SITUATION, "の課題は")])
@pytest.mark.parametrize("name", TOWNS)
def test_of_a_measure_the_facet_called_by_its_name_is_said(name: str, facet: FacetName, wording: str) -> None:
    measures = [m for m in entries(name, Kind.MEASURE) if any(f.name is facet and not f.silent for f in m.facets)]
    told = {m.id: said(name, m.title + wording)[:1] for m in measures}
    others = {m.id: told[m.id] for m in measures if told[m.id] != [(m.id, facet.value)]}
    assert {m: parts for m, parts in others.items() if not parts or parts[0][0] == m} == {}


def test_a_long_english_name_is_found_although_its_words_are_common() -> None:
    assert said("nakanojo", "Information and Communication Technologyって何")[0] == ("ict", "definition")
