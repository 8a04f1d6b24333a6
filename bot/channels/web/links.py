"""Text → pieces, some of them links: web addresses, mail addresses, telephone numbers, and nothing else."""

import re

_WEB = r"https?://[\w.\-]+(?::\d+)?(?:/[\w./%#?&=+\-~:@!$,;]*)?"
_MAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_PHONE = r"(?<![\d\-])0\d{1,4}-\d{1,4}-\d{3,5}(?![\d\-])"
_SHORT = r"(?<![\d\-])(?:#\d{4}|1\d{2})(?![\d\-])(?=番|へ|に|で|を|（|か|・|、| |$)"  # 119, 110, #8000
_LINK = re.compile(f"(?P<web>{_WEB})|(?P<mail>{_MAIL})|(?P<phone>{_PHONE})", re.ASCII)
_URGENT = re.compile(f"(?P<web>{_WEB})|(?P<mail>{_MAIL})|(?P<phone>{_PHONE}|{_SHORT})", re.ASCII)
_TRAILING = ".,;:!?"


def linked(text: str, *, urgent: bool = False) -> list[tuple[str, str]]:
    """The text as (words, address) in order; "" where the words are no link. Addresses are http, https, mailto or tel.

    Short numbers (119, #8000) are links only where the text is `urgent`: elsewhere a number is just a number.
    """
    pieces, end = [], 0
    for found in (_URGENT if urgent else _LINK).finditer(text):
        words = found[0].rstrip(_TRAILING) if found["web"] else found[0]
        if found.start() > end:
            pieces.append((text[end : found.start()], ""))
        pieces.append((words, _address(words, found.lastgroup or "")))
        end = found.start() + len(words)
    if end < len(text):
        pieces.append((text[end:], ""))
    return pieces


def telephones(text: str) -> list[tuple[str, str]]:
    """The numbers that an urgent text names, each once, as (number, address)."""
    found = (piece for piece in linked(text, urgent=True) if piece[1].startswith("tel:"))
    return list(dict.fromkeys(found))


def _address(words: str, kind: str) -> str:
    if kind == "mail":
        return f"mailto:{words}"
    if kind == "phone":
        return "tel:" + words.replace("#", "%23")
    return words


def safe(address: str) -> str:
    """An address that staff entered, if it may be a link; "" where it is of another kind (javascript:, data:)."""
    return address if re.match(r"(?:https?://|tel:|mailto:)", address, re.IGNORECASE) else ""
