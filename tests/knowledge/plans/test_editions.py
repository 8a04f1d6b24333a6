"""Two editions: what came, went and changed, and which published entries staff should look at again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge import loading, publishing, store
from knowledge.models import Entry
from knowledge.plans import editions
from knowledge.plans.findings import Findings, ScheduleRow
from knowledge.plans.importing import import_plan
from tests.knowledge.plans.sample import BARE, CARDS, FOUND, RPA, WINDOW, at
from tests.knowledge.test_loading import root

DAY = date(2026, 4, 1)
LATER = (ScheduleRow("窓口支援システムの導入", {"R7": "検討"}),)


def changed(new: Findings) -> list[tuple[str, str, str, str]]:
    return [(c.what, c.name, c.before, c.after) for c in editions.compare(FOUND, new).changed]


def test_the_same_edition_differs_in_nothing_wherever_its_lines_stand() -> None:
    moved = replace(FOUND, measures=tuple(replace(m, place=at("別の章", line=9)) for m in FOUND.measures))
    assert editions.compare(FOUND, moved).all == ()


def test_what_came_and_what_went_are_told() -> None:
    new = replace(FOUND, terms=(replace(RPA, term="AI", aliases=(), spelled=""),), measures=(WINDOW,))
    compared = editions.compare(FOUND, new)
    assert [(c.what, c.name) for c in compared.came] == [("用語", "AI")]
    assert [(c.what, c.name) for c in compared.went] == [("用語", "RPA"), ("取組", "オープンデータの充実")]


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (replace(FOUND, terms=(replace(RPA, definition="別の説明。"),)), "用語の説明"),
        (replace(FOUND, figures=(replace(CARDS, value="80%"), FOUND.figures[1])), "数値の値"),
        (replace(FOUND, figures=(replace(CARDS, as_of="令和6年12月末"), FOUND.figures[1])), "数値の時点"),
        (replace(FOUND, measures=(replace(WINDOW, goal="別の姿"), BARE)), "取組の目指す姿"),
        (replace(FOUND, measures=(replace(WINDOW, name="書かない窓口の導入と展開"), BARE)), "取組の名前"),
        (
            replace(FOUND, measures=(replace(WINDOW, schedule=(ScheduleRow("導入", {"R6": "実施"}),)), BARE)),
            "取組の予定",
        ),
        (replace(FOUND, period_to="2030-03"), "計画の期間の終わり"),
    ],
)
def test_what_changed_is_told_with_before_and_after(new: Findings, what: str) -> None:
    assert [(kind, before != after) for kind, _, before, after in changed(new)] == [(what, True)]


def test_a_department_that_left_is_told_and_so_is_the_measure() -> None:
    new = replace(FOUND, measures=(replace(WINDOW, departments=("市民課",)), BARE))
    compared = editions.compare(FOUND, new)
    assert [(c.what, c.name) for c in compared.went] == [("担当課", "情報政策課")]
    assert [(c.what, c.before, c.after) for c in compared.changed] == [("取組の担当", "市民課、情報政策課", "市民課")]


def test_touched_entries_go_to_the_staffs_list_once(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))
    with store.writing(engine) as session:
        brought = import_plan(session, "sample", "a.md", FOUND, by="職員")
        for key in brought.drafted:
            publishing.publish(session, key, 1)
    new = replace(FOUND, measures=(replace(WINDOW, goal="別の姿"), BARE))
    compared = editions.compare(FOUND, new)
    with store.writing(engine) as session:
        assert editions.mark_for_confirmation(session, "sample", compared, DAY) == ["書かない窓口の導入"]
    with store.writing(engine) as session:
        editions.mark_for_confirmation(session, "sample", compared, date(2027, 1, 1))
    with store.reading(engine) as session:
        dates = [session.get_one(Entry, key).review_date for key in brought.drafted]
    assert sorted(filter(None, dates)) == [DAY]
