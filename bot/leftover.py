"""What is left to answer of a message once its personal pieces are out: the question beside a telephone number."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged

DATA = Path(__file__).parent / "data" / "leftover.yaml"
PLACEHOLDER = re.compile("［[^［］]{1,10}］")
_CLAUSE_END = re.compile(r"(?<=[。、,!?\n])|(?<=\. )")
_INTRODUCED = re.compile("(?<=[はが])、(?=［)")
_EDGES = " 、。,.!?:\n-・/"


def question_left(masked: str) -> str:
    """The clauses in which something is asked, without placeholders; empty if the message asks nothing.

    `masked` has ［…］ for each personal piece. Who gives personal data to be called back, written to, paid or
    registered asks nothing of the bot: it can do none of it.
    """
    clauses = [
        clause
        for clause in _CLAUSE_END.split(_INTRODUCED.sub("", masked))
        if _substance(clause) and not _requests(clause)
    ]
    told = [clause for clause in clauses if not PLACEHOLDER.search(clause)]
    if any(map(_asks, clauses)):
        left = [clause for clause in clauses if clause in told or _asks(clause)]
    else:
        left = [clause for clause in told if _names_a_subject(clause)]
    return "".join(map(_unintroduced, left)).strip(_EDGES.replace("?", "").replace("!", ""))


def _substance(clause: str) -> str:
    """What the clause says besides placeholders, the words that carried them and courtesies."""
    said = PLACEHOLDER.sub("", clause)
    if said != clause:
        said = _patterns()["carriers"].sub("", said)
    return _patterns()["courtesy"].sub("", said).strip(_EDGES)


def _requests(clause: str) -> bool:
    """Whether it only wants what a chatbot cannot do: a call, a letter, a payment, an entry, a look at one's case."""
    said = clause.strip()
    if PLACEHOLDER.search(clause) and _patterns()["status"].search(said):
        return True
    if _patterns()["referring"].search(said) or _patterns()["please"].search(said):
        return True
    return bool(_patterns()["requests"].search(clause)) and not _patterns()["interrogatives"].search(clause)


def _asks(clause: str) -> bool:
    return bool(_patterns()["interrogatives"].search(clause) or _patterns()["asking"].search(clause))


def _names_a_subject(clause: str) -> bool:
    """Whether a clause that asks nothing is a mere subject, as people type into a search box."""
    said = _patterns()["carriers"].sub("", _patterns()["courtesy"].sub("", clause)).strip(_EDGES)
    return bool(said) and bool(_patterns()["subjects"].search(clause.strip(_EDGES)))


def _unintroduced(clause: str) -> str:
    """The clause without its placeholders and without who is speaking: 「［電話番号］の者だけど」."""
    return PLACEHOLDER.sub("", _patterns()["introductions"].sub("", clause))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data: dict[str, Any] = packaged(DATA)
    wanted = f"{any_of(data['deeds'])}[^。?]{{0,14}}?{any_of(data['wanted'])}{any_of(data['politely'])}?[ ?!。、ー~…]*$"
    return {
        "carriers": re.compile(f"(?i:{any_of(data['carriers'])})"),
        "courtesy": re.compile(f"(?i:{any_of(data['courtesy'])})"),
        "requests": re.compile(f"(?i:{wanted})"),
        "status": re.compile(data["status"]),
        "referring": re.compile(data["referring"]),
        "please": re.compile(data["please"]),
        "interrogatives": re.compile(f"(?i:{any_of(data['interrogatives'])})"),
        "asking": re.compile(f"(?i:{any_of(data['asking'])})[ 。、!…]*$|[?]"),
        "subjects": re.compile(data["subjects"]),
        "introductions": re.compile(data["introductions"]),
    }


def any_of(words: list[str]) -> str:
    """A pattern of one of the words, the longest first; Latin words only whole."""
    bounded = (f"(?<![A-Za-z]){word}(?![A-Za-z])" if word.isascii() and word.isalpha() else word for word in words)
    return "(?:" + "|".join(sorted(bounded, key=len, reverse=True)) + ")"
