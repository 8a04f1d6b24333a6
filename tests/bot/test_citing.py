"""A reply of two parts names a plan once."""

from bot.citing import cited_by
from bot.reply import Cited, Part
from knowledge.entries import Facet, FacetName

FACET = Facet(name=FacetName.ACTIONS, text="計画では、教室を開くとしています。", section="第3章")


def cited(section: str, title: str = "みほん計画", confirmed_on: str = "", period_shown: bool = False) -> Part:
    source = Cited(title, "初版", "2023-01", "2026-03", period_shown, section, "10-12", confirmed_on)
    return Part("class", "スマホ教室", "measure", FACET, (source,))


def test_two_parts_of_one_plan_share_a_source_with_the_sections_of_both() -> None:
    (source,) = cited_by([cited("第3章 1.教室", period_shown=True), cited("第3章 1.教室、第2章 4")])
    assert (source.section, source.lines, source.period_shown) == ("第3章 1.教室、第2章 4", "10-12", True)


def test_two_plans_are_named_one_after_the_other() -> None:
    parts = [cited("第1章"), cited("第2章", title="べつの計画"), cited("第3章")]
    assert [(source.title, source.section) for source in cited_by(parts)] == [
        ("みほん計画", "第1章、第3章"),
        ("べつの計画", "第2章"),
    ]


def test_a_part_that_staff_confirmed_keeps_its_own_line() -> None:
    assert len(cited_by([cited("第1章", confirmed_on="2026-05-01"), cited("第1章")])) == 2
