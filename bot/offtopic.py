"""Whether a question is of a matter that no plan answers: weather, medicine, politics, homework …"""

from collections import defaultdict
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
def _words() -> dict[str, set[tuple[str, ...]]]:
    """The expressions by their first word."""
    rows: dict[str, list[str]] = packaged(DATA)
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for expression in filter(None, (analyse(word).words for words in rows.values() for word in words)):
        found[expression[0]].add(expression)
    return dict(found)


def strays(text: str, weighed: Weighed, sure: float) -> bool:
    """Whether the question holds such a word that the best facet does not."""
    if sure >= SURE or len(text) > LONGEST or not weighed.candidates:
        return False
    asked = {*analyse(up_to_asking(text)).words} & {*analyse(weighed.asked.searched).words}  # 井戸 misheard is none
    odd = [words for word in asked for words in _words().get(word, ()) if asked.issuperset(words)]
    said = _said(weighed.candidates[0].facet) if odd else set()
    return any(not said.issuperset(words) for words in odd)


def _said(facet: Facet) -> set[str]:
    return set(analyse("\n".join((facet.text, *facet.items, *facet.phrasings)), None).words)
