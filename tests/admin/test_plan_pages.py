"""The lines of a plan as people read them."""

import pytest

from admin.plan_pages import words_of


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("#### 7 スマートフォン教室", "7 スマートフォン教室"),
        ("| 担当課 | 市民課、情報政策課 |", "担当課　｜　市民課、情報政策課"),
        ("| --- | :-: |", ""),
        ("| 取組 | ・一つ目<br>・二つ目 |", "取組　｜　・一つ目\n・二つ目"),
        ("#見出しではない", "#見出しではない"),
        ("<b>そのまま</b>", "<b>そのまま</b>"),
        ("", ""),
    ],
)
def test_marks_of_headings_and_tables_are_left_out(line: str, words: str) -> None:
    assert words_of(line) == words
