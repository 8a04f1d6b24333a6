"""The benchmark measures what it says, on a collection small enough to look through."""

from knowledge.benchmark import bm25s_ranker, fts5_ranker, grown, run
from knowledge.collections import Collection, Query
from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.weights import load

DOCUMENTS = (
    Document("a", "住民票の写しがほしい", "窓口で交付します。"),
    Document("b", "図書館の開館時間", "朝九時からです。"),
    Document("c", "水道料金の支払い", "口座振替ができます。"),
)
COLLECTION = Collection(
    DOCUMENTS, (Query("1", "住民票の写しの取り方"), Query("2", "図書館は何時から")), {"1": {"a": 2}, "2": {"b": 2}}
)


def test_grows_a_collection_with_new_keys_and_the_same_result_each_time() -> None:
    documents = grown(DOCUMENTS, 11)
    assert documents == grown(DOCUMENTS, 11)
    assert documents[:3] == list(DOCUMENTS)
    assert len({document.key for document in documents}) == 11


def test_the_peers_find_what_they_are_asked_for() -> None:
    for ranker in (bm25s_ranker(DOCUMENTS), fts5_ranker(DOCUMENTS)):
        assert ranker("図書館の開館時間")[0] == "b"
        assert ranker("！？") == []


def test_reports_every_figure_of_the_contract() -> None:
    figures = run(COLLECTION, Lexicon.of([]), load("collection"), sizes=(3, 5))
    names = {"entries", "tokenise_us", "rank_us", "rank_p99_us", "ratio", "rss_mb", "bm25s_us", "fts5_us"}
    assert [set(size) for size in figures["sizes"]] == [names, names]  # type: ignore[attr-defined]
    assert figures["ndcg"]["ours"] == 1  # type: ignore[index]
