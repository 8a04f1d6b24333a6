"""A facet is weighed by names too: a term that is called by its name is what is asked for."""

import pytest

from bot.understanding import understand
from bot.weighing import weigh
from tests.bot.talking import ask, entries, towns


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


def test_of_facets_with_like_scores_the_one_that_holds_more_of_the_question_is_first() -> None:
    question = "役場ってまだ紙にハンコ押して上の人に回してるの？それ変わる予定ある？"
    weighed = weigh(understand(question), towns()["nakanojo"])
    assert weighed.candidates[0].entry.content.id == "e-approval-term"
    assert weighed.candidates[0].score < max(c.score for c in weighed.candidates)
