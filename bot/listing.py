"""One item of a list: 「3番目は？」 is answered with the third item."""

import re
from dataclasses import replace

from bot.reply import Part
from bot.understanding import Question
from knowledge.text import normalise


def narrowed(part: Part, question: Question) -> Part:
    """The part with only the item that was asked for; unchanged where no such item exists or none was asked for."""
    number = question.ordinal
    if number is None or not 1 <= number <= len(part.facet.items):
        return part
    if re.search(rf"{number}(?![0-9つ個項本])", normalise(part.title)) or question.asks("actions"):
        return part  # 「3本目の柱では何をする」 asks for the third policy's whole list
    return replace(part, item=number)
