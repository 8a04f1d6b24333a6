"""A short follow-up keeps what was asked before, and stays with its subject."""

import pytest

from bot.context import Context
from tests.bot.talking import ask, entries


@pytest.mark.parametrize(
    ("town", "turns", "entry", "facet"),
    [
        ("toin", ("防災情報システムはいつから", "一斉配信のほうは？"), "digital-disaster", "schedule"),
        ("toin", ("防災情報システムはいつから", "じゃあテレワークは？"), "remote-work", "schedule"),
        ("toin", ("RPAはいつから", "電子契約は？", "じゃあ担当は"), "paperless", "department"),
        ("toin", ("スマホ教室の担当は", "Wi-Fiは？"), "public-wifi", "department"),
        ("goka", ("RPAとは", "AIは？"), "ai", "definition"),
    ],
)
def test_another_thing_is_asked_for_the_same_aspect(town: str, turns: tuple[str, ...], entry: str, facet: str) -> None:
    reply = ask(town, *turns)
    assert (reply["parts"][0]["entry"], reply["parts"][0]["facet"]) == (entry, facet)


@pytest.mark.parametrize(
    ("town", "turns"),
    [
        ("nakanojo", ("中小企業には何をしてくれる", "補助金は")),
        ("goka", ("デジ田って何", "町は何をする", "お金は")),
        ("goka", ("eLTAXって何", "費用は")),
    ],
)
def test_a_bare_word_asks_of_the_subject_before(town: str, turns: tuple[str, ...]) -> None:
    reply = ask(town, *turns)
    assert reply["kind"] == "unknown"
    assert "計画に書かれていな" in reply["text"] or "計画に書かれていません" in reply["text"]


def test_a_question_about_the_same_people_stays_with_the_subject() -> None:
    turns = ("テレワークって何のこと？", "五霞町の職員もやるんですか", "何か参考にしてるものはあるの？")
    for count in (2, 3):
        assert entries(ask("goka", *turns[:count]))[0].startswith("telework")


def test_what_comes_before_a_date_is_told_by_the_schedule() -> None:
    assert ask("toin", "AIの導入はいつから", "その前は何をするの")["parts"][0]["facet"] == "schedule"


def test_a_question_of_its_own_carries_nothing() -> None:
    assert ask("goka", "RPAはいつから", "AIって何")["parts"][0]["facet"] == "definition"


def test_what_was_asked_outlives_the_database() -> None:
    context = Context(asked=("schedule",), place=2)
    assert Context.from_json(context.to_json()) == context


def test_a_thing_that_was_just_said_is_not_looked_for_elsewhere() -> None:
    reply = ask("hokota", "マイナンバーカードの保有率は何％", "茨城県は？")
    assert entries(reply)[0] == "fig-card-rate"
    assert "72.3" in reply["body"]
