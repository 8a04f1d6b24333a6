"""Which facet of an entry a question is answered with."""

import pytest

from tests.bot.talking import ask, entries


@pytest.mark.parametrize("name", ["デジタルデバイド", "デジタル人材"])
def test_a_name_alone_asks_for_its_meaning_and_not_for_what_the_state_does(name: str) -> None:
    body = ask("hokota", f"{name}とは")["body"]
    assert body.startswith(name)


def test_a_supplier_that_no_plan_names_is_admitted() -> None:
    reply = ask("hokota", "書かない窓口を入れる会社の名前は？")
    assert reply["kind"] == "unknown"
    assert "会社や製品の名前" in reply["text"]


def test_a_part_that_the_question_names_is_said_alone() -> None:
    reply = ask("hokota", "セキュリティ対策の国の方針は")
    assert entries(reply) == ["measure-security"]
    assert reply["body"].startswith("国の方針")
