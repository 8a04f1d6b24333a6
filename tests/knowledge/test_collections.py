"""Collections are read as they are, and a broken line is named."""

from pathlib import Path

import pytest

from knowledge.collections import CollectionError, ndcg, read_documents, read_grades, read_queries, run_lines


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_documents_and_queries(tmp_path: Path) -> None:
    corpus = written(tmp_path / "corpus.jsonl", '{"_id":"1","title":"問","text":"答\\u2028え"}\n\n')
    assert [(one.key, one.title, one.text) for one in read_documents(corpus)] == [("1", "問", "答\u2028え")]
    assert read_queries(written(tmp_path / "q.jsonl", '{"_id":"9","text":"何"}'))[0].key == "9"


@pytest.mark.parametrize("line", ["{", "[]", '{"_id":1,"text":"x"}', '{"_id":"2"}', '{"_id":"1","text":"again"}'])
def test_names_the_line_that_is_broken(tmp_path: Path, line: str) -> None:
    corpus = written(tmp_path / "corpus.jsonl", '{"_id":"1","text":"x"}\n' + line)
    with pytest.raises(CollectionError, match=r"corpus\.jsonl の2行目"):
        read_documents(corpus)


def test_reads_grades_after_the_header_and_names_a_broken_line(tmp_path: Path) -> None:
    assert read_grades(written(tmp_path / "a.tsv", "q\td\tscore\n1\t2\t1\n")) == {"1": {"2": 1}}
    with pytest.raises(CollectionError, match="2行目"):
        read_grades(written(tmp_path / "b.tsv", "q\td\tscore\n1 2 1\n"))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="読めません"):
        read_documents(tmp_path / "none.jsonl")


def test_writes_a_trec_run() -> None:
    assert list(run_lines("q", [("d", 1.5)])) == ["q Q0 d 1 1.500000 annai"]


def test_ndcg_is_one_for_the_best_order_and_less_for_a_worse() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert 0 < ndcg(["b", "x", "a"], grades) < 1
    assert ndcg(["x"], grades) == 0
