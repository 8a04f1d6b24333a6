"""How long the plan itself runs and when it was made is told by its own entries, in every town."""

import pytest

from tests.bot.talking import ask, entries

PERIODS = {"goka": "plan-period", "toin": "plan-period", "hokota": "plan-period", "nakanojo": "plan-period"}


@pytest.mark.parametrize(
    "question",
    [
        "この計画はいつまで",
        "計画はいつ終わるの",
        "DXの計画って何年まで",
        "計画は全部で何年分なの",
        "digital no keikaku wa itsu made desu ka",
    ],
)
@pytest.mark.parametrize(("town", "period"), [*PERIODS.items(), ("okutama", "period")])
def test_how_long_the_plan_runs_is_told_by_its_period(town: str, period: str, question: str) -> None:
    assert entries(ask(town, question)) == [period]


@pytest.mark.parametrize("town", [*PERIODS, "okutama"])
@pytest.mark.parametrize(
    ("question", "facet"),
    [("計画の目標は", "goal"), ("この計画って何", "definition"), ("どんな計画ですか", "definition")],
)
def test_what_the_plan_is_and_aims_at_is_told_by_the_plan_itself(town: str, question: str, facet: str) -> None:
    (part,) = ask(town, question)["parts"]
    assert (part["entry"].split("-")[0], part["facet"]) == ("plan", facet)


@pytest.mark.parametrize("town", [*PERIODS, "okutama"])
def test_a_follow_up_on_the_plan_is_of_its_period(town: str) -> None:
    assert "令和7年度" in ask(town, "計画の目標は", "じゃあ何年まで？")["body"]


@pytest.mark.parametrize("town", ["goka", "toin", "hokota", "okutama"])
def test_when_it_was_made_is_told_with_a_year(town: str) -> None:
    assert "年" in ask(town, "この計画っていつ作られたの")["body"]


def test_when_a_plan_does_not_say_when_it_was_made_that_is_admitted() -> None:
    assert ask("nakanojo", "この計画っていつ作られたの")["kind"] == "unknown"


def test_the_period_of_another_plan_is_not_this_ones() -> None:
    assert entries(ask("nakanojo", "国の自治体DX推進計画はいつまでですか")) != ["plan-period"]


@pytest.mark.parametrize("question", ["お金はいくらかかるの？", "お金はいくらかかるの？この計画", "補助金は出ますか"])
def test_a_price_or_a_benefit_of_nothing_is_asked_of_the_plan(question: str) -> None:
    reply = ask("toin", question)
    assert reply["kind"] == "unknown"
    assert "東員町デジタル化推進計画" in reply["text"]


def test_a_price_of_something_is_asked_of_that() -> None:
    assert "スマホ教室" in ask("toin", "スマホ教室はいくらですか")["text"]


def test_what_comes_after_the_plan_is_not_what_it_aims_at() -> None:
    parts = ask("toin", "計画が終わったらどうなる")["parts"]
    assert all(part["facet"] != "goal" for part in parts)


@pytest.mark.parametrize("town", ["goka", "hokota", "nakanojo", "okutama", "toin"])
def test_why_the_plan_was_made_is_told_of_the_plan_itself(town: str) -> None:
    [part] = ask(town, "なんでこんな計画作ったの")["parts"]
    assert (part["entry"].startswith("plan"), part["facet"]) == (True, "situation")


def test_which_edition_is_out_is_asked_of_the_plan_though_it_is_not_named() -> None:
    assert entries(ask("okutama", "今出ているのは何版め")) == ["edition"]


def test_that_plan_is_the_one_just_spoken_of() -> None:
    reply = ask(
        "toin",
        "サイバー攻撃のときもシステムが止まらんように何か計画つくるん？",
        "その計画には、どんなことをまとめておくの？",
    )
    assert "ICT-BCPは" in reply["body"]
    assert "plan" not in [part["entry"] for part in reply["parts"]]
