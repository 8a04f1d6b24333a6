"""A reply's text is set in paragraphs, lists and source lines."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.blocks import Block, blocks


def test_items_source_and_text_are_told_apart() -> None:
    text = "方針は次の2つです。\n・便利\n・安心\n\n出典：計画 第2章\n計画期間は2026年3月まで\n2026年5月に町が確認"
    assert blocks(text) == [
        Block("text", ("方針は次の2つです。",)),
        Block("items", ("便利", "安心")),
        Block("source", ("出典：計画 第2章", "計画期間は2026年3月まで", "2026年5月に町が確認")),
    ]


def test_what_is_offered_as_buttons_is_not_said_twice() -> None:
    text = "もしかして、次のことですか。\n1. RPA\n0. どれでもない"
    assert blocks(text, offers=True) == [Block("text", ("もしかして、次のことですか。",))]
    assert len(blocks(text)[0].lines) == 3


@given(st.text(alphabet="あ・。出典：\n 1.", max_size=60))
def test_no_line_is_lost(text: str) -> None:
    said = [line for block in blocks(text) for line in block.lines]
    assert len(said) == len([line for line in text.splitlines() if line.strip()])
