"""The fixture plan of an invented town as PDF, Word and HTML: the same text, made afresh for each test session."""

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import noto_cjk_sans_jp_regular
from fpdf import FPDF

PLAN = Path(__file__).parent / "fixture" / "mihon.md"
FONT = Path(noto_cjk_sans_jp_regular.__file__).parent / "NotoSansCJKjp-Regular.otf"
SIZES = {1: 20, 2: 16, 3: 13.5, 4: 12}
Block = tuple[str, int, list[list[str]], str]  # kind, level, rows, text


def blocks(text: str) -> Iterator[Block]:
    """Headings, tables and paragraphs of the fixture's Markdown."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|\s-]+", line):
                rows.append([cell.strip().replace("<br>", "\n") for cell in line.strip("|").split("|")])
            continue
        if rows:
            yield "table", 0, rows, ""
            rows = []
        heading = re.match(r"(#+) (.*)", line)
        if heading:
            yield "heading", len(heading[1]), [], heading[2]
        elif line:
            yield "text", 0, [], line


def as_pdf(text: str, *, password: str = "") -> bytes:
    """A4 pages with a running head and page numbers, tables with rules."""
    pdf = _Paged()
    pdf.add_font("noto", fname=FONT)
    pdf.set_font("noto", size=10.5)
    pdf.add_page()
    for kind, level, rows, words in blocks(text):
        if kind == "heading":
            pdf.ln(2)
            pdf.set_font("noto", size=SIZES[level])
            pdf.multi_cell(0, 9, words, new_x="LMARGIN", new_y="NEXT", align="L")
            pdf.set_font("noto", size=10.5)
        elif kind == "table":
            widths = (30, 140) if len(rows[0]) == 2 else (70, 25, 25, 25, 25)
            with pdf.table(col_widths=widths, first_row_as_headings=False, line_height=6) as table:
                for row in rows:
                    table.row(row)
            pdf.ln(3)
        else:
            pdf.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT", align="L")
            pdf.ln(2)
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    return bytes(pdf.output())


class _Paged(FPDF):
    def header(self) -> None:
        self.set_font("noto", size=8)
        self.cell(0, 5, "みほん市DX推進計画", align="R", new_x="LMARGIN", new_y="NEXT")
        self.set_font("noto", size=10.5)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("noto", size=8)
        self.cell(0, 5, f"{self.page_no()}", align="C")
        self.set_font("noto", size=10.5)


def as_word(text: str) -> bytes:
    """Heading styles, tables, numbered and bulleted paragraphs."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "みほん市DX推進計画 案"
    for kind, level, rows, words in blocks(text):
        if kind == "heading":
            file.add_heading(words, level)
        elif kind == "table":
            table = file.add_table(rows=len(rows), cols=len(rows[0]))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, said in zip(cells.cells, row, strict=True):
                    cell.text = said
        elif re.match(r"\d\. ", words):
            file.add_paragraph(words[3:], style="List Number")
        else:
            file.add_paragraph(words)
    return saved(file)


def saved(file: docx.document.Document) -> bytes:
    """A Word file's bytes."""
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def as_html(text: str, encoding: str = "utf-8") -> bytes:
    """A page with navigation and a script around the plan."""
    body = []
    for kind, level, rows, words in blocks(text):
        said = html.escape(words)
        if kind == "heading":
            body.append(f"<h{level}>{said}</h{level}>")
        elif kind == "table":
            cells = ["".join(f"<td>{html.escape(c).replace(chr(10), '<br>')}</td>" for c in row) for row in rows]
            body.append("<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>")
        else:
            body.append(f"<p>{said}</p>")
    head = f'<!DOCTYPE html><html lang="ja"><head><meta charset="{encoding}"><title>計画</title></head>'
    page = f"{head}<body><nav>ホーム</nav><script>計画()</script>{''.join(body)}</body></html>"
    return page.encode("cp932" if encoding.lower() == "shift_jis" else encoding)
