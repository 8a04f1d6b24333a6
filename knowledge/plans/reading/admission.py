"""What is refused after reading: a document without text, or one that speaks of no plan."""

from functools import cache
from pathlib import Path

from knowledge.packaged import packaged
from knowledge.plans.document import Document
from knowledge.plans.refusals import Refusal, UnreadablePlan

FEWEST_PLAN_WORDS = 3  # different ones; each of the five bundled plans holds all of them


@cache
def plan_words() -> tuple[str, ...]:
    """Words that a town's plan cannot do without."""
    path = Path(__file__).parents[1] / "data" / "plan_words.yaml"
    return tuple(packaged(path))


def refuse_what_is_no_plan(document: Document) -> None:
    """Raises UnreadablePlan for an empty document and for one that holds hardly a word of a plan."""
    whole = "\n".join(line.text for line in document.lines)
    if not whole.strip():
        raise UnreadablePlan(Refusal.EMPTY, document.name)
    if sum(word in whole for word in plan_words()) < FEWEST_PLAN_WORDS:
        raise UnreadablePlan(Refusal.NOT_A_PLAN, document.name)
