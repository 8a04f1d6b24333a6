"""Why a document fits a question: which words of the one met which words of the other, and through which group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.text import Words, analyse
from knowledge.weights import FIELDS


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of the question met a word of a field, directly (`group` is None) or through a lexicon group."""

    question: str
    document: str
    field: str
    group: str | None


def reasons(words: Words, document: Document, lexicon: Lexicon, idf: Callable[[str], float]) -> tuple[Reason, ...]:
    """Which words of the question met which words of the document, rare words first, fields in order."""
    asked = sorted(dict.fromkeys(words.words), key=lambda word: -idf(word))
    members = {found.group: found.member for found in lexicon.found(words)}
    met: dict[Reason, None] = {}
    for name in FIELDS:
        there = analyse(document.field(name), None)
        met |= {Reason(word, word, name, None): None for word in asked if word in there.words}
        for found in lexicon.found(there):
            member = members.get(found.group, found.member)
            if member != found.member:
                met[Reason(member, found.member, name, lexicon.groups[found.group].place)] = None
    return tuple(met)
