"""Figures of another day than the plan's own are not said for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.times import is_after, is_of_the_plans_day, years
from tests.bot.talking import ask


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("令和5年10月末", {2023}),
        ("令和元年度から", {2019}),
        ("2025年度と令和4年度", {2022, 2025}),
        ("r7の数字", {2025}),
        ("34.8%です", set()),
    ],
)
def test_a_year_is_known_by_either_calendar(text: str, named: set[int]) -> None:
    assert years(text) == named


@given(st.integers(1, 30))
def test_both_calendars_name_the_same_year(number: int) -> None:
    assert years(f"令和{number}年") == years(f"{2018 + number}年")


@given(st.text(max_size=40))
def test_never_raises_on_any_text(text: str) -> None:
    assert is_after(text, "2026-03") in {True, False}


def test_only_a_fiscal_year_that_begins_after_the_plan_is_after_it() -> None:
    assert is_after("令和8年度は何をする", "2026-03")
    assert not is_after("令和7年度から令和8年度にかけて", "2026-03")
    assert not is_after("2026年3月まで", "2026-03")


def test_the_day_of_the_plan_is_heard() -> None:
    assert is_of_the_plans_day("計画がつくられた頃の普及率")
    assert not is_of_the_plans_day("計画をつくった課の今の人数")


@pytest.mark.parametrize(
    ("town", "question"),
    [
        ("nakanojo", "令和6年度の終わりには、カードの交付率は何％になった？"),
        ("nakanojo", "マイナンバーカードの交付率、令和6年度は何％？"),
        ("hokota", "カードの保有率は去年何パーセントになった？"),
        ("hokota", "令和9年度にやることは決まっていますか"),
    ],
)
def test_what_the_plan_does_not_know_yet_is_admitted(town: str, question: str) -> None:
    assert ask(town, question)["kind"] != "answer"


def test_a_figure_is_told_of_its_own_day() -> None:
    assert "64.9%" in ask("hokota", "令和5年のマイナンバーカードの保有率は")["body"]
    assert "58%" in ask("toin", "計画をつくったころのカードの普及率は何％やった")["body"]


@pytest.mark.parametrize("text", ["令和8年度になるまでに移行は終わる", "令和8年度までに間に合うの"])
def test_what_must_be_done_before_a_year_is_no_question_after_the_plan(text: str) -> None:
    assert not is_after(text, "2026-03")
