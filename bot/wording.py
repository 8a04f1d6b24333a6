"""A town's own words before they count: what is known of them, and what a question's reply would become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.context import Context
from bot.published import from_store
from bot.rendering import as_json
from bot.responder import respond
from bot.town import TownKnowledge
from knowledge import lexicon
from knowledge.lexicon import Group
from knowledge.models import Town
from knowledge.names import fold


@dataclass(frozen=True)
class Known:
    """What is there for one word: words that the bundled lexicon takes for the same, and entries of that name."""

    word: str
    same: tuple[tuple[str, ...], ...]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """A question's reply without and with the words, in the contract's form."""

    question: str
    before: dict[str, object]
    after: dict[str, object]

    @property
    def is_changed(self) -> bool:
        """Whether residents would read something else."""
        return self.before["text"] != self.after["text"]


def known(word: str, town: TownKnowledge) -> Known:
    """What is there for a word."""
    wanted = fold(word)
    groups = lexicon.bundled().groups
    same = tuple(group.words for group in groups if wanted in map(fold, group.words))
    entries = [entry.content for entry in town.library.entries.values()]
    named = [one.title for one in entries if wanted in map(fold, (one.title, *one.aliases))]
    return Known(word, same, tuple(named))


def effect(session: Session, town: TownKnowledge, row: Town, own: Sequence[Group], question: str, on: date) -> Effect:
    """What a question's reply would become if `own` were all of the town's groups; nothing is recorded."""
    after = from_store(session, row, town.other_towns, on, own, town)
    return Effect(question, _reply(question, town), _reply(question, after))


def _reply(question: str, town: TownKnowledge) -> dict[str, object]:
    outcome = respond(question, Context(), town)
    return as_json(outcome.reply, town.office, masked=outcome.masked, english=outcome.english)
