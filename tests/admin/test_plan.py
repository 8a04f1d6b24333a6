"""`annai plan` from outside: what it finds, what it compares, what it brings in, and how it refuses."""

import json
from pathlib import Path

import pytest

from tests.admin.command import NONE, annai
from tests.knowledge.plans.made import PLAN, as_pdf

FINDINGS = {"title", "edition", "published", "period_from", "period_to", "bodies", "terms", "measures", "figures"}


def test_prints_the_contract_and_the_same_for_a_pdf_without_a_database(tmp_path: Path) -> None:
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(as_pdf(PLAN.read_text(encoding="utf-8")))
    found = []
    for path in (PLAN, pdf):
        done = annai(NONE, "plan", str(path), "--json")
        assert (done.returncode, done.stderr) == (0, "")
        found.append(json.loads(done.stdout))
    assert found[0].keys() >= FINDINGS | {"lists", "doubts"}
    for kind, name in (("terms", "term"), ("measures", "name")):
        assert [one[name] for one in found[0][kind]] == [one[name] for one in found[1][kind]]
    assert [one["departments"] for one in found[0]["measures"]] == [one["departments"] for one in found[1]["measures"]]


def test_tells_a_person_what_was_found_and_where() -> None:
    done = annai(NONE, "plan", str(PLAN))
    assert done.returncode == 0
    assert "計画：みほん市DX推進計画" in done.stdout
    assert "書かない窓口の導入（担当：市民課、情報政策課）" in done.stdout


def test_compares_with_the_knowledge_of_a_town(empty_address: str) -> None:
    done = annai(empty_address, "plan", str(PLAN), "--coverage", "--town", "toin")
    assert (done.returncode, done.stderr) == (0, "")
    assert "東員町の知識と、計画の文書を見比べました。" in done.stdout
    assert "「ぴったりサービス」" not in done.stdout.split("知識にあって")[0]


def test_compares_two_editions(tmp_path: Path) -> None:
    new = tmp_path / "new.md"
    new.write_text(PLAN.read_text(encoding="utf-8").replace("71.4%", "80.2%"), encoding="utf-8")
    done = annai(NONE, "plan", str(PLAN), str(new), "--diff")
    assert done.returncode == 0
    assert "前：71.4%" in done.stdout
    assert "後：80.2%" in done.stdout


def test_brings_drafts_in_and_takes_them_back(with_towns: str) -> None:
    done = annai(with_towns, "plan", str(PLAN), "--import", "--town", "sample")
    assert done.returncode == 0, done.stderr
    assert "公開はしていません" in done.stdout
    undone = annai(with_towns, "plan", "--undo", "1")
    assert "取り込み 1 を取り消しました" in undone.stdout
    again = annai(with_towns, "plan", "--undo", "1")
    assert (again.returncode, "もう取り消されています" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("plan",), 2, "ファイルを一つ"),
        (("plan", "a.md", "--import"), 2, "--town"),
        (("plan", "a.md", "--diff"), 2, "二つ"),
        (("plan", "nowhere.md"), 1, "使えません"),
        (("plan", str(PLAN), "--coverage", "--town", "nowhere"), 2, "sample"),
        (("plan", "--undo", "7"), 1, "番号を確かめて"),
        (("plan", str(PLAN.parents[4] / "LICENSE")), 1, "計画の文書に見えません"),
    ],
)
def test_says_what_to_do_where_it_cannot(with_towns: str, words: tuple[str, ...], code: int, sentence: str) -> None:
    done = annai(with_towns, *words)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
