"""The characters of a PDF page with their places, by PDFium: it reads fonts that pdfminer gets nothing out of."""

from ctypes import byref
from math import hypot, pi
from typing import Any, NamedTuple

from pypdfium2 import PdfDocument, PdfTextPage, raw

QUARTER = 90
LEVEL = 0.1  # radians


class Char(NamedTuple):
    """One character: its size and box in points from the page's left and top, as the page is shown.

    `spaced`: PDFium sees a space before it, though the file has none.
    """

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    upright: bool
    spaced: bool = False


def characters(file: PdfDocument, number: int, box: tuple[float, float, float, float]) -> list[Char]:
    """The characters of the page (from 0) in the file's own order; `box` is its media box."""
    page = file[number]
    text = page.get_textpage()
    turned = int(page.get_rotation())
    if turned % 180:  # the box is told as the page is shown, the characters as it is stored
        box = (box[1], box[0], box[3], box[2])
    found: list[Char] = []
    spaced = False
    for place in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, place)
        if raw.FPDFText_IsGenerated(text, place) or not code or chr(code) in "\r\n":
            spaced = chr(code) == " "
            continue
        angle = (float(raw.FPDFText_GetCharAngle(text, place)) + turned * pi / 180) % (2 * pi)  # clockwise
        upright = min(angle, 2 * pi - angle) < LEVEL
        shown = _as_shown(text.get_charbox(place, loose=True), box, turned)
        found.append(Char(_character(code), _size(text, place), *shown, upright, spaced))
        spaced = False
    text.close()
    page.close()
    return found


def _size(text: PdfTextPage, place: int) -> float:
    """The font's size in points on the page: PDFium tells it before the text's own scaling."""
    matrix = raw.FS_MATRIX()
    scaled = raw.FPDFText_GetMatrix(text, place, byref(matrix))
    size = float(raw.FPDFText_GetFontSize(text, place))
    return size * hypot(matrix.c, matrix.d) if scaled else size


def _character(code: int) -> str:
    """PDFium marks a hyphen at a line's end as U+0002; halves of surrogate pairs and other controls are no text."""
    if code == 2:  # noqa: PLR2004
        return "-"
    return "\ufffd" if code < 32 or 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004


def _as_shown(char: Any, box: tuple[float, float, float, float], turned: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on the page as it is shown, from PDF's own corners (origin at the bottom left)."""
    left, bottom, right, top = char
    x0, y0, x1, y1 = box
    if turned == QUARTER:
        return bottom - y0, left - x0, top - y0, right - x0
    if turned == 2 * QUARTER:
        return x1 - right, bottom - y0, x1 - left, top - y0
    if turned == 3 * QUARTER:
        return y1 - top, x1 - right, y1 - bottom, x1 - left
    return left - x0, y1 - top, right - x0, y1 - bottom
