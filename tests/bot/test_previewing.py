"""A draft as residents would read it."""

import pytest

from bot.channels.line.limits import problems
from bot.previewing import easy_lines, previews
from knowledge.entries import EntryContent
from knowledge.models import Source
from tests.bot.sample import sample_town

SOURCE = Source(id="s", town_id="sample", title="見本町DX計画", period_from="2024-04", period_to="2026-03")


def content(entry: str) -> EntryContent:
    return sample_town().library.entries[entry].content


def test_every_facet_is_shown_as_line_and_the_website_say_it() -> None:
    shown = previews(content("smartphone-class"), sample_town(), SOURCE)
    assert [one.label for one in shown] == ["取り組む内容", "時期", "担当"]
    for one in shown:
        assert problems(list(one.messages)) == []
        said = "\n".join(line for block in one.blocks for line in block.lines)
        assert one.reply["body"] in said and "出典：見本町DX計画" in said
        assert one.reply["body"] in str(one.messages)
    assert shown[0].followups == ("時期", "担当")


def test_what_the_plan_leaves_open_is_shown_as_the_admission_it_is() -> None:
    assert previews(content("counter"), sample_town(), SOURCE)[1].reply["kind"] == "unknown"


def test_an_entry_that_nobody_published_yet_has_its_title_in_the_bubble() -> None:
    new = content("rpa").model_copy(update={"id": "new", "title": "新しい項目"})
    assert "新しい項目" in str(previews(new, sample_town(), SOURCE)[0].messages)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("申請《しんせい》です。\n\nはい。", [[("申請", "しんせい"), ("です。", "")], [("はい。", "")]])],
)
def test_easy_japanese_is_divided_into_words_with_readings(text: str, lines: list[list[tuple[str, str]]]) -> None:
    assert easy_lines(text) == lines
