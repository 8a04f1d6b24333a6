"""The lexicon's members are met as residents say them: inflected, without particles, with other words between."""

from pathlib import Path

import pytest

from knowledge import lexicon
from knowledge.documents import Document
from knowledge.index import Index
from knowledge.lexicon import GAP, Group, Lexicon
from knowledge.text import analyse
from knowledge.weights import load

SAID = [group for group in lexicon.load() if group.place.startswith("said_of_")]


def met(member: str, question: str) -> bool:
    return bool(Lexicon.of([Group((member,))]).found(analyse(question)))


@pytest.mark.parametrize(
    "question",
    [
        "仕事で昼間は役場へ行けません",
        "平日は仕事やで役場には行かれへん",
        "仕事があると役場なんて行けない",
        "仕事役場行けない",
    ],
)
def test_other_words_may_stand_in_a_gap(question: str) -> None:
    assert met("仕事…役場…行けない", question)


@pytest.mark.parametrize(
    "question",
    [
        "役場の仕事はどこへ行けない",
        "仕事で役場に行ける",
        "仕事の話です。あれやこれや畑や田んぼや山や川のことで役場に行けない",
    ],
)
def test_a_gap_keeps_the_order_the_negation_and_its_width(question: str) -> None:
    assert not met("仕事…役場…行けない", question)


@pytest.mark.parametrize(
    ("member", "question"),
    [
        ("開いている時間", "役場が開いてる時間に"),
        ("開いてる時間", "役場が開いている時間に"),
        ("代わりに書いてくれる", "代わりに書いてもらえますか"),
        ("字が書けない", "手が悪くて字を書けません"),
    ],
)
def test_a_member_is_met_in_other_inflections(member: str, question: str) -> None:
    assert met(member, question)


def test_what_residents_say_leads_to_the_plans_word_in_a_title_and_not_back() -> None:
    group = Group(("紙だらけ",), broader=("ペーパーレス",))
    documents = [Document("a", "ペーパーレス化の推進", "", ("会議の資料",)), Document("b", "窓口", "", ("受付",))]
    index = Index.build(documents, Lexicon.of([group]), load("town"))
    (found,) = index.rank("役場が紙だらけ")
    assert found.key == "a"
    assert found.likeness > 0
    assert not Lexicon.of([group]).found(analyse("ペーパーレス"))


def test_sayings_lead_somewhere_and_no_member_is_of_stop_words_alone() -> None:
    assert SAID
    for group in SAID:
        assert group.broader, group.place
        for word in (*group.words, *group.broader):
            assert analyse(word).words, f"{group.place}: {word}"


def test_no_saying_begins_or_ends_with_a_gap() -> None:
    for group in SAID:
        assert not [word for word in group.words if word != word.strip(GAP)], group.place


def test_a_file_that_is_no_list_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("words: [a]", encoding="utf-8")
    with pytest.raises(lexicon.LexiconError, match=r"x\.yaml"):
        lexicon.load(tmp_path)
