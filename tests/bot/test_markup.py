"""Tags that shape text are dropped from a message, and its words are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import without_markup


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("<u>マイナカード</u>の<br>普及率", "マイナカードの 普及率"),
        ("オープン<wbr>データとは", "オープンデータとは"),
        ('<P STYLE="color:red">RPA</P>', " RPA "),
        ("1 < 2 と 3 > 2", "1 < 2 と 3 > 2"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<b><b", "<b"),
    ],
)
def test_words_stay_and_tags_go(message: str, words: str) -> None:
    assert without_markup(message) == words


@given(st.text(alphabet="<>/bru 町", max_size=60))
def test_never_raises_and_never_grows(text: str) -> None:
    assert len(without_markup(text)) <= len(text)
