"""The word that a question asks the meaning of: one that the town never uses is admitted, not guessed."""

import re

from bot.town import TownKnowledge
from bot.understanding import Question
from knowledge.library import Asked
from knowledge.names import fold, heard
from knowledge.text import analyse

_SUBJECT = re.compile(
    r"[「『\"]?([^、。「」『』\s?？]{2,24}?)[」』\"]?(?:とは|って(?:何|なに|なん|どう|どん|いう|言う|こと)|というのは|の意味|という言葉|って言葉)"
)


def _is_called(name: str, subject: str) -> bool:
    """Whether the subject holds the name, as written or as it sounds (でんしけっさい is 電子決裁)."""
    return fold(name) in fold(subject) or heard(name) in heard(subject)


def is_unknown_word(question: Question, asked: Asked, town: TownKnowledge) -> bool:
    """Whether it asks what a word means that stands nowhere in the town's knowledge, by any spelling."""
    found = _SUBJECT.search(question.text)
    if not found or any(_is_called(hit.name, found[1]) for hit in asked.names):
        return False
    words = analyse(found[1]).words
    return bool(words) and not any(town.library.is_known(word) for word in words)
