"""What is told beside the best facet, and what stays alone."""

import pytest

from bot.composing import fit_together
from knowledge.entries import Facet, FacetName
from knowledge.library import Candidate
from tests.bot.talking import ask
from tests.towns import towns


def facets(town: str, *turns: str) -> list[tuple[str, str]]:
    return [(part["entry"], part["facet"]) for part in ask(town, *turns)["parts"]]


def test_where_the_next_facet_fits_hardly_less_both_are_told() -> None:
    told = facets("okutama", "推進本部に入っているのは誰ですか。新人さんもいますか")
    assert told == [("headquarters", "definition"), ("headquarters", "situation")]


def test_the_facet_asked_for_is_told_beside_the_meaning_of_the_entry() -> None:
    told = facets("okutama", "わざわざ推進本部なんて置いたのはなぜ?普通の会議では足りないの")
    assert ("headquarters", "situation") in told


def test_of_a_thing_called_by_its_name_what_was_asked_for_is_told_alone() -> None:
    assert facets("hokota", "ガバメントクラウドとは何のことですか") == [("government-cloud", "definition")]


def test_where_a_part_was_taken_for_the_whole_the_whole_is_told_too() -> None:
    body = ask("hokota", "DXって会社でも聞くけど、鉾田市だとどういう意味で言ってるの?")["body"]
    assert "ビジネス用語" in body and "鉾田市は" in body


@pytest.mark.parametrize("question", ["基本方針1にはどんな取組がある？", "データヘルスは基本方針のどれに入ってる"])
def test_no_second_facet_is_told_beside_a_list(question: str) -> None:
    assert len(facets("toin", question)) == 1


def test_beside_a_term_called_by_its_name_no_strange_entry_is_told() -> None:
    told = facets("goka", "外国から来ました。マイナポータルはなにをするところですか")
    assert {entry for entry, _ in told} == {"myna-portal"}


def test_a_facet_of_one_letter_fits_beside_another() -> None:
    entry = towns()["goka"].library.entries["plan"]
    texts = (Facet(name=FacetName.ACTIONS, text=text, section="1") for text in ("可", "役場で申し込めます。"))
    short, long = (Candidate(entry, facet, 0.0, None) for facet in texts)
    assert fit_together(short, long) and fit_together(long, short)


def test_the_list_is_not_told_beside_its_own_line() -> None:
    body = ask("hokota", "こんびにで住民票とれるの")["body"]
    assert "住民票" in body and "・" not in body
