"""Drafts say what the plan says, as a plan, with its source; what it leaves open is admitted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entries import EntryContent, Facet, FacetName, Kind
from knowledge.plans.drafts import draft
from knowledge.plans.findings import Figure, Findings, Listed, Measure, Term
from tests.knowledge.plans.sample import CARDS, FOUND, POLICIES, RPA, WINDOW, at


def entry(drafts: list[EntryContent], title: str) -> EntryContent:
    return next(one for one in drafts if one.title == title)


def facet(content: EntryContent, name: FacetName) -> Facet:
    return next(one for one in content.facets if one.name is name)


def test_every_finding_becomes_an_entry() -> None:
    kinds = [one.kind for one in draft(FOUND)]
    assert kinds == [Kind.PLAN, Kind.TERM, Kind.MEASURE, Kind.MEASURE, Kind.FIGURE, Kind.FIGURE, Kind.LIST]


def test_a_term_is_told_politely_and_spelled_out_once() -> None:
    text = entry(draft(FOUND), "RPA").facets[0].text
    assert text == (
        "RPAは Robotic Process Automation の略です。"
        "RPAは、人がパソコンで行う決まった作業を、ソフトウェアに行わせることです。"
    )


def test_a_definition_that_no_pattern_ends_is_quoted() -> None:
    odd = replace(RPA, definition="作業をする", spelled="")
    assert draft(replace(FOUND, terms=(odd,)))[1].facets[0].text == "計画は、RPAを「作業をする」と説明しています。"


def test_a_measure_is_told_as_the_plans_word() -> None:
    window = entry(draft(FOUND), "書かない窓口の導入")
    assert facet(window, FacetName.ACTIONS).items == ("窓口支援システムの導入", "証明書の窓口への展開")
    for name in (FacetName.ACTIONS, FacetName.GOAL, FacetName.SITUATION, FacetName.SCHEDULE, FacetName.DEPARTMENT):
        assert "計画" in facet(window, name).text
    assert facet(window, FacetName.DEPARTMENT).departments == ("市民課", "情報政策課")


def test_a_doubtful_cell_is_said_to_be_doubtful_and_not_stored() -> None:
    schedule = facet(entry(draft(FOUND), "書かない窓口の導入"), FacetName.SCHEDULE)
    assert schedule.items[0].endswith("令和6年度は検討、令和7年度は構築、令和8年度から令和9年度は運用")
    assert "令和7年度は計画の表からはっきり読み取れません" in schedule.items[1]
    assert "R7" not in schedule.rows[1].years


def test_what_the_plan_leaves_open_is_a_silent_facet() -> None:
    bare = entry(draft(FOUND), "オープンデータの充実")
    assert {f.name for f in bare.facets if f.silent} == {FacetName.ACTIONS, FacetName.SCHEDULE, FacetName.DEPARTMENT}


def test_a_figure_has_its_date_or_the_plans() -> None:
    drafts = draft(FOUND)
    assert entry(drafts, "マイナンバーカードの保有率").facets[0].as_of == "令和5年12月末"
    assert "令和6年3月（2024年3月）の計画による" in entry(drafts, "公開しているデータ").facets[0].as_of


@pytest.mark.parametrize(("scope", "whose"), [("国", "国"), ("他", "ほかの自治体")])
def test_another_bodys_figures_and_lists_are_never_told_as_the_towns(scope: str, whose: str) -> None:
    others = replace(FOUND, figures=(replace(CARDS, scope=scope),), lists=(replace(POLICIES, scope=scope),))
    for one in draft(others)[4:]:
        assert one.title.endswith(f"（{whose}）")
        assert f"{whose}の" in one.facets[0].text
        assert "町の数字ではありません" in one.facets[0].text or "町が決めたものではありません" in one.facets[0].text


def test_a_garbled_name_is_found_by_the_one_that_may_be_meant() -> None:
    garbled = replace(WINDOW, name="害かない窓口の導入", proposed="書かない窓口の導入")
    assert draft(replace(FOUND, measures=(garbled,)))[2].aliases == ("書かない窓口の導入",)


def test_the_source_names_section_lines_and_page() -> None:
    paged = replace(CARDS, place=at("第2章", line=5, last=6, page=3))
    source = draft(replace(FOUND, figures=(paged,)))[4].facets[0]
    assert (source.section, source.lines) == ("第2章（3ページ）", "5-6")


def test_phrasings_are_proposed_from_name_and_lexicon() -> None:
    phrasings = entry(draft(FOUND), "RPA").phrasings
    assert "RPAとは何ですか" in phrasings
    assert len(set(phrasings)) == len(phrasings)


def test_ids_are_the_same_when_the_plan_is_read_again_and_findings_stand_elsewhere() -> None:
    again = replace(FOUND, measures=(replace(WINDOW, place=at("別の章", line=999)), *FOUND.measures[1:]))
    assert [one.id for one in draft(again)] == [one.id for one in draft(FOUND)]


def test_a_term_and_a_measure_of_one_name_have_ids_of_their_own() -> None:
    both = replace(FOUND, terms=(RPA, replace(RPA, definition="別の説明。")), measures=(replace(WINDOW, name="RPA"),))
    ids = [one.id for one in draft(both)]
    assert len(ids) == len(set(ids))


def test_the_plan_itself_says_its_period() -> None:
    period = facet(draft(FOUND)[0], FacetName.SCHEDULE).text
    assert period == "「みほん市DX推進計画」の期間は、令和6年4月（2024年4月）から令和10年3月（2028年3月）までです。"


@pytest.mark.parametrize("long", [Measure("長" * 300, at("章"), situation="文。" * 400), WINDOW])
def test_texts_stay_within_what_a_reply_holds(long: Measure) -> None:
    for one in draft(replace(FOUND, measures=(long,))):
        for part in one.facets:
            assert sum(map(len, part.items)) <= 420


WORDS = st.text(min_size=1, max_size=60).filter(str.strip)


def findings_of(words: list[str]) -> Findings:
    return replace(
        FOUND,
        terms=tuple(Term(word, (), word, at(word), word) for word in words),
        measures=tuple(Measure(word, at(), actions=(word,), goal=word) for word in words),
        figures=tuple(Figure(word, word, "", at(word)) for word in words),
        lists=tuple(Listed(word, (word,), at(word)) for word in words),
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_whatever_was_found_gives_valid_drafts(words: list[str]) -> None:
    drafts = draft(findings_of(words))
    assert len({one.id for one in drafts}) == len(drafts)
