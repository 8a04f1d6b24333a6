"""Readings are set over the words they belong to, and no letter that staff typed is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.easy import ruby

TEXTS = st.text(alphabet="申請書の出かたSNSあア々。、｜《》\n 1", max_size=40)


def test_a_reading_belongs_to_the_kanji_before_it() -> None:
    assert ruby("町へ申請《しんせい》します") == [("町へ", ""), ("申請", "しんせい"), ("します", "")]


def test_a_mark_tells_where_the_words_of_a_reading_begin() -> None:
    assert ruby("｜SNS《エスエヌエス》で") == [("SNS", "エスエヌエス"), ("で", "")]


def test_a_bracket_that_belongs_to_nothing_stays() -> None:
    assert ruby("これ《は》、《》") == [("これ《は》、《》", "")]


def test_a_reading_does_not_reach_over_a_line() -> None:
    assert ruby("申請《しん\nせい》") == [("申請《しん\nせい》", "")]


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    pieces = ruby(text)
    typed = "".join(f"{words}《{reading}》" if reading else words for words, reading in pieces)
    assert typed.replace("｜", "") == text.replace("｜", "")
    assert all(words for words, _ in pieces)


@given(st.lists(st.tuples(st.text("申請書々〆", min_size=1), st.text("あいう", min_size=1)), max_size=6))
def test_what_is_written_with_readings_is_read_back(pairs: list[tuple[str, str]]) -> None:
    assert ruby("".join(f"{words}《{reading}》" for words, reading in pairs)) == pairs
