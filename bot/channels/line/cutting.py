"""Texts counted as LINE counts them, and cut where a reader would: at a sentence, never inside a character."""

import regex

MARK = "…"
SOONEST = 0.5  # of the room: a sentence that ends earlier would throw away too much
_GRAPHEME = regex.compile(r"\X")
_END = regex.compile(r"[。！？!?\n]+[」』）)]*")
_UNSENDABLE = regex.compile(r"[\p{Cs}\ufffe\uffff\x00-\x09\x0b-\x1f\x7f]")


def units(text: str) -> int:
    """The length in UTF-16 units: the largest of LINE's differing counts, so that it is safe under each."""
    return len(text) + sum(character > "\uffff" for character in text)


def sendable(text: str) -> str:
    """The text without halves of surrogate pairs and control characters, which no message may hold."""
    return str(_UNSENDABLE.sub("", text))


def head(text: str, most: int) -> str:
    """The longest beginning of at most `most` units that splits no grapheme."""
    taken = at = 0
    for grapheme in _GRAPHEME.finditer(text):
        taken += units(grapheme[0])
        if taken > most:
            break
        at = grapheme.end()
    return text[:at]


def cut(text: str, most: int) -> str:
    """The text in at most `most` units: whole, or up to the end of a sentence and a mark that more was there."""
    if units(text) <= most:
        return text
    kept = head(text, most - units(MARK)).rstrip()
    ends = [end.end() for end in _END.finditer(kept) if end.end() >= len(kept) * SOONEST]
    return (kept[: ends[-1]].rstrip() if ends else kept) + MARK
