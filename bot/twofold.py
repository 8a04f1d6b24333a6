"""Two questions in one message: each is answered, in one reply."""

import re
from dataclasses import replace

from bot.reply import Answer, Reply
from bot.understanding import Question, understand

SHORTEST = 6
LONGEST = 90  # characters; a longer message is a story with one question
SURE = 0.7  # confidence from which each half is a question of its own
_BREAK = re.compile(r"(?<=[?？。!！])|、?(?:あと|それと|それから|ついでに|そして)、?|(?<=か)、")
_AND = re.compile("(?:あと|それと|それから|ついでに|そして)")
_ALSO = re.compile(r"[、。\s](?:あと|それと|それから|ついでに)")  # 「デジタル庁いつできた、あと実行計画は」
_ASKS = re.compile(r"(?:[?？]|か|の|かな|教えて|知りたい|って何|とは|ください)[。?？!！]*$")


def halves(question: Question) -> tuple[Question, Question] | None:
    """The two questions of a message, or None where it holds one."""
    if len(question.text) > LONGEST:
        return None
    parts = [part.strip() for part in _BREAK.split(question.text) if part and len(part.strip()) >= SHORTEST]
    if len(parts) != 2 or not (_ASKS.search(parts[0]) or _ALSO.search(question.text)):  # noqa: PLR2004
        return None
    first, second = (understand(part) for part in parts)
    asks = _ASKS.search(parts[1]) or _AND.search(question.text) or second.aspects
    return (first, second) if asks and not second.leans else None


def joined(first: Reply, second: Reply) -> Answer | None:
    """Both answers in one, if both are sure and of different entries."""
    if not isinstance(first, Answer) or not isinstance(second, Answer):
        return None
    one, other = first.parts[0], second.parts[0]
    if one.entry == other.entry or min(first.confidence, second.confidence) < SURE:
        return None
    return Answer((one, other), min(first.confidence, second.confidence), first.followups)


def answered_half(first: Reply, second: Reply) -> Answer | None:
    """The answer to the one question that is surely answered, with the admission that the other is not."""
    sure = [one for one in (first, second) if isinstance(one, Answer) and one.confidence >= SURE]
    return replace(sure[0], half=True) if len(sure) == 1 else None
