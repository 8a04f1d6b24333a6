"""Brackets inside sentences: where a sentence ends, and what a bracket says of the word before it."""

import pytest

from knowledge.plans.brackets import sentences_of
from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of


def terms(sentence: str) -> set[str]:
    return {t.term for t in find(document_of(f"# みほん町DX計画\n\n## 1 取組\n\n{sentence}\n")).terms}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲です。乙です。", ["甲です。", "乙です。"]),
        ("甲（乙。丙）です。丁", ["甲（乙。丙）です。", "丁"]),
        ("甲（乙（丙。）丁。）です。", ["甲（乙（丙。）丁。）です。"]),
        ("甲（乙です。丙です。", ["甲（乙です。", "丙です。"]),
        ("", []),
    ],
)
def test_a_full_stop_inside_brackets_ends_no_sentence(text: str, sentences: list[str]) -> None:
    assert list(sentences_of(text)) == sentences


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("BCM（ビーシーエム。仕事を止めないための備えを管理する仕組み）を整えます。", {"BCM"}),
        ("圏外地区（電話の電波が届かない区域をいいます。）は２か所です。", {"圏外地区"}),
        ("RADAループ（ラダループ。Read（読む）、Act（動く）を速く繰り返す考え方）で見直します。", {"RADAループ"}),
        (
            "デジタル２原則（①モバイルファースト（電話の画面を先に考えて作る）、②ゼロペーパー（紙を使わずに仕事を終える））です。",
            {"デジタル２原則", "モバイルファースト", "ゼロペーパー"},
        ),
        ("三つの手続（①転入、②転出、③転居）から始めます。", set()),
        ("利用の少ない施設（例えば西公民館）から始めます。", set()),
    ],
)
def test_what_a_bracket_explains_is_a_word(sentence: str, words: set[str]) -> None:
    assert terms(sentence) == words


def test_a_note_that_divides_word_and_explanation_may_hold_kana_and_spaces() -> None:
    text = "窓口の取組です。\n\n※かんたんチェック：持ち物を確かめられる町のサービス。\n\n"
    text += "※ISO 30500：水を使わないトイレを国際的に定めた規格。"
    assert terms(text) == {"かんたんチェック", "ISO 30500"}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "この計画で「XY」は町がそろえた目印を、「共有利用」は集めた情報を町の判断に役立てることを指す。",
            {"XY", "共有利用"},
        ),
        ("副町長を座長とする情報活用会議で年１回確かめる。", {"情報活用会議"}),
        ("地域おこし協力隊から「情報案内人」を２人任用する。", {"情報案内人"}),
        ("計画と実行と評価を繰り返すＸＹＺＡサイクルによって見直す。", {"ＸＹＺＡサイクル"}),
        ("違いの洗い出し（フィット・アンド・ギャップ分析）を行う。", {"フィット・アンド・ギャップ分析"}),
        ("幼年人口（0～9歳）は減り続けている。", {"幼年人口"}),
        ("UAX、いわゆるドローンで林道を測る。", {"UAX"}),
        ("XR世話役は、班の困りごとを聞いて直し方を一緒に考える役である。", {"XR世話役"}),
        ("守る要素、すなわち秘匿性（許された人だけが見られること）を保つ。", {"秘匿性"}),
        ("「みほんアプリ」（行事の知らせを届ける町のアプリ、登録1,930人）を使う。", {"みほんアプリ"}),
        ("用語の一覧（五十音の順）は末尾にある。", set()),
        ("診療ではX to Y with Z（看護師がそばに付き添う診療の形）を試す。", {"X to Y with Z"}),
        ("QI（クイックインターフェース：画面の見た目や操作のしかた）を整える。", {"QI"}),
    ],
)
def test_words_told_in_other_frames(sentence: str, words: set[str]) -> None:
    assert terms(sentence) == words


def test_a_bold_word_with_its_sentence_may_begin_with_kana() -> None:
    assert terms("**みほん共創ラボ**　住民と学校が課題を持ち寄り、解決策を試す場です。") == {"みほん共創ラボ"}


def test_a_heading_is_explained_by_a_paragraph_that_says_what_it_is() -> None:
    text = "### 1 窓口前庭改革の推進\n\n窓口に集まる手続を減らし、庁舎を課題解決の場に変えていくことを目指す取組です。"
    assert "窓口前庭改革" in terms(text)
