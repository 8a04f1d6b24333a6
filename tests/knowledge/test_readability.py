"""Hints on what is hard to read, each in one plain sentence, and none on what is plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import EntryContent
from knowledge.readability import hints, hints_on, rules

PLAIN = "スマホ教室は公民館で開きます。申し込みは電話でできます。"


def said(text: str) -> str:
    return "\n".join(hint.sentence for hint in hints_on(text, "本文"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("町は" + "、とても長い文を書き" * 7 + "ます。", "二つに分ける"),
        ("できないことはありません。", "打ち消しが二つ"),
        ("使わないわけではありません。", "打ち消しが二つ"),
        ("ロードマップを作ります。", "「進め方の予定」と言いかえ"),
        ("デジタル・デバイドを減らします。", "むずかしい言葉"),
        ("申請書は町長によって発行される予定です。", "受け身か敬語"),
        ("窓口でご相談くださいませ。", "敬語です"),
        ("ご利用いただけます。", "敬語です"),
        ("当該の書類を出します。", "「その」と言いかえ"),
        ("個人情報保護管理責任者がいます。", "漢字が11字続いています"),
        ("一です。二です。三です。四です。五です。", "5文あります"),
    ],
)
def test_what_is_hard_to_read_gets_a_hint(text: str, hint: str) -> None:
    assert hint in said(text)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "届け出をしなければなりません。",
        "書かない窓口を始めます。",
        "ロードマップ（進め方の予定）を作ります。",
        "ロードマップとは、進め方の予定です。",
        "だれでも使えます。",
        "",
    ],
)
def test_what_is_plain_gets_none(text: str) -> None:
    assert said(text) == ""


def entry(**changes: object) -> EntryContent:
    facet = {"name": "definition", "text": PLAIN, "section": "第3章"}
    return EntryContent.model_validate({"id": "x", "kind": "term", "title": "題", "facets": [facet]} | changes)


def test_an_entrys_own_name_needs_no_explanation() -> None:
    facet = {"name": "definition", "text": "ロードマップは予定表です。ロードマップを見ます。", "section": "第3章"}
    assert hints(entry(title="ロードマップ", facets=[facet])) == []


def test_easy_japanese_wants_readings() -> None:
    (hint,) = hints(entry(easy="申請《しんせい》を窓口でします。"))
    assert (hint.part, hint.found) == ("やさしい日本語", "窓口")


def test_a_hint_names_its_facet_and_list_items_are_no_sentences() -> None:
    facet = {
        "name": "items",
        "about": "窓口",
        "text": "次の通りです。",
        "section": "節",
        "items": [*"一二三四五"],
    }
    assert hints(entry(kind="list", facets=[facet])) == []
    (hint,) = hints(entry(kind="list", facets=[facet | {"text": "当該の一覧です。"}]))
    assert hint.part == "一覧：窓口"


def test_every_word_that_is_hard_has_a_plain_one() -> None:
    assert all(plain for name in ("katakana", "office", "honorific") for plain in rules()[name].values())


@given(st.text(max_size=80))
def test_any_text_is_looked_at(text: str) -> None:
    assert all(hint.sentence.endswith(("。", "…")) for hint in hints_on(text, "本文"))
