"""Other spellings of a name in the same plan are its aliases."""

from knowledge.plans.finding import find
from tests.knowledge.plans.samples import document_of

PLAN = """# 銅野町DX推進計画

## 第1章 計画の策定にあたって

国は、見直しの方針を含む「情報の利用に関する規則の一括見直しプラン」を取りまとめました。
出典は「情報の利用に関する規制の一括見直しプラン」です。

## 第2章 推進体制

本町では、方針決定機関として「銅野町DX推進本部」を設置します。銅野町の職員が集まります。鋼野町のセキュリティも見直します。
"""


def test_the_town_s_name_is_spelled_both_ways_in_a_body_where_the_plan_prints_two() -> None:
    terms = {term.term: term.aliases for term in find(document_of(PLAN)).terms}
    assert "鋼野町DX推進本部" in terms["銅野町DX推進本部"]


def test_a_long_name_printed_with_one_other_character_is_the_same() -> None:
    terms = {term.term: term.aliases for term in find(document_of(PLAN)).terms}
    assert "情報の利用に関する規制の一括見直しプラン" in terms["情報の利用に関する規則の一括見直しプラン"]


def test_the_plan_itself_is_no_term() -> None:
    text = PLAN.replace("本町では、", "本町では「銅野町DX推進計画」を策定します。")
    assert "銅野町DX推進計画" not in {term.term for term in find(document_of(text)).terms}
