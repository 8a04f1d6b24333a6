"""Whether two things stand in the same group of the plan."""

import pytest

from tests.bot.talking import ask, entries


def test_two_of_one_group_are_told_with_its_list() -> None:
    reply = ask("nakanojo", "マイナンバーカードの普及と手続のオンライン化って同じ方針の中？")
    assert entries(reply) == ["policy-1", "policy-1"]
    assert "」も「方針1" in reply["body"]


@pytest.mark.parametrize(
    ("town", "question", "groups"),
    [
        ("goka", "テレワークとオンライン会議は同じ区分ですか", ["priority-measures", "strengthened-measures"]),
        (
            "goka",
            "テレワークとオンライン会議、国の計画でやるほうはどっち？",
            ["priority-measures", "strengthened-measures"],
        ),
        ("okutama", "オープンデータとテレワーク、国の重点はどっち？", ["non-priority-measures", "diamond-measures"]),
        ("toin", "ペーパーレス化とICT-BCPは同じ柱に入ってる？", ["policy-3", "policy-5"]),
    ],
)
def test_two_of_different_groups_are_told_with_a_list_each(town: str, question: str, groups: list[str]) -> None:
    assert entries(ask(town, question)) == groups


def test_a_measure_is_not_taken_for_a_list_of_measures() -> None:
    reply = ask("hokota", "デジタルデバイド対策と条例等の見直しは同じグループ？")
    assert entries(reply) == ["list-digital-society-items"] * 2


def test_a_thing_without_a_group_is_compared_as_before() -> None:
    assert entries(ask("goka", "AIとRPAって同じグループの言葉？")) == ["ai", "rpa"]


def test_the_thing_spoken_of_is_told_with_its_group() -> None:
    reply = ask("okutama", "マイナンバーカードについて町は何をするの？", "それって国の重点に入ってるやつ？")
    assert entries(reply) == ["diamond-measures"]


def test_names_that_stand_in_no_list_are_sought_by_the_measure_about_them() -> None:
    assert entries(ask("toin", "スマホ教室とフリーWi-Fiはどっちも同じ柱？")) == ["policy-6", "policy-6"]


def test_one_measure_of_two_words_is_one_thing() -> None:
    reply = ask("okutama", "AI・RPAの利用促進とオープンデータ、どっちが国の重点？")
    assert entries(reply) == ["diamond-measures", "non-priority-measures"]


def test_a_list_of_lists_is_no_group() -> None:
    reply = ask("hokota", "テレワークの推進とデジタル田園都市構想って同じ重点取組事項？")
    assert entries(reply) == ["list-priority-items", "list-digital-society-items"]
