"""What staff may set of a town: addresses, colours and numbers that can be shown to residents."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import SQLModel

from admin import keys

TELEPHONE = re.compile(r"0\d{1,4}-?\d{1,4}-?\d{3,4}(（.{1,20}）|\(.{1,20}\))?")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 4.5  # WCAG 2.1, success criterion 1.4.3, of white letters on the colour
LOCAL = ("localhost", "127.0.0.1")


def telephone(value: str) -> str:
    """What is wrong with a telephone number; empty where nothing is."""
    if not value or TELEPHONE.fullmatch(value):
        return ""
    return "電話番号は「0297-00-0000」のように、半角の数字と「-」で入力してください。"


def web_address(value: str) -> str:
    """What is wrong with the address of a page."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", value)
    except ValueError:
        fits = False
    return "" if fits else "「https://」から始まるアドレスを入力してください。"


def origin(value: str) -> str:
    """What is wrong with a website on which the widget may stand: a scheme and a host, no path."""
    wrong = f"「{value}」を直してください。「https://www.example.lg.jp」のように、ページの名前をつけずに入力します。"
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return wrong
    host = parts.hostname or ""
    fits = (
        value == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc and re.fullmatch(r"[a-z0-9.-]+", host)
    )
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    return "" if fits and is_safe else wrong


def colour(value: str) -> str:
    """What is wrong with a colour on which white letters stand."""
    if not value:
        return ""
    if not COLOUR.fullmatch(value):
        return "色は「#0017c1」のように、「#」と6桁の英数字で入力してください。"
    if contrast_with_white(value) < LEAST_CONTRAST:
        return "この色では、上にのせる白い文字が読みにくくなります。もっと濃い色にしてください。"
    return ""


def contrast_with_white(value: str) -> float:
    """The contrast of "#rrggbb" with white, 1 to 21 (WCAG 2.1, relative luminance)."""
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def mark(row: SQLModel, names: Mapping[str, Any] | tuple[str, ...]) -> str:
    """A short mark of some of a row's values: a form carries it, so that an edit that came between is noticed."""
    values = row.model_dump(mode="json")
    return keys.token_hash(repr([(name, values[name]) for name in names]))[:16]
