"""Words and names that voice input misheard are taken for those that they sound like."""

import pytest

from knowledge.misheard import corrected, names_in
from knowledge.names import Names

NAMES = Names(
    [
        ("bidding", "電子入札", ""),
        ("approval", "電子決裁", ""),
        ("tax", "eLTAX", "エルタックス"),
        ("request", "電子申請", ""),
        ("funds", "公金収納", ""),
    ]
)
SPELLED = {"ほさかん": ("補佐官",), "すいしん": ("推進",)}


def owners(question: str, said: str = "") -> set[str]:
    return {hit.owner for hit in names_in(question, NAMES, lambda words: words in said)}


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("電子入殺って町でもやるの", "bidding"),
        ("電子結婚 システム入れるって聞いた", "approval"),
        ("電子 結婚はいつ", "approval"),
        ("得る タックスとは", "tax"),
    ],
)
def test_finds_the_name_that_was_meant(question: str, owner: str) -> None:
    assert owners(question) == {owner}


@pytest.mark.parametrize(
    "question", ["電子書籍はありますか", "電子投票はできる", "公金横領の事件", "電子レンジ", "結婚"]
)
def test_takes_another_thing_for_no_name(question: str) -> None:
    assert not owners(question)


def test_what_the_town_says_was_not_misheard() -> None:
    assert not owners("電子結婚とは", said="電子結婚")


def test_reads_an_unknown_word_kanji_by_kanji() -> None:
    assert "補佐官" in corrected("歩佐間は何をする人", SPELLED, {}, lambda _: False)


def test_keeps_known_words() -> None:
    assert corrected("水深をはかる", SPELLED, {}, lambda _: True) == "水深をはかる"
