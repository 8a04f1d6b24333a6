"""A plan is the same plan in every format; what is no plan is refused in words; nothing crashes a reader."""

import io
import re
import zipfile
from collections import Counter

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from knowledge.plans.reading import read
from knowledge.plans.reading.formats import Format, recognise
from knowledge.plans.refusals import Refusal, UnreadablePlan
from tests.knowledge.plans.made import as_html, as_pdf, as_word, saved

STARTS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xef\xbb\xbf", b"{\\rtf")
MARKS = re.compile(r"[\s|#・]|<br>|^[0-9]\.|^ *-+$")


def refused(name: str, data: bytes) -> Refusal:
    with pytest.raises(UnreadablePlan) as error:
        read(name, data)
    assert str(error.value).startswith(f"「{name}」")
    return error.value.refusal


def bare(text: str) -> str:
    """The words alone: what formats write differently is taken out."""
    return MARKS.sub("", text)


@pytest.mark.parametrize("name", ["mihon.txt", "mihon.pdf", "mihon.docx", "mihon.html"])
def test_every_format_holds_every_line_of_the_plan(name: str, plan_text: str, plan_files: dict[str, bytes]) -> None:
    whole = "".join(bare(line.text) for line in read(name, plan_files[name]).lines)
    lines = [cell for line in plan_text.splitlines() for cell in line.split("|") if bare(cell).strip("-")]
    assert [line for line in lines if bare(re.sub(r"^\d\. ", "", line)) not in whole] == []


@pytest.mark.parametrize("name", ["mihon.pdf", "mihon.docx", "mihon.html"])
def test_headings_and_table_rows_are_the_same_in_every_format(
    name: str, plan_text: str, plan_files: dict[str, bytes]
) -> None:
    def structure(texts: list[str]) -> list[str]:
        # A space at which the printed line was broken is gone for good.
        return [text.replace("Automation の", "Automationの") for text in texts if re.match(r"(#+ |\| [^-])", text)]

    assert structure([line.text for line in read(name, plan_files[name]).lines]) == structure(plan_text.splitlines())


def test_a_pdf_tells_the_page_and_joins_what_only_the_printed_line_broke(plan_files: dict[str, bytes]) -> None:
    lines = read("mihon.pdf", plan_files["mihon.pdf"]).lines
    long = next(line for line in lines if "人口減少" in line.text)
    assert long.text.endswith("DX」という。）を進めます。")
    assert {line.page for line in lines} == {1, 2, 3, 4}


@pytest.mark.parametrize(("name", "kind"), [("mihon.pdf", Format.PDF), ("mihon.docx", Format.WORD)])
def test_the_content_counts_and_not_the_ending(name: str, kind: Format, plan_files: dict[str, bytes]) -> None:
    assert recognise("計画.txt", plan_files[name]) is kind


def test_a_protected_pdf_is_refused() -> None:
    assert refused("計画.pdf", as_pdf("# 計画の取組", password="secret")) is Refusal.ENCRYPTED


def test_a_protected_word_file_and_an_old_one_are_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert refused("計画.docx", ole + "EncryptedPackage".encode("utf-16-le")) is Refusal.ENCRYPTED
    assert refused("計画.doc", ole) is Refusal.OLD_WORD


def test_pictures_are_refused() -> None:
    held = io.BytesIO()
    Image.new("L", (200, 200), 255).save(held, "PDF")
    assert refused("計画.pdf", held.getvalue()) is Refusal.IMAGES
    assert refused("計画.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99) is Refusal.IMAGES


@pytest.mark.parametrize("data", [b"", b" \n\t", "\ufeff".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused("計画.txt", data) is Refusal.EMPTY


def test_an_empty_word_file_is_refused() -> None:
    assert refused("計画.docx", saved(docx.Document())) is Refusal.EMPTY


def test_what_is_no_plan_is_refused() -> None:
    assert refused("献立.txt", "月曜日はカレー、火曜日は焼き魚です。".encode()) is Refusal.NOT_A_PLAN


def test_a_spreadsheet_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert refused("計画.xlsx", held.getvalue()) is Refusal.OTHER_OFFICE


@pytest.mark.parametrize("name", ["mihon.pdf", "mihon.docx"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12), cut=st.integers(0, 10**6))
def test_a_damaged_file_is_read_or_refused(
    name: str, places: list[tuple[int, int]], cut: int, plan_files: dict[str, bytes]
) -> None:
    data = bytearray(plan_files[name])
    for place, value in places:
        data[place % len(data)] = value
    try:
        read(name, bytes(data[: len(data) - cut % 2000]))
    except UnreadablePlan as error:
        assert error.refusal in Refusal


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_no_bytes_crash_a_reader(data: bytes, start: bytes) -> None:
    try:
        read("計画", start + data)
    except UnreadablePlan as error:
        assert error.refusal in Refusal


WORDS = st.text("あ亜ア字ABC123｜|<>&*#-・「」。、ー～ \t", min_size=1, max_size=30)
LOST = re.compile(r"\s|\||｜|[#・]|<br>|[0-9]\. ")


@pytest.mark.parametrize("make", [as_word, as_html])
@settings(max_examples=15, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=8))
def test_no_text_is_lost(make: type, words: list[str]) -> None:
    text = "\n\n".join(["計画の施策と取組", *words])
    document = read("計画", make(text))
    read_back = Counter(LOST.sub("", "".join(line.text for line in document.lines)))
    said = Counter(LOST.sub("", "".join(line for line in text.splitlines() if not re.fullmatch(r"\|[|\s-]*", line))))
    assert not said - read_back
