"""Measures read by the shape of their blocks: departments under one key, keys of the plan's own, columns by content."""

from knowledge.plans.finding import find
from knowledge.plans.findings import Measure
from tests.knowledge.plans.samples import document_of

NAMES = ("電子入札の導入", "議事録の自動作成", "公園の見守り", "図書の宅配")
OFFICES = ("契約課", "総務課、議会事務局", "建設課", "こども課・図書館")


def measures(*blocks: str) -> dict[str, Measure]:
    text = "# みほん町くらし計画\n\n## わたしたちのやること\n\n" + "\n\n".join(blocks)
    return {measure.name: measure for measure in find(document_of(text)).measures}


def departments(*blocks: str) -> dict[str, tuple[str, ...]]:
    return {name: measure.departments for name, measure in measures(*blocks).items()}


WANTED = dict(zip(NAMES, [("契約課",), ("総務課", "議会事務局"), ("建設課",), ("こども課", "図書館")], strict=True))


def test_sheets_with_keys_of_their_own() -> None:
    sheets = [
        f"| さくら | {at} | たのしみ | {name} |\n|---|---|---|---|\n| もみじ | 紙をやめる |\n| けやき | {office} |"
        for at, (name, office) in enumerate(zip(NAMES, OFFICES, strict=True))
    ]
    assert departments(*sheets) == WANTED


def test_a_name_may_stand_after_the_departments() -> None:
    sheets = [
        f"| けやき | {office} |\n|---|---|\n| さくらの名 | {name} |\n| もみじ | 紙をやめる |"
        for name, office in zip(NAMES, OFFICES, strict=True)
    ]
    assert departments(*sheets) == WANTED


def test_lines_with_a_word_and_a_number_of_the_plan_above_keys_of_its_own() -> None:
    blocks = [
        f"おしごと{at} {name}\n　けやき：{office}\n　もみじ：紙をやめます。"
        for at, (name, office) in enumerate(zip(NAMES, OFFICES, strict=True), 1)
    ]
    assert departments(*blocks) == WANTED


def test_names_that_end_with_their_departments_after_any_key() -> None:
    lines = [f"◇ {name}（けやき：{office}）\n\n紙をやめます。" for name, office in zip(NAMES, OFFICES, strict=True)]
    assert departments(*lines) == WANTED


def test_columns_are_known_by_what_stands_in_them() -> None:
    rows = "".join(
        f"| Ⅰ-{at} | {name} | 紙をやめます。 | {office} |\n"
        for at, (name, office) in enumerate(zip(NAMES, OFFICES, strict=True), 1)
    )
    assert departments(f"| さくら | たのしみ（★は新規） | もみじ | けやき |\n|---|---|---|---|\n{rows}") == WANTED


def test_keys_of_its_own_without_any_department() -> None:
    blocks = [
        f"（{at}）{name}\n\n■さくら\n\n紙の書類が多くあります。\n\n■もみじ\n\n紙をやめます。"
        for at, name in enumerate(NAMES, 1)
    ]
    found = measures(*blocks)
    assert set(found) == set(NAMES)
    assert all("紙をやめます。" in measure.actions for measure in found.values())


def test_a_table_of_bodies_and_their_offices_holds_no_measures() -> None:
    rows = "| くらし会議 | 年2回 | 総務課 |\n| みらい部会 | 毎月 | 企画課 |\n| 見守り委員会 | 毎月 | 福祉課 |\n"
    assert not measures(f"| あつまり | いつも | けやき |\n|---|---|---|\n{rows}")


def test_departments_that_stand_a_line_each_in_a_cell_are_several() -> None:
    row = "<tr><td>{}</td><td>紙をやめる</td><td>契約課<br>全課</td></tr>"
    rows = "".join(row.format(name) for name in NAMES)
    table = f"<table><tr><th>取組名</th><th>概要</th><th>所管</th></tr>{rows}</table>"
    assert set(departments(table).values()) == {("契約課", "全課")}


def test_numbered_sections_in_groups_are_measures_where_nothing_else_is() -> None:
    told = "\n\n".join(f"#### B{at}　{name}\n\n紙をやめます。" for at, name in enumerate(NAMES[2:], 1))
    first = "\n\n".join(f"#### A{at}　{name}\n\n紙をやめます。" for at, name in enumerate(NAMES[:2], 1))
    assert set(measures(f"### 話題A　便利\n\n{first}\n\n### 話題B　安心\n\n{told}")) == set(NAMES)
    assert not measures(f"### 話題A　便利\n\n{first}\n\n#### A3　{NAMES[3]}\n\n紙をやめます。")
