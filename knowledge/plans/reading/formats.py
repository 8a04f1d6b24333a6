"""Which format a file is, by its content and only then by its ending."""

import io
import re
import zipfile
from enum import Enum
from pathlib import PurePath

from knowledge.plans.refusals import Refusal, UnreadablePlan

PDF_MARK, PDF_WITHIN = b"%PDF-", 1024  # the mark may stand anywhere in the first 1,024 bytes (ISO 32000-1, H.3)
ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO]: a .docx with a password is an OLE file
RTF_MARK = b"{\\rtf"
IMAGE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6")
HTML_START = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
HTML_ENDINGS = (".html", ".htm", ".xhtml")


class Format(Enum):
    """The formats that have a reader."""

    TEXT = "text"
    PDF = "pdf"
    WORD = "word"
    HTML = "html"


def recognise(name: str, data: bytes) -> Format:
    """The file's format; raises UnreadablePlan for those that have no reader."""
    if not data.strip():
        raise UnreadablePlan(Refusal.EMPTY, name)
    if PDF_MARK in data[:PDF_WITHIN]:
        return Format.PDF
    if data.startswith(ZIP_MARK):
        return _office(name, data)
    if data.startswith(OLE_MARK):
        encrypted = ENCRYPTED_STREAM in data
        raise UnreadablePlan(Refusal.ENCRYPTED if encrypted else Refusal.OLD_WORD, name)
    if data.startswith(RTF_MARK):
        raise UnreadablePlan(Refusal.OLD_WORD, name)
    if data.startswith(IMAGE_MARKS):
        raise UnreadablePlan(Refusal.IMAGES, name)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    by_ending = PurePath(name).suffix.lower() in HTML_ENDINGS and b"<" in start
    return Format.HTML if HTML_START.match(start) or by_ending else Format.TEXT


def _office(name: str, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnreadablePlan(Refusal.BROKEN, name) from None
    if "word/document.xml" in parts:
        return Format.WORD
    raise UnreadablePlan(Refusal.OTHER_OFFICE, name)
