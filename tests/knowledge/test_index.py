"""The index finds by the words residents use, and can say why."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import Document
from knowledge.index import Index
from knowledge.lexicon import Group, Lexicon
from knowledge.reasons import Reason
from knowledge.text import analyse
from knowledge.weights import SIGNALS, Weights, load

DOCUMENTS = (
    Document(
        "divide",
        "デジタルデバイド対策",
        "スマートフォン教室を開きます。",
        ("使い方をおそわれるところ", "孫に頼らず触りたい"),
    ),
    Document("desk", "書かない窓口", "申請書を職員が作ります。", ("紙に名前を何度も書くのがつらい",)),
    Document("waste", "収集日の案内", "廃棄物の収集日を知らせます。"),
    Document("work", "テレワークの推進", "職員が自宅から仕事をします。"),
)
LEXICON = Lexicon.of(
    [
        Group(("スマホ", "スマートフォン", "携帯"), place="devices.yaml の1番目"),
        Group(("ごみ", "廃棄物"), place="municipal.yaml の1番目"),
        Group(("家で仕事", "テレワーク"), place="work.yaml の1番目"),
    ]
)
INDEX = Index.build(DOCUMENTS, LEXICON, load("town"))


def first(question: str) -> str:
    return next((match.key for match in INDEX.rank(question)), "")


def test_finds_an_entry_by_the_words_of_its_title() -> None:
    assert first("書かない窓口ってなに") == "desk"


def test_finds_an_entry_by_a_resident_word_that_only_the_lexicon_knows() -> None:
    assert first("スマホを習いたい") == "divide"
    assert first("ごみの日") == "waste"


def test_finds_an_entry_by_an_expression_of_several_words() -> None:
    assert first("家で仕事できる？") == "work"


def test_finds_an_entry_by_a_phrasing() -> None:
    assert first("孫に頼らず使いたい") == "divide"


def test_finds_a_word_written_in_hiragana_without_borders() -> None:
    assert first("すまーとふぉんきょうしつ") == "divide"


def test_an_exact_word_stands_above_a_word_of_the_same_group() -> None:
    documents = [Document("a", "携帯の教室", "教室"), Document("b", "スマホの教室", "教室")]
    assert [match.key for match in Index.build(documents, LEXICON, load("collection")).rank("スマホの教室")] == [
        "b",
        "a",
    ]


def test_politeness_alone_finds_nothing() -> None:
    assert INDEX.rank("教えてください") == []
    assert INDEX.rank("") == []


def test_a_reason_names_both_words_the_field_and_the_group() -> None:
    assert Reason("ごみ", "廃棄物", "text", "municipal.yaml の1番目") in INDEX.rank("ごみの日")[0].reasons


def test_signals_weighed_are_the_scores() -> None:
    index = Index.build(
        DOCUMENTS, LEXICON, Weights({"title.words": 0.5, "text.groups": 0.3, "share": 2.0, "anywhere": 1.0})
    )
    words = analyse("スマホの窓口")
    weighed = index.signals(words) @ np.array([index.weights.of(name) for name in SIGNALS])
    assert weighed.any()
    assert np.allclose(weighed, index.scores(index.searched(words)), atol=1e-5)


def test_an_identical_phrasing_is_wholly_alike() -> None:
    assert abs(INDEX.rank("紙に名前を何度も書くのがつらい")[0].likeness - 1) < 1e-9


def test_a_word_that_stands_nowhere_is_unknown_and_as_rare_as_can_be() -> None:
    assert INDEX.knows("教室")
    assert not INDEX.knows("野球")
    assert INDEX.idf("野球") == INDEX.rarest >= INDEX.idf("教室")


def test_an_empty_index_answers_nothing() -> None:
    assert Index.build([], LEXICON, load("town")).rank("スマホ") == []


@given(st.text(max_size=80), st.integers(0, 6))
@settings(max_examples=200)
def test_any_question_gives_at_most_depth_matches_best_first(question: str, depth: int) -> None:
    scores = [match.score for match in INDEX.rank(question, depth)]
    assert len(scores) <= depth
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
