"""A facet is weighed by names too: a term that is called by its name is what is asked for."""

import pytest

from tests.bot.talking import ask, entries


@pytest.mark.parametrize(
    ("town", "question", "term"),
    [
        ("okutama", "RPAってなんの頭文字", "rpa"),
        ("goka", "DXってなんの頭文字", "dx"),
        ("toin", "GISって何の頭文字", "gis"),
        ("goka", "DX、DXって聞くけど、要するに何？車の名前？", "dx"),
        ("goka", "広報にあったEBPM、横文字でさっぱりだわ。かみくだいて説明して", "ebpm"),
    ],
)
def test_a_term_called_by_name_is_defined_though_another_is_asked_for_alike(
    town: str, question: str, term: str
) -> None:
    assert entries(ask(town, question)) == [term]
