"""Two revisions beside each other: which fields differ, and which words."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.differences import Piece, compare, words
from knowledge.entries import EntryContent

FACET = {"name": "definition", "text": "スマホ教室は春に開きます。", "section": "第3章"}


def entry(**changes: object) -> EntryContent:
    return EntryContent.model_validate({"id": "x", "kind": "faq", "title": "題", "facets": [FACET]} | changes)


def test_a_changed_text_shows_its_words() -> None:
    (found,) = compare(entry(), entry(facets=[FACET | {"text": "スマホ教室は秋に開きます。"}]))
    assert (found.part, found.field) == ("意味・内容", "本文")
    assert [piece for piece in found.pieces if piece.change != "same"] == [Piece("gone", "春"), Piece("new", "秋")]


def test_a_facet_that_came_and_one_that_went_are_shown() -> None:
    other = FACET | {"name": "department", "text": "企画課です。", "departments": ["企画課"]}
    came = compare(entry(), entry(facets=[FACET, other]))
    assert {(one.part, one.field, one.after) for one in came} == {
        ("担当", "本文", "企画課です。"),
        ("担当", "担当課", "企画課"),
        ("担当", "節", "第3章"),
    }
    went = compare(entry(facets=[FACET, other]), entry())
    assert {(one.field, one.before, one.after) for one in went} >= {("担当課", "企画課", "")}


def test_fields_of_the_whole_entry_and_a_mark_are_named_in_japanese() -> None:
    found = compare(entry(), entry(kind="plan", phrasings=["一", "二"], facets=[FACET | {"silent": True}]))
    assert [(one.field, one.after) for one in found] == [
        ("種類", "計画"),
        ("言い換え", "一\n二"),
        ("計画にない", "はい"),
    ]


def test_the_same_is_no_difference_and_another_order_is_one() -> None:
    assert compare(entry(), entry()) == []
    other = FACET | {"name": "goal"}
    assert len(compare(entry(facets=[FACET, other]), entry(facets=[other, FACET]))) == 1


def test_a_new_entry_shows_all_that_is_filled_in() -> None:
    assert {one.field for one in compare(None, entry())} == {"id", "種類", "題", "本文", "節"}


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "new") == before
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == after
