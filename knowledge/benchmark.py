"""Time, memory and quality of the search beside bm25s and SQLite FTS5, in one run on one machine."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.collections import Collection, ndcg
from knowledge.documents import Document
from knowledge.index import Index
from knowledge.lexicon import Lexicon
from knowledge.text import analyse, normalise
from knowledge.weights import Weights

SIZES = (1_786, 10_000, 100_000)
DEPTH = 10
MICROSECONDS = 1_000_000

Ranker = Callable[[str], list[str]]


class BenchmarkError(RuntimeError):
    """What the comparison needs is not installed; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of one run, in microseconds; `rank_us` is a whole question, from its text to its matches."""

    entries: int
    tokenise_us: float
    rank_us: float
    rank_p99_us: float
    ratio: float
    rss_mb: float
    bm25s_us: float
    fts5_us: float


def run(collection: Collection, lexicon: Lexicon, weights: Weights, sizes: Sequence[int] = SIZES) -> dict[str, object]:
    """The figures at each size, and nDCG@10 over the collection as it is; raises BenchmarkError."""
    require_peer()
    figures = [asdict(measure(collection, size, lexicon, weights)) for size in sizes]
    return {"sizes": figures, "ndcg": quality(collection, lexicon, weights)}


def measure(collection: Collection, size: int, lexicon: Lexicon, weights: Weights) -> Figures:
    """Times at one size. Memory is the process's with our index alone, before the peers' are built."""
    documents = grown(collection.documents, size)
    questions = [query.text for query in collection.queries]
    index = Index.build(documents, lexicon, weights)
    resident = resident_megabytes()
    tokenise = times(analyse, questions)
    rank = times(partial(index.rank, depth=DEPTH), questions)
    del index
    tokenise_us, rank_us = statistics.median(tokenise), statistics.median(rank)
    return Figures(
        entries=len(documents),
        tokenise_us=round(tokenise_us, 1),
        rank_us=round(rank_us, 1),
        rank_p99_us=round(statistics.quantiles(rank, n=100)[98], 1),
        ratio=round(rank_us / tokenise_us, 2),
        rss_mb=round(resident, 1),
        bm25s_us=round(statistics.median(times(bm25s_ranker(documents), questions)), 1),
        fts5_us=round(statistics.median(times(fts5_ranker(documents), questions)), 1),
    )


def quality(collection: Collection, lexicon: Lexicon, weights: Weights) -> dict[str, float]:
    """nDCG@10 of the three over the collection's graded queries."""
    index = Index.build(collection.documents, lexicon, weights)
    rankers: dict[str, Ranker] = {
        "ours": lambda question: [match.key for match in index.rank(question, DEPTH)],
        "bm25s": bm25s_ranker(collection.documents),
        "fts5": fts5_ranker(collection.documents),
    }
    return {name: round(mean_ndcg(collection, ranker), 4) for name, ranker in rankers.items()}


def mean_ndcg(collection: Collection, ranker: Ranker) -> float:
    """Mean nDCG@10 over the graded queries."""
    texts = {query.key: query.text for query in collection.queries}
    gains = [ndcg(ranker(texts[key]), grades) if key in texts else 0.0 for key, grades in collection.grades.items()]
    return statistics.fmean(gains)


def grown(documents: Sequence[Document], size: int) -> list[Document]:
    """As many documents as asked for: first the given ones, then titles joined with other documents' texts."""
    given = len(documents)
    return [
        documents[place]
        if place < given
        else Document(f"{place}", documents[place % given].title, documents[(place * 7 + place // given) % given].text)
        for place in range(size)
    ]


def bm25s_ranker(documents: Sequence[Document]) -> Ranker:
    """bm25s (Lucene's BM25, NumPy) over our words of title and text together; the question is tokenised too."""
    bm25s: Any = importlib.import_module("bm25s")
    retriever = bm25s.BM25(method="lucene")
    words: dict[str, list[str]] = {}
    corpus = [[*_words(one.title, words), *_words(one.text, words)] or ["。"] for one in documents]
    retriever.index(corpus, show_progress=False)
    known = retriever.vocab_dict

    def rank(question: str) -> list[str]:
        asked = [word for word in analyse(question).words if word in known]
        if not asked:
            return []
        found, _ = retriever.retrieve([asked], k=min(DEPTH, len(documents)), show_progress=False)
        return [documents[int(number)].key for number in found[0]]

    return rank


def fts5_ranker(documents: Sequence[Document]) -> Ranker:
    """SQLite's FTS5 with its trigram tokenizer; any trigram of the question may match, ordered by its bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE entries USING fts5(title, text, tokenize='trigram')")
    rows = ((number, normalise(one.title, None), normalise(one.text, None)) for number, one in enumerate(documents))
    database.executemany("INSERT INTO entries(rowid, title, text) VALUES (?, ?, ?)", rows)

    def rank(question: str) -> list[str]:
        asked = " OR ".join(f'"{three}"' for three in dict.fromkeys(_trigrams(normalise(question))))
        if not asked:
            return []
        query = f"SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT {DEPTH}"  # noqa: S608
        return [documents[number].key for (number,) in database.execute(query, (asked,))]

    return rank


def times(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Microseconds for each question, after one round that is not counted."""
    for question in questions:
        work(question)
    taken = []
    for question in questions:
        start = time.perf_counter()
        work(question)
        taken.append((time.perf_counter() - start) * MICROSECONDS)
    return taken


def resident_megabytes() -> float:
    """This process's resident memory; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def require_peer() -> None:
    """Raises BenchmarkError where bm25s is not installed."""
    if importlib.util.find_spec("bm25s") is None:
        raise BenchmarkError("比べる相手の bm25s がありません。pip install 'dx-annai[bench]' を実行してください。")


def _words(text: str, known: dict[str, list[str]]) -> list[str]:
    if text not in known:
        known[text] = list(analyse(text, None).words)
    return known[text]


def _trigrams(text: str) -> Iterator[str]:
    return (text[place : place + 3].replace('"', '""') for place in range(len(text) - 2))
