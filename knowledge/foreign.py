"""An English sentence as what this town can look up: the abbreviations that it uses, and Japanese words."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from knowledge.index import Index
from knowledge.lexicon import Group, Lexicon, read
from knowledge.names import ENGLISH
from knowledge.text import analyse, stopwords

WORDS_A_GROUP = 2  # Japanese words that stand for an English one
ENGLISH_WORD = re.compile("[a-z][a-z'-]*")
SHORTEST_ABBREVIATION = 3  # letters
SHORTEST_SAYING = 6  # letters of an English word that says something by itself
SENTENCE = 4  # Latin words that make a foreign sentence


@cache
def english() -> Lexicon:
    """The words in `english.yaml`: only for sentences, so that they weigh nothing where nobody writes English."""
    return Lexicon.of(read(Path(__file__).parent / "english.yaml"))


def in_own_words(text: str, index: Index) -> str:
    """An English sentence as the words that the index knows, and Japanese ones by the lexicon; other texts stay."""
    if len(ENGLISH_WORD.findall(text)) < SENTENCE:
        return text
    words = analyse(text)
    found = [
        (lexicon.groups[one.group], one.member.lower())
        for lexicon in (index.lexicon, english())
        for one in lexicon.found(words)
    ]
    mere = [group for group, member in found if member in ENGLISH]  # アイティー is found in 「it」 too
    meant = [word for group, member in found if group not in mere for word in _said_here(group, member, index)]
    members = {word for _, member in found for word in member.split()}
    known = ENGLISH_WORD.sub(lambda word: word[0] if _is_kept(word[0], members, index) else " ", text)
    return " ".join([known, *dict.fromkeys(meant)])


def _is_kept(word: str, members: Collection[str], index: Index) -> bool:
    """Whether an English word is an abbreviation that the town uses, or says something that nothing here means."""
    is_abbreviation = len(word) >= SHORTEST_ABBREVIATION and index.knows(word)
    return is_abbreviation or (len(word) >= SHORTEST_SAYING and word not in members and word not in stopwords())


def _said_here(group: Group, member: str, index: Index) -> list[str]:
    """The Japanese words of a group; of an abbreviation that the town itself uses (DX) it alone, once."""
    return [member] if len(member) < SHORTEST_ABBREVIATION and index.knows(member) else _japanese(group)[:WORDS_A_GROUP]


def _japanese(group: Group) -> list[str]:
    """A group's Japanese words; of a group of English words alone, those that it leads to."""
    return [word for word in (*group.words, *group.broader) if not word.isascii()]
