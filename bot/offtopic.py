"""Whether a question is of a matter that no plan answers: weather, medicine, politics, homework …"""

from functools import cache
from pathlib import Path

from bot.sentences import up_to_asking
from bot.weighing import Weighed
from knowledge.entries import Facet
from knowledge.packaged import packaged
from knowledge.text import analyse

DATA = Path(__file__).parent / "data" / "off_topic.yaml"


LONGEST = 40  # characters; in a long story the weather is only mentioned
SURE = 0.9  # confidence from which the rest of the question is believed


@cache
def _words() -> frozenset[tuple[str, ...]]:
    rows: dict[str, list[str]] = packaged(DATA)
    return frozenset(analyse(word).words for words in rows.values() for word in words)


def strays(text: str, weighed: Weighed, sure: float) -> bool:
    """Whether the question holds such a word that the best facet does not."""
    if sure >= SURE or len(text) > LONGEST or not weighed.candidates:
        return False
    asked = set(analyse(up_to_asking(text)).words)
    odd = [words for words in _words() if words and asked.issuperset(words)]
    said = _said(weighed.candidates[0].facet) if odd else set()
    return any(said.isdisjoint(words) for words in odd)


def _said(facet: Facet) -> set[str]:
    return set(analyse("\n".join((facet.text, *facet.items, *facet.phrasings)), None).words)
