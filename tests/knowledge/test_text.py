"""Text to words: what looks or sounds the same is the same, and nothing makes it fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.text import NEGATION, QUESTION_LIMIT, analyse, normalise

any_text = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ﾃﾞｼﾞﾀﾙ", "デジタル"),
        ("ＲＰＡ", "rpa"),
        ("テレワ一ク", "テレワーク"),
        ("サ-ビス", "サービス"),
        ("力ード", "力ード"),  # only between katakana is a kanji surely a slip
        ("スマ\u200bホ", "スマホ"),
        ("市\u202e役所\ud800", "市役所"),
        ("か゛いこく", "がいこく"),
        ("住民票\n印鑑", "住民票 印鑑"),
    ],
)
def test_writes_one_spelling_for_what_looks_the_same(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_looks_at_two_thousand_characters_even_where_one_unfolds_to_many() -> None:
    assert len(normalise("ﷺ" * 5000)) == QUESTION_LIMIT
    analyse("ﷺ" * 5000)


def test_finds_a_word_whole_and_in_pieces() -> None:
    assert {"図書館", "図書", "館"} <= set(analyse("図書館").words)


def test_leaves_politeness_and_asking_out() -> None:
    assert analyse("教えてください").words == ()


def test_tells_not_writing_from_writing() -> None:
    assert analyse("書かない窓口").sequence == ("書く", NEGATION, "窓口")
    assert NEGATION not in analyse("書く窓口").sequence


def test_a_document_is_read_to_its_end_however_long() -> None:
    assert "水道" in analyse("ごみを出す。" * 5000 + "水道", None).words


@given(any_text)
@settings(max_examples=300)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(any_text)
@settings(max_examples=300)
def test_any_text_at_all_is_analysed(text: str) -> None:
    words = analyse(text)
    assert all(words.words)
    assert not any("\ud800" <= character <= "\udfff" for character in words.surface)


def test_threads_share_nothing_that_breaks() -> None:
    texts = [f"マイナンバーカードの更新{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(analyse, texts)) == list(map(analyse, texts))
