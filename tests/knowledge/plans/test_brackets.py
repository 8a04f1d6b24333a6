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
