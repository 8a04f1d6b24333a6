"""Word: headings, lists that Word numbers itself, merged cells, notes, boxes; entities and zip bombs are refused."""

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.plans.progress import silent
from knowledge.plans.reading.word import read
from knowledge.plans.refusals import UnreadablePlan
from tests.knowledge.plans.made import saved


def texts(data: bytes) -> list[str]:
    return [line.text for line in read("計画.docx", data, silent).lines if line.text]


def test_headings_are_known_by_their_style_and_numbers_are_counted() -> None:
    file = docx.Document()
    file.add_heading("計画", 0)
    file.add_heading("取組", 2)
    for text in ("検討", "構築"):
        file.add_paragraph(text, style="List Number")
    file.add_paragraph("運用", style="List Bullet")
    assert texts(saved(file)) == ["# 計画", "## 取組", "1. 検討", "2. 構築", "・運用"]


def test_merged_cells_are_said_where_they_reach() -> None:
    file = docx.Document()
    table = file.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, (("項目", "R6", "R7"), ("窓口", "実施", ""), ("", "検討", "実施")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert texts(saved(file)) == ["| 項目 | R6 | R7 |", "| 窓口 | 実施 | 実施 |", "| 窓口 | 検討 | 実施 |"]


def test_items_in_a_cell_stay_apart_and_a_bar_divides_nothing() -> None:
    file = docx.Document()
    file.add_table(rows=1, cols=2).rows[0].cells[1].text = "・導入\n・展開する\n地域|町"
    assert texts(saved(file)) == ["|  | ・導入<br>・展開する地域｜町 |"]


def test_a_footnote_stands_below_the_paragraph_that_calls_it() -> None:
    file = docx.Document()
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="5"><w:p><w:r><w:t>作業の自動化</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="6"><w:p><w:r><w:t>呼ばれない注</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    called = file.add_paragraph("RPA")
    called.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="5"/>'))
    file.add_paragraph("次の段落")
    assert texts(saved(file)) == ["RPA¹", "¹作業の自動化", "次の段落", "呼ばれない注"]


def test_content_controls_and_insertions_are_read_and_deletions_are_not() -> None:
    file = docx.Document()
    words = nsdecls("w")
    body = file.element.body
    body.insert(
        0, parse_xml(f"<w:sdt {words}><w:sdtContent><w:p><w:r><w:t>欄の中</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    changed = "<w:ins><w:r><w:t>足した</w:t></w:r></w:ins><w:del><w:r><w:delText>消した</w:delText></w:r></w:del>"
    body.insert(1, parse_xml(f"<w:p {words}>{changed}</w:p>"))
    assert texts(saved(file)) == ["欄の中", "足した"]


def test_headers_are_listed_as_left_out() -> None:
    file = docx.Document()
    file.add_paragraph("計画")
    file.sections[0].header.paragraphs[0].text = "案"
    assert [(line.text, why) for line, why in read("計画.docx", saved(file), silent).left_out] == [
        ("案", "ヘッダー・フッター")
    ]


def altered(name: str, change: bytes) -> bytes:
    """A Word file one part of which begins with something else."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(
                part.filename,
                content.replace(b"<w:document", change + b"<w:document") if part.filename == name else content,
            )
    return held.getvalue()


def test_a_document_type_is_refused() -> None:
    data = altered("word/document.xml", b'<!DOCTYPE w [<!ENTITY a "aaaa">]>')
    with pytest.raises(UnreadablePlan, match="DTD"):
        read("計画.docx", data, silent)


def test_what_unpacks_to_too_much_is_refused() -> None:
    held = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/bomb.bin", b"\0" * 201_000_000)
    with pytest.raises(UnreadablePlan, match="大きすぎ"):
        read("計画.docx", held.getvalue(), silent)
