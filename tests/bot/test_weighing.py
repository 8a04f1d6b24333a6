"""A facet is weighed by names too: a term that is called by its name is what is asked for."""

import pytest

from bot.understanding import understand
from bot.weighing import weigh
from tests.bot.talking import ask, entries
from tests.towns import towns


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
    question = "計画がちゃんと進んでるかを見張ってる組織の名前を知りたいです。取材で使います"
    weighed = weigh(understand(question), towns()["nakanojo"])
    assert weighed.candidates[0].entry.content.id == "promotion-committee"
    assert weighed.candidates[0].score < max(c.score for c in weighed.candidates)


def test_where_each_is_asked_for_the_text_that_holds_all_of_them_is_first() -> None:
    assert entries(ask("goka", "重点、強化、追加って、それぞれいくつずつ取組があるの"))[0] == "all-measures"


def test_what_stands_before_no_uchi_is_the_whole_and_not_what_is_asked() -> None:
    question = "オンライン化の対象に選ばれた31手続のうち、自動車関係の4つを全部あげてください"
    assert entries(ask("hokota", question)) == ["list-car-procedures"]


def test_what_is_named_in_the_plural_is_answered_with_the_list() -> None:
    question = "母の介護が始まりました。ネットで出せるようにする介護の手続き、どんなものが挙がってますか"
    assert entries(ask("hokota", question)) == ["list-care-procedures"]


def test_the_decade_of_an_age_calls_the_part_that_is_about_it() -> None:
    reply = ask("hokota", "70代の男性で、ネットのことを家族に相談できる人は何%")
    assert "70〜79歳" in reply["body"] and "62.4" in reply["body"]
