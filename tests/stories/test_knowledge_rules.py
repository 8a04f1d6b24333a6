"""The bundled knowledge keeps the rules that `annai knowledge check` and the residents rely on."""

from itertools import chain

import pytest

from knowledge.bundled import BundledTown, read_town, town_folders
from knowledge.checking import check
from knowledge.entries import Kind
from knowledge.text import analyse

TOWNS = [read_town(folder) for folder in town_folders()]
WORDLESS = 3


@pytest.mark.parametrize("town", TOWNS, ids=[one.town.id for one in TOWNS])
def test_the_check_finds_nothing(town: BundledTown) -> None:
    assert [str(finding) for finding in check(town)] == []


@pytest.mark.parametrize("town", TOWNS, ids=[one.town.id for one in TOWNS])
def test_a_measure_is_asked_for_in_words_that_its_title_lacks(town: BundledTown) -> None:
    poor = []
    for located in town.entries:
        entry = located.content
        if entry.kind is not Kind.MEASURE:
            continue
        title = set(analyse(entry.title).words)
        phrasings = chain(entry.phrasings, *(facet.phrasings for facet in entry.facets))
        free = sum(not title & set(analyse(phrasing).words) for phrasing in phrasings)
        if free < WORDLESS:
            poor.append((entry.id, free))
    assert poor == []
