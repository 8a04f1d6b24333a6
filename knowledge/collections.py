"""FAQ collections in BEIR form: documents, queries and grades read from files, a TREC run written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import Document

Grades = dict[str, dict[str, int]]  # query → document → 1 related, 2 correct
RUN_TAG = "annai"


class CollectionError(ValueError):
    """A collection file that cannot be read; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True)
class Query:
    """A resident's question of a collection."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A development set: documents, queries, and which documents are right for a query."""

    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    grades: Grades


def read_collection(folder: Path) -> Collection:
    """The documents, the development queries and their grades of a folder; raises CollectionError."""
    return Collection(
        read_documents(folder / "corpus.jsonl"),
        read_queries(folder / "queries.dev.jsonl"),
        read_grades(folder / "qrels" / "dev.tsv"),
    )


def read_documents(path: Path) -> tuple[Document, ...]:
    """The documents of a `corpus.jsonl`; raises CollectionError, also where two have one key."""
    documents: dict[str, Document] = {}
    for number, row in _rows(path):
        key = _text(row, "_id", path, number)
        if key in documents:
            raise CollectionError(f"{path.name} の{number}行目の _id「{key}」は前にもあります。")
        documents[key] = Document(key, str(row.get("title") or ""), _text(row, "text", path, number))
    return tuple(documents.values())


def read_queries(path: Path) -> tuple[Query, ...]:
    """The queries of a `queries.jsonl`; raises CollectionError."""
    return tuple(Query(_text(row, "_id", path, n), _text(row, "text", path, n)) for n, row in _rows(path))


def read_grades(path: Path) -> Grades:
    """The grades of a qrels file (tab-separated, one header line); raises CollectionError."""
    grades: Grades = {}
    for number, line in enumerate(_lines(path)[1:], start=2):
        try:
            query, document, grade = line.split("\t")
            grades.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise CollectionError(f"{path.name} の{number}行目が「質問・文書・評点」の形ではありません。") from error
    return grades


def run_lines(query: str, ranking: Iterable[tuple[str, float]]) -> Iterator[str]:
    """A ranking as lines of a TREC run, best first."""
    for rank, (document, score) in enumerate(ranking, start=1):
        yield f"{query} Q0 {document} {rank} {score:.6f} {RUN_TAG}"


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain, linear gain and log2 discount, 0 to 1."""
    gain = sum(grades.get(key, 0) / math.log2(place + 2) for place, key in enumerate(ranking[:depth]))
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CollectionError(f"{path.name} の{number}行目が JSON として読めません。") from error
        if not isinstance(row, dict):
            raise CollectionError(f"{path.name} の{number}行目が「項目：値」の形ではありません。")
        yield number, row


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path} が読めません。") from error
    return [line for line in text.split("\n") if line.strip()]


def _text(row: dict[str, object], name: str, path: Path, number: int) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise CollectionError(f"{path.name} の{number}行目に文字の {name} がありません。")
    return value
