"""Kana and Latin letters are read as the words they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import sounds
from knowledge.documents import Document
from knowledge.names import fold
from knowledge.romaji import romaji_to_kana
from knowledge.spelling import Speller


def over(texts: list[str], names: list[str] | None = None) -> Speller:
    documents = [Document(text, text, "") for text in texts]
    return Speller(sounds.read(documents).counted(), names or ())


SPELLER = over(
    ["コンビニで住民票が取れる証明書の交付", "推進計画の期間 普及率 マイナンバーカード", "水道料金", "オープンな場"]
)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("こんびにでじゅうみんひょうとれるの", "住民票"),
        ("こんびにでじゅうみんひょうとれるの", "コンビニ"),
        ("まいなんばーかーどのふきゅうりつ", "普及率"),
        ("keikaku wa nannen made", "計画"),
        ("oopun kaado wa", "オープン"),
        ("fukyuuritsu wa", "普及率"),
        ("fukyuritsu wa", "普及率"),
        ("suisin keikaku no kikan", "推進"),
        ("jyuuminhyo wa", "住民票"),
        ("mainanbakaado wa", "マイナンバーカード"),
    ],
)
def test_hears_a_known_word(question: str, word: str) -> None:
    assert word in SPELLER.respell(question)


def test_adds_nothing_to_what_is_written_in_kanji() -> None:
    assert SPELLER.respell("住民票の写し") == "住民票の写し"


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("keikaku", "けいかく"),
        ("nannen made", "なんねん まで"),
        ("konbini", "こんびに"),
        ("telework", "telework"),
        ("deeta", "でーた"),
        ("ka-do wa doko", "かーど は どこ"),
        ("mainanba- ka-do", "まいなんばー かーど"),
        ("riidaa", "りーだー"),
        ("kyooiku", "きょおいく"),
        ("jōhō", "じょうほう"),
        ("furontoyâdo", "ふろんとやーど"),
        ("wi-fi", "wi-fi"),
    ],
)
def test_reads_japanese_written_in_latin_letters(latin: str, kana: str) -> None:
    assert romaji_to_kana(latin) == kana


@pytest.mark.parametrize(
    ("latin", "sound"),
    [
        ("mainaportal", "まいなぽたる"),
        ("chatbotto", "ちやとぼと"),
        ("tablet", "たぶれと"),
        ("donyu", "どうにゆう"),
        ("sekyuritii", "せきゆりてい"),
    ],
)
def test_hears_a_known_sound_in_an_unusual_spelling(latin: str, sound: str) -> None:
    assert fold(romaji_to_kana(latin, sounds=[sound])) == sound


@pytest.mark.parametrize("latin", ["town", "party", "service", "maintenance"])
def test_takes_an_english_word_for_no_romaji(latin: str) -> None:
    assert romaji_to_kana(latin, sounds=["どうにゆう"]) == latin


@given(st.text(max_size=400))
def test_never_raises(text: str) -> None:
    assert isinstance(SPELLER.respell(text), str)


def test_a_short_verb_is_no_spelling_of_a_run_of_kana() -> None:
    speller = over(["人が並んでいる", "町の発展に資する"])
    assert speller.respell("ほったらかしにならん、手直しするの") == "ほったらかしにならん、手直しするの"


def test_a_short_name_in_kana_does_not_stand_inside_a_run() -> None:
    assert over(["窓口"], ["アイティー"]).respell("図書館はあいていますか") == "図書館はあいていますか"


def test_a_name_in_kana_is_heard_whole() -> None:
    speller = over(["マイナポを使う"], ["マイナポータル", "マイナポ"])
    assert "マイナポータル" in speller.respell("まいなぽーたるって何")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("水深計画の期間", " 推進 計画の期間"),
        ("水神計画", " 推進 計画"),
        ("誤嚥率", "誤嚥率"),
        ("普及率と水深", "普及率と 推進 "),
    ],
)
def test_an_unknown_word_is_written_as_the_known_one_that_it_sounds_like(heard: str, meant: str) -> None:
    assert SPELLER.corrected(heard, lambda word: word in ("計画", "期間", "普及率")) == meant


def test_a_word_that_the_town_uses_is_not_taken_for_another() -> None:
    speller = over(["講演の資料", "公園の遊具"])
    assert speller.corrected("公園はどこ", lambda word: word == "公園") == "公園はどこ"


def test_a_polite_ending_is_no_word() -> None:
    speller = over(["国の仕様", "第一章", "消火の訓練"])
    assert speller.respell("それぞれ何でしょうか") == "それぞれ何でしょうか"
