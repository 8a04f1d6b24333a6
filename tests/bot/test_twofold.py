"""A message with two questions is parted; one with a question and a story is not."""

import pytest

from bot.twofold import halves
from bot.understanding import understand


@pytest.mark.parametrize(
    ("message", "second"),
    [
        ("RPAとは何ですか。窓口はどこですか", "窓口はどこですか"),
        ("RPAとは何ですか。それと書かない窓口のことも", "書かない窓口のことも"),
    ],
)
def test_two_questions_are_parted(message: str, second: str) -> None:
    both = halves(understand(message))
    assert both is not None
    assert both[1].text == second


def test_a_question_with_its_reason_behind_is_one() -> None:
    assert halves(understand("マイナポータルで何ができますか？仕事が休めなくて困っています")) is None
