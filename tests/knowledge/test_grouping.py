"""Like questions meet; questions that only look alike do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import lexicon
from knowledge.grouping import Asked, group


def meets(one: str, other: str) -> bool:
    return len(group([Asked(one), Asked(other)], lexicon.bundled())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("プールの営業時間を教えて", "プールの営業時間教えてください！"),
        ("スマホの教室はどこ", "スマートフォンの教室はどこですか"),
        ("プールの営業時間を教えて", "ぷーるのえいぎょうじかんをおしえて"),
        ("プールの営業時間を教えて", "プールの営業時簡を教えて"),
    ],
)
def test_like_questions_meet(one: str, other: str) -> None:
    assert meets(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二つ目の方針は何", "三つ目の方針は何"),
        ("プールの営業時間を教えて", "図書館の営業時間を教えて"),
        ("これは", "それは"),
    ],
)
def test_unlike_questions_do_not(one: str, other: str) -> None:
    assert not meets(one, other)


def test_the_earlier_question_leads() -> None:
    questions = [Asked("盆踊り"), Asked("プールの料金"), Asked("盆踊り！"), Asked("盆踊り", aspect="fee")]
    assert group(questions, lexicon.bundled()) == [[0, 2], [1], [3]]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_every_question_is_in_one_group(texts: list[str]) -> None:
    places = [place for one in group([Asked(text) for text in texts], lexicon.bundled()) for place in one]
    assert sorted(places) == list(range(len(texts)))
