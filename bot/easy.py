"""やさしい日本語 with readings, as staff write it (申請《しんせい》), divided into words with and without ruby."""

import re

_KANJI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆〇ヶ"
_RUBY = re.compile(rf"(?:｜(?P<marked>[^｜《》\n]+)|(?P<kanji>[{_KANJI}]+))《(?P<reading>[^｜《》\n]+)》")


def ruby(text: str) -> list[tuple[str, str]]:
    """The text as (words, reading) in order; "" is the reading of words that have none.

    A reading belongs to the run of kanji before it, or to all that follows a ｜ (｜SNS《エスエヌエス》). A bracket that
    belongs to nothing stays as it was typed, so that no letter is lost.
    """
    pieces, end = [], 0
    for found in _RUBY.finditer(text):
        if found.start() > end:
            pieces.append((text[end : found.start()], ""))
        pieces.append((found["marked"] or found["kanji"], found["reading"]))
        end = found.end()
    if end < len(text):
        pieces.append((text[end:], ""))
    return pieces
