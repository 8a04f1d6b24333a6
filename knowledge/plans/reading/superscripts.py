"""Raised numbers that call a note: 行政手続¹."""

_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)


def raised(text: str) -> str:
    """A raised text; its digits as superscript digits, so that a call stays apart from the number beside it."""
    return text.translate(_RAISED)
