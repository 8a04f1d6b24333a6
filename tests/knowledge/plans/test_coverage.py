"""Coverage says what the plan holds and the knowledge does not, and the reverse."""

from dataclasses import replace

from knowledge.entries import EntryContent, Kind
from knowledge.plans import coverage
from knowledge.plans.coverage import Coverage
from knowledge.plans.findings import Findings
from tests.knowledge.plans.sample import FOUND, RPA, WINDOW, at


def entry(key: str, kind: str, title: str, *aliases: str, lines: str = "") -> EntryContent:
    facet = {"name": "definition", "text": "。", "section": "章", "lines": lines}
    raw = {"id": key, "kind": kind, "title": title, "aliases": aliases, "facets": [facet]}
    return EntryContent.model_validate(raw)


def only(**found: object) -> Findings:
    return replace(FOUND, **{"terms": (), "measures": (), "figures": (), "lists": ()} | found)  # type: ignore[arg-type]


def missing(compared: Coverage) -> list[str]:
    return [held.name for held in compared.missing]


def test_names_meet_across_spellings_and_aliases() -> None:
    entries = [entry("a", "term", "自動化", "ＲＰＡ"), entry("b", "measure", "「書かない窓口」の導入")]
    assert missing(coverage.compare(only(terms=(RPA,), measures=(WINDOW,)), entries)) == []


def test_a_slip_of_a_letter_is_the_same_name() -> None:
    found = only(terms=(replace(RPA, term="デジタルデバインド対策", aliases=(), spelled=""),))
    assert missing(coverage.compare(found, [entry("a", "term", "デジタルデバイド対策")])) == []


def test_a_term_inside_a_measures_name_does_not_cover_the_measure() -> None:
    found = only(measures=(replace(WINDOW, name="デジタルデバイド対策の推進"),))
    compared = coverage.compare(found, [entry("a", "term", "デジタルデバイド対策")])
    assert missing(compared) == ["デジタルデバイド対策の推進"]


def test_a_figure_without_a_name_of_its_own_is_covered_by_its_lines() -> None:
    found = only(figures=(replace(FOUND.figures[0], what="保有の率", place=at("章", line=27)),))
    near, far = entry("a", "figure", "カード", lines="20-30, 40"), entry("a", "figure", "カード", lines="31")
    assert missing(coverage.compare(found, [near])) == []
    assert missing(coverage.compare(found, [far])) == ["保有の率"]
    assert missing(coverage.compare(found, [near], lines=False)) == ["保有の率"]


def test_what_the_plan_only_mentions_has_its_ground_there() -> None:
    entries = [entry("a", "term", "まぼろし通信"), entry("b", "figure", "カード", lines="27")]
    assert coverage.compare(FOUND, entries, "本市では「まぼろし・通信」を使います。").unfounded == ()
    assert coverage.compare(FOUND, entries, "本市では通信を使います。").unfounded == (entries[0],)


def test_what_stands_in_no_plan_is_told_and_shares_are_counted() -> None:
    entries = [entry("a", "term", "RPA"), entry("b", "term", "まぼろし"), entry("c", "faq", "質問")]
    compared = coverage.compare(FOUND, entries)
    assert [one.id for one in compared.unfounded] == ["b"]
    assert compared.share_of(Kind.TERM) == (1, 1)
    assert compared.share_of(Kind.MEASURE) == (0, 2)
    assert coverage.as_json(compared)["shares"]["figure"] == (0, 2)
