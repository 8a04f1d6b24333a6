"""Entries out and in again are the same; a file with a fault changes nothing; nothing runs in a spreadsheet."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from knowledge import loading, publishing, store
from knowledge.bundled import TOWNS, read_town
from knowledge.entries import EntryContent, FacetName, Kind
from knowledge.exchange import files, imports
from knowledge.exchange.cells import escape, join_lines, neutralise, restore, split_lines, unescape
from knowledge.exchange.faqpage import faqpage
from knowledge.exchange.files import Contents, Format
from knowledge.exchange.imports import Effect
from knowledge.exchange.table import entries_of, header, rows_of
from knowledge.exchange.workbook import Unwritable
from knowledge.models import Source, State
from tests.bot.server import write_sample

NAMES = {Format.CSV: "a.csv", Format.CSV_CP932: "a.csv", Format.EXCEL: "a.xlsx", Format.YAML: "a.yaml"}
SAID = st.text(
    st.one_of(st.sampled_from("あ漢ア=+-@＝'\"\\｜,;\n\r\t\x01\u2028<&"), st.characters(exclude_categories=["Cs"])),
    max_size=20,
)
FILLED = SAID.map(lambda text: f"本{text}文")
LISTED = st.lists(SAID, max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> EntryContent:
    """Any entry that is valid."""
    names = draw(st.lists(st.sampled_from(list(FacetName)), min_size=1, max_size=3, unique=True))
    return EntryContent.model_validate(
        {
            "id": draw(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)),
            "kind": draw(st.sampled_from(list(Kind))),
            "title": draw(FILLED),
            **{name: draw(SAID) for name in ("reading", "group", "easy")},
            **{name: draw(LISTED) for name in ("aliases", "phrasings")},
            "facets": [
                {
                    "name": name,
                    "about": draw(SAID),
                    "text": draw(FILLED),
                    "section": draw(FILLED),
                    "as_of": draw(FILLED),
                    "lines": draw(st.sampled_from(["", "12", "12-14, 20"])),
                    "silent": draw(st.booleans()),
                    **{field: draw(LISTED) for field in ("items", "departments", "phrasings")},
                    "rows": draw(st.lists(st.fixed_dictionaries({"item": FILLED, "years": YEARS}), max_size=2)),
                }
                for name in names
            ],
        }
    )


YEARS = st.dictionaries(st.sampled_from(["R6", "R7", "H30"]), SAID, max_size=2)


@pytest.mark.parametrize("form", [Format.CSV, Format.EXCEL, Format.YAML])
@settings(max_examples=25, deadline=None)
@given(st.lists(entries(), max_size=2, unique_by=lambda entry: entry.id))
def test_what_goes_out_comes_in_the_same(form: Format, given: list[EntryContent]) -> None:
    contents = files.read(files.write(given, form), NAMES[form])
    assert contents.faults == ()
    assert list(contents.entries.values()) == given


@pytest.mark.parametrize("form", list(Format))
def test_a_whole_town_goes_out_and_in(form: Format) -> None:
    town = [located.content for located in read_town(TOWNS / "toin").entries]
    assert list(files.read(files.write(town, form), NAMES[form]).entries.values()) == town


@given(SAID, LISTED)
def test_cells_are_undone(text: str, items: list[str]) -> None:
    assert restore(neutralise(text)) == text
    assert unescape(escape(text)) == text
    kept = tuple(item.strip() for item in items)
    assert split_lines(join_lines(kept)) == kept


@given(st.binary(max_size=300), st.sampled_from([*NAMES.values(), "a.pdf", ""]))
def test_no_bytes_are_too_odd_to_be_refused_in_words(data: bytes, name: str) -> None:
    contents = files.read(data, name)
    assert all(fault.sentence.endswith("。") for fault in contents.faults)


def entry(**changes: object) -> EntryContent:
    facet = {"name": "definition", "text": "本文。", "section": "用語集"}
    return EntryContent.model_validate({"id": "x", "kind": "term", "title": "題", "facets": [facet]} | changes)


@pytest.mark.parametrize("form", [Format.CSV, Format.EXCEL])
@pytest.mark.parametrize("title", ["=1+1", "+81", "-1", "@SUM", "＝1", "'=1"])
def test_nothing_in_a_file_is_a_formula(form: Format, title: str) -> None:
    data = files.write([entry(title=title)], form)
    if form is Format.EXCEL:
        row = [cell.value for cell in next(iter(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)))]
    else:
        row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert row[2] == f"'{title}"
    assert files.read(data, NAMES[form]).entries["x"].title == title


def test_a_csv_for_excel_begins_with_its_mark_and_the_old_one_is_cp932() -> None:
    assert files.write([entry()], Format.CSV).startswith(b"\xef\xbb\xbf")
    assert "用語".encode("cp932") in files.write([entry()], Format.CSV_CP932)
    with pytest.raises(Unwritable, match="「𠮷」は Shift_JIS"):
        files.write([entry(title="𠮷野家")], Format.CSV_CP932)
    with pytest.raises(Unwritable, match="Excel では書けません"):
        files.write([entry(title="あ" * 33_000)], Format.EXCEL)


WORKBOOK = files.write([entry()], Format.EXCEL)


def table(*rows: str, head: str = "id,種類,題,切り口,本文,節,時点") -> Contents:
    return files.read("\n".join([head, *rows]).encode(), "a.csv")


@pytest.mark.parametrize(
    ("rows", "row", "column", "said"),
    [
        (["x,用語,題,意味・内容,,用語集,"], 2, "本文", "空です"),
        (["x,用語,,意味・内容,文。,用語集,"], 2, "題", "空です"),
        (["x,術語,題,意味・内容,文。,用語集,"], 2, "種類", "用語・取組"),
        (["x,用語,題,意味,文。,用語集,"], 2, "切り口", "のどれか"),
        (["X,用語,題,意味・内容,文。,用語集,"], 2, "", "小文字"),
        ([",用語,題,意味・内容,文。,用語集,"], 2, "id", "id が空"),
        (["x,用語,題,意味・内容,文。,用語集,", "x,,違う題,担当,文。,節,"], 3, "題", "2行目と違います"),
        (["x,数値,題,数値,文。,節,"], 2, "", "時点"),
        (["x,用語,題,意味・内容,文。,用語集,", "x,,,意味・内容,文。,節,"], 2, "", "二つ"),
    ],
)
def test_a_fault_is_named_by_row_and_column(rows: list[str], row: int, column: str, said: str) -> None:
    fault = next(fault for fault in table(*rows).faults if said in fault.sentence)
    assert (fault.row, fault.column) == (row, column)


def test_files_that_are_none_are_refused_with_a_remedy() -> None:
    assert "見出し" in table(head="a,b").faults[0].sentence
    assert "「色」" in table(head="id,色").faults[0].sentence
    assert "文字コード" in files.read(b"\x81", "a.csv").faults[0].sentence
    assert "保存し直して" in files.read(b"PK", "a.xlsx").faults[0].sentence
    assert "大きすぎ" in files.read(b" " * 10_000_001, "a.csv").faults[0].sentence
    assert "別名" in files.read(b"- &a {id: x}\n- *a", "a.yaml").faults[0].sentence
    assert "字下げ" in files.read(b"- id: [", "a.yaml").faults[0].sentence


def test_a_formula_typed_into_excel_is_refused_and_numbers_are_text() -> None:
    book = Workbook()
    book.active.append(["id", "種類", "題", "切り口", "本文", "節", "行"])
    book.active.append(["x", "用語", "題", "意味・内容", "文。", "用語集", 12])
    file = io.BytesIO()
    book.save(file)
    assert files.read(file.getvalue(), "a.xlsx").entries["x"].facets[0].lines == "12"
    book.active["C2"] = "=1+1"
    file = io.BytesIO()
    book.save(file)
    assert files.read(file.getvalue(), "a.xlsx").faults[0].column == "C2"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_workbook_is_refused_in_words(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WORKBOOK)
    for at, value in damage:
        data[at % len(data)] = value
    assert all(fault.sentence.endswith("。") for fault in files.read(bytes(data), "a.xlsx").faults)


@pytest.mark.parametrize(("offset", "value"), [(8, 1), (10, 97)], ids=["locked", "packed in an unknown way"])
def test_a_locked_workbook_is_refused_with_the_remedy(offset: int, value: int) -> None:
    data, at = bytearray(WORKBOOK), WORKBOOK.find(b"PK\x01\x02")
    while at >= 0:
        data[at + offset] = value
        at = WORKBOOK.find(b"PK\x01\x02", at + 1)
    (fault,) = files.read(bytes(data), "a.xlsx").faults
    assert "パスワードを外し" in fault.sentence


@pytest.fixture
def loaded(engine: Engine, tmp_path: Path) -> Engine:
    loading.load_all(engine, write_sample(tmp_path))
    return engine


def test_a_file_becomes_drafts_and_only_of_what_is_new_or_changed(loaded: Engine) -> None:
    with store.writing(loaded) as session:
        out = imports.current(session, "sample")
        assert imports.count(session, "sample") == len(out)
        changed = [e.model_copy(update={"title": "RPAとは"}) if e.id == "rpa" else e for e in out]
        contents = files.read(files.write([*changed, entry()], Format.CSV), "a.csv")
        found = imports.preview(session, "sample", contents)
        assert [found.count(effect) for effect in Effect] == [1, 1, 6]
        (difference,) = next(change for change in found.changes if change.id == "rpa").differences
        assert (difference.field, difference.before, difference.after) == ("題", "RPA", "RPAとは")
        drafts = imports.apply(session, "sample", "sample-2024-01", contents, found.seen, by="職員")
        assert sorted((draft.entry_key, draft.state) for draft in drafts) == [
            ("sample/rpa", State.DRAFT),
            ("sample/x", State.DRAFT),
        ]
    with store.writing(loaded) as session:
        again = imports.preview(session, "sample", contents)
        assert again.count(Effect.SAME) == len(contents.entries)
        assert imports.apply(session, "sample", "sample-2024-01", contents, again.seen, by="職員") == []


def test_with_a_fault_or_an_edit_between_nothing_is_taken_in(loaded: Engine) -> None:
    broken = table("rpa,用語,RPAとは,意味・内容,文。,用語集,", "x,用語,,意味・内容,文。,用語集,")
    with pytest.raises(publishing.WrongState, match="取り込みませんでした"), store.writing(loaded) as session:
        imports.apply(session, "sample", "sample-2024-01", broken, {}, by="職員")
    good = table("new,用語,新しい,意味・内容,文。,用語集,", "rpa,用語,RPAとは,意味・内容,文。,用語集,")
    with store.writing(loaded) as session:
        seen = imports.preview(session, "sample", good).seen
        publishing.save_draft(session, "sample/rpa", good.entries["rpa"], based_on=1, author="ほかの人")
    with pytest.raises(publishing.CrossedEdit, match="もう一度"), store.writing(loaded) as session:
        imports.apply(session, "sample", "sample-2024-01", good, seen, by="職員")
    with store.reading(loaded) as session:
        assert "new" not in {content.id for content in imports.current(session, "sample")}


def test_a_faq_page_is_valid_json_that_closes_no_script() -> None:
    facet = {"name": "figure", "text": "</script><b>58%です。", "as_of": "令和4年12月末", "section": "第3章"}
    silent = {"name": "definition", "text": "書かれていません。", "section": "第3章", "silent": True}
    plan = Source(id="p", town_id="sample", title="見本計画", published="2024-01")
    said = faqpage([(entry(kind="figure", facets=[facet]), plan), (entry(facets=[silent]), plan)], "見本町")
    assert "<" not in said
    (question,) = json.loads(said)["mainEntity"]
    assert question["name"] == "題について教えてください"
    answer = question["acceptedAnswer"]["text"].splitlines()
    assert answer[:2] == ["</script><b>58%です。", "いつの数字か：令和4年12月末"]
    assert answer[2] == "出典：見本計画（2024年1月）"


def test_a_cell_that_cannot_be_used_is_told_once() -> None:
    rows = [header(), *rows_of(entry())]
    rows[1][rows[0].index("種類")] = "ふしぎ"
    _, _, faults = entries_of(rows)
    assert [fault.sentence.partition("」")[0] for fault in faults] == ["「ふしぎ"]
