"""A line of a plan without its markup: tags, emphasis, letters set apart, widths of digits and brackets."""

import html
import re
from functools import lru_cache

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BREAK = re.compile(r"<(?:br|/p|/li)\s*/?>", re.I)
_TITLED = re.compile(r"\s*</dt>\s*(?:<dd[^<>]{0,200}>)?\s*", re.I)
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_APART = re.compile(r"(?<![A-Za-z])([A-Z]) (?=[A-Z](?![a-z]))")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \u3000\xa0]+")
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDTHS |= {ord(dash): ord("-") for dash in "‐‑‒–—―−─"} | {ord("〜"): ord("~")}
_HIDDEN = re.compile("[^A-Za-z0-9ぁ-ゖァ-ヺー一-鿿々〇Ａ-Ｚａ-ｚ０-９]")


def plain(text: str) -> str:
    """The text without tags and emphasis; 「D X」 becomes 「DX」; tabs stay, since they divide cells."""
    text = _CONTROL.sub("", html.unescape(text) if "&" in text else text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _TITLED.sub("：", text)))
    if ">" in text:
        text = _QUOTED.sub("", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub("", text)
    return _APART.sub(r"\1", text).rstrip("\r\n")


def half(text: str) -> str:
    """The same number of characters with ASCII's full-width forms and dashes in half width; ①, ¹ and ※ stay."""
    return text.translate(_WIDTHS)


def tidy(text: str) -> str:
    """One space for many, none at the ends."""
    return _SPACES.sub(" ", text.replace("\t", " ")).strip()


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A name so that its spellings compare equal: no marks, spaces or width, small letters, no long-vowel sign."""
    return _HIDDEN.sub("", half(text)).replace("ー", "").lower()
