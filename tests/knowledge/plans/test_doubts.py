"""What is doubted in a plan: reported with a proposal, never changed."""

from knowledge.plans.finding import as_json, find
from knowledge.plans.findings import Doubt, Findings
from tests.knowledge.plans.samples import document_of


def doubted(text: str, town: str = "") -> list[Doubt]:
    """The doubts about a text."""
    return list(find(document_of(text), town).doubts)


def by_printed(text: str, town: str = "") -> dict[str, str]:
    """What is printed → what is proposed."""
    return {doubt.printed: doubt.proposal for doubt in doubted(text, town)}


def test_letters_of_another_alphabet_within_a_word_are_doubted_with_the_word_meant() -> None:
    text = "第1章 取組\n\n(1) デジタルデバйд対策\n\n■現状と課題\n\n格差があります。\n\n■取組内容\n\n・教室を開きます。"
    assert by_printed(text)["デジタルデバйд対策"] == "デジタルデバイド対策"


def test_a_garbled_measure_keeps_its_printed_name_beside_the_proposal() -> None:
    found = find(
        document_of(
            "第1章 取組\n\n(1) デジタルデバйд対策\n\n■現状と課題\n\n格差があります。\n\n■取組内容\n\n・教室を開きます。"
        )
    )
    assert [(m.name, m.proposed) for m in found.measures] == [("デジタルデバйд対策", "デジタルデバイド対策")]
    assert as_json(found)["measures"][0]["name"] == "デジタルデバйд対策（デジタルデバイド対策）"


def test_a_well_known_word_with_one_character_wrong_is_doubted() -> None:
    assert by_printed("デジタルデバインドをなくします。")["デジタルデバインド"] == "デジタルデバイド"


def test_a_rare_spelling_of_a_word_printed_often_is_doubted() -> None:
    text = "オレンジポータルを使います。" * 4 + "\n\nオレンジボータルも使います。"
    assert by_printed(text)["オレンジボータル"] == "オレンジポータル"


def test_long_vowels_and_dots_are_no_slips() -> None:
    assert not doubted(
        "サーバーとサーバを使います。サーバーです。サーバーです。デジタル・トランスフォーメーションです。"
    )


def test_a_name_that_differs_from_the_official_one_is_doubted() -> None:
    found = by_printed("銚田市は計画を作ります。\n\n人と未来がつながるまち 銚田", "鉾田市")
    assert found == {"銚田市": "鉾田市", "銚田": "鉾田"}


def test_another_town_is_no_misprint() -> None:
    assert not by_printed("水戸市と共同で利用します。職員が使います。", "鉾田市")


def test_without_the_official_name_the_one_printed_more_often_counts() -> None:
    text = "みほん市DX計画\n\n" + "みほん市は変わります。\n" * 3 + "霞浜市と協力します。"
    assert not doubted(text)


def test_doubled_words_are_doubted_and_common_repetitions_are_not() -> None:
    found = by_printed("考え方にに基づき進めます。それぞれの課がますます努めます。")
    assert found == {"にに": "に"}


CHART = "第1章 取組\n\n(1) 窓口\n\n\tR4年度\tR5年度\tR6年度\n"


def test_empty_cells_after_a_filled_one_are_marked_uncertain() -> None:
    found = find(document_of(CHART + "受付\t検討\t\t運用\n相談\t\t\t実施"))
    rows = {row.item: row.uncertain for measure in found.measures for row in measure.schedule}
    assert rows == {"受付": ("R5",), "相談": ()}
    assert any("受付" in doubt.why and "つながって" in doubt.why for doubt in found.doubts)


def test_a_row_without_any_filled_cell_is_marked_uncertain_whole() -> None:
    found = find(document_of(CHART + "受付\t\t\t"))
    assert [row.uncertain for measure in found.measures for row in measure.schedule] == [("R4", "R5", "R6")]
    assert any("失われた" in doubt.why for doubt in found.doubts)


OVERVIEW = (
    "基本方針\t個別施策\n基本方針1 便利\t1.窓口のスマート化\n\t2.リモートワークの推進\n\t3.公金のキャッシュレス化\n\n"
    "1. 窓口のスマート化\n\n課題と現状\t混みます。\n実施内容\t減らします。\n\n"
    "2. テレワークの推進\n\n課題と現状\t遠いです。\n実施内容\t導入します。\n\n"
    "3. 公金のキャッシュレス化\n\n課題と現状\t現金です。\n実施内容\t端末を置きます。"
)


def test_a_measure_under_two_names_is_shown_with_both_lines() -> None:
    found = find(document_of(OVERVIEW))
    assert [m.name for m in found.measures] == ["窓口のスマート化", "テレワークの推進", "公金のキャッシュレス化"]
    assert {m.group for m in found.measures} == {"基本方針1 便利"}
    doubt = next(d for d in found.doubts if d.printed == "テレワークの推進")
    assert doubt.proposal == "リモートワークの推進" and "3行目" in doubt.why and f"{doubt.line}行目" in doubt.why


def test_a_measure_that_lost_its_heading_is_found_by_the_list() -> None:
    found = find(
        document_of(
            "## 取組の方向性\n\n### 重点取組事項\n\n- (1) 窓口の改革\n- (2) 在宅勤務の推進\n\n"
            "## 重点取組事項\n\n### 取組事項① 窓口の改革\n\n"
            "#### 概要\n\n混みます。\n\n## 本市の方向性\n\n減らします。\n\n## 本市の方向性\n\n家で働けるようにします。"
        )
    )
    assert {m.name: m.actions for m in found.measures} == {
        "窓口の改革": ("減らします。",),
        "在宅勤務の推進": ("家で働けるようにします。",),
    }
    assert any("在宅勤務の推進" in doubt.why for doubt in found.doubts)


def test_the_same_item_with_two_timetables_is_shown_side_by_side() -> None:
    chart = "取組内容\tR4年度\tR5年度\n"
    found = find(
        document_of(
            f"1. 窓口の改革\n\n実施内容\tあ。\n担当課\t総務課\n\n{chart}1.チャットボット\t検討\t導入\n\n"
            f"2. 業務の改革\n\n実施内容\tい。\n担当課\t財政課\n\n{chart}1.チャットボット\t導入\t運用"
        )
    )
    why = next(doubt.why for doubt in found.doubts if doubt.printed == "チャットボット")
    assert "R4 検討、R5 導入" in why and "R4 導入、R5 運用" in why


def test_one_figure_with_two_values_is_shown_side_by_side() -> None:
    found = find(document_of("第1章 窓口\n\nカードの普及率は58%です。\n\n第2章 取組\n\nカードの普及率は49%です。"))
    assert any("58%" in doubt.why and "49%" in doubt.why for doubt in found.doubts)


def test_a_note_number_without_a_note_is_doubted() -> None:
    found = find(document_of("AI¹とCIO²を使います。\n\n¹人工知能のこと。"))
    assert [doubt.printed for doubt in found.doubts] == ["CIO"]


def test_nothing_is_changed_silently() -> None:
    found: Findings = find(
        document_of("用語集\n\n| 用語 | 説明 |\n|---|---|\n| デジタルデバインド | 使える人と使えない人の格差。 |")
    )
    assert found.terms[0].term == "デジタルデバインド"
    assert "デジタルデバイド" in found.terms[0].aliases
