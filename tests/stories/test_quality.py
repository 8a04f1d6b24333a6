"""The five towns answer real questions at least as well as before: our own dialogs, and evaluation sets if given."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz import fuzz

from admin.commands.ask import replies
from admin.commands.score import bundled_towns
from bot.dialogs import Dialog, figures, judge, read_dialogs
from bot.town import TownKnowledge
from knowledge import lexicon, weights
from knowledge.collections import read_collection
from knowledge.index import Index
from knowledge.text import normalise
from knowledge.tuning import graded_queries, mean_ndcg
from tests.towns import towns

pytestmark = pytest.mark.no_cover  # thousands of questions through lines that the tests of each piece run
FLOORS: dict[str, dict[str, float]] = yaml.safe_load((Path(__file__).parents[1] / "floors.yaml").read_text())
GOLDEN = Path(__file__).parents[1] / "golden"
EVALUATION = Path(os.environ["ANNAI_EVALUATION"]) if os.environ.get("ANNAI_EVALUATION") else None
given = pytest.mark.skipif(EVALUATION is None, reason="ANNAI_EVALUATION names no folder of evaluation sets")
LOWER_IS_BETTER = {"wrong", "false_answer", "chars_median", "chars_p95"}


def ask(dialogs: Iterable[Dialog]) -> list[tuple[Dialog, dict[str, Any]]]:
    return [(dialog, replies(dialog.turns, towns()[dialog.town])[-1]) for dialog in dialogs]


def measured(dialogs: Iterable[Dialog], of: Mapping[str, TownKnowledge] | None = None) -> dict[str, float]:
    answered = [(dialog, replies(dialog.turns, (of or towns())[dialog.town])[-1]) for dialog in dialogs]
    lengths = sorted(len(reply["body"]) for _, reply in answered if reply["kind"] == "answer") or [0]
    return figures(judge(dialog, reply) for dialog, reply in answered) | {
        "chars_median": lengths[len(lengths) // 2],
        "chars_p95": lengths[int(len(lengths) * 0.95)],
    }


def holds(found: dict[str, float], floors: dict[str, float]) -> None:
    for name, floor in floors.items():
        fits = found[name] <= floor if name in LOWER_IS_BETTER else found[name] >= floor
        assert fits, f"{name}: {found[name]:.3f}, floor {floor} ({found})"


def golden() -> list[Dialog]:
    return [d for path in sorted(GOLDEN.glob("*.jsonl")) if path.stem != "offtopic" for d in read_dialogs(path)]


def test_our_own_dialogs_reach_their_floors() -> None:
    holds(measured(golden()), FLOORS["golden"])


def test_what_no_plan_answers_is_mostly_admitted() -> None:
    holds(measured(read_dialogs(GOLDEN / "offtopic.jsonl")), FLOORS["offtopic"])


def test_the_same_question_gets_the_same_answer() -> None:
    some = golden()[:20]
    assert [reply for _, reply in ask(some)] == [reply for _, reply in ask(some)]


@given
def test_the_development_dialogs_reach_their_floors() -> None:
    assert EVALUATION
    holds(measured(read_dialogs(EVALUATION / "town-dialogs" / "dev.jsonl")), FLOORS["dialogs"])


@given
def test_the_search_carries_far_without_any_phrasing() -> None:
    assert EVALUATION
    dialogs = read_dialogs(EVALUATION / "town-dialogs" / "dev.jsonl")
    holds(measured(dialogs, bundled_towns(without_phrasings=True)), FLOORS["dialogs_without_phrasings"])


@given
@pytest.mark.parametrize("kind", sorted(FLOORS["safety"]))
def test_the_safety_set_reaches_its_floors(kind: str, tmp_path: Path) -> None:
    assert EVALUATION
    cases = EVALUATION / "safety" / "dev.jsonl"
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    told = tmp_path / "replies.jsonl"
    lines = [
        {"id": row["id"], "replies": replies(row["turns"], towns()[row["town"]])} for row in rows if row["kind"] == kind
    ]
    told.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    scorer = EVALUATION.parent / "tools" / "score_safety.py"
    done = subprocess.run([sys.executable, scorer, cases, told, "--json"], capture_output=True, text=True, check=True)
    group = json.loads(done.stdout)["groups"][f"kind:{kind}"]
    assert group["pass_rate"] >= FLOORS["safety"][kind], group


def phrasings() -> list[str]:
    return [
        normalise(phrasing)
        for town in towns().values()
        for entry in town.library.entries.values()
        for phrasing in (*entry.content.phrasings, *(p for f in entry.content.facets for p in f.phrasings))
    ]


@given
def test_the_search_ranks_a_foreign_collection_as_well_as_before() -> None:
    assert EVALUATION
    collection = read_collection(EVALUATION / "localgovfaq")
    index = Index.build(collection.documents, lexicon.bundled(), weights.load("collection"))
    reached = mean_ndcg(graded_queries(collection, index), index.weights)
    assert reached >= FLOORS["ranking"]["ndcg@10"], reached


@given
def test_no_phrasing_is_a_development_question() -> None:
    assert EVALUATION
    asked = [normalise(t) for d in read_dialogs(EVALUATION / "town-dialogs" / "dev.jsonl") for t in d.turns]
    long = [question for question in asked if len(question) >= 12]
    copies = [
        (phrasing, question)
        for phrasing in phrasings()
        if len(phrasing) >= 12
        for question in long
        if fuzz.ratio(phrasing, question) >= 85
    ]
    assert not copies


@given
def test_no_golden_question_is_a_development_question() -> None:
    assert EVALUATION
    asked = [normalise(t) for d in read_dialogs(EVALUATION / "town-dialogs" / "dev.jsonl") for t in d.turns]
    copies = [
        (turn, question)
        for dialog in golden()
        for turn in map(normalise, dialog.turns)
        if len(turn) >= 12
        for question in asked
        if len(question) >= 12 and fuzz.ratio(turn, question) >= 85
    ]
    assert not copies
