"""Taps on buttons: read back as signed, and as nothing where anything about them is forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line.postbacks import (
    LONGEST,
    ChoiceTaken,
    FacetAsked,
    Postback,
    TopicAsked,
    Voted,
    read,
    sign,
)
from knowledge.entries import FacetName

KEY, USER, TALK = b"k" * 40, "u" * 32, "0123456789abcdef" * 2
TURNS = st.integers(min_value=1, max_value=9_999_999)
TALKS = st.sampled_from(["", TALK])
ACTIONS: st.SearchStrategy[Postback] = st.one_of(
    st.builds(ChoiceTaken, TURNS, st.integers(0, 3), TALKS),
    st.builds(FacetAsked, st.sampled_from(FacetName), TURNS, TALKS),
    st.builds(Voted, TURNS, st.booleans(), TALKS),
    st.builds(
        TopicAsked,
        st.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,4}", fullmatch=True),
        st.just("toin"),
        st.none() | st.sampled_from(FacetName),
    ),
)


@given(ACTIONS)
def test_what_was_signed_is_read_back(action: Postback) -> None:
    data = sign(action, KEY, USER)
    assert len(data) <= LONGEST and data.isascii()
    assert read(data, KEY, USER) == action


@given(ACTIONS, st.data())
def test_a_changed_character_makes_it_nothing(action: Postback, data: st.DataObject) -> None:
    signed = sign(action, KEY, USER)
    at = data.draw(st.integers(0, len(signed) - 1))
    other = data.draw(st.sampled_from("abcxyz0123456789._-é"))
    if other != signed[at]:
        assert read(signed[:at] + other + signed[at + 1 :], KEY, USER) is None


@pytest.mark.parametrize("action", [ChoiceTaken(1, 1, TALK), FacetAsked(FacetName.GOAL, 1), Voted(1, True)])
def test_another_residents_button_does_nothing(action: Postback) -> None:
    data = sign(action, KEY, USER)
    assert read(data, KEY, "v" * 32) is None
    assert read(data, b"x" * 40, USER) is None


def test_the_towns_menu_works_for_every_resident_but_not_with_another_key() -> None:
    data = sign(TopicAsked("digital-divide", "toin"), KEY, "")
    assert read(data, KEY, "v" * 32) == TopicAsked("digital-divide", "toin")
    assert read(data, b"x" * 40, "v" * 32) is None


@given(st.text())
def test_any_text_is_read_as_nothing(data: str) -> None:
    assert read(data, KEY, USER) is None
