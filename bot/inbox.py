"""未解決の質問: a town's open inquiries, like ones together, with what the bot offered and why it was in vain."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col

from bot.town import TownKnowledge
from bot.understanding import understand
from bot.weighing import weigh
from knowledge.grouping import Asked, group
from knowledge.inquiries import rules
from knowledge.lexicon import Lexicon
from knowledge.models import Conversation, Handled, Inquiry, Turn
from knowledge.names import fold

MOST = 5_000  # open inquiries looked at, the newest: more is a flood, and is thinned by discarding
MOST_SUGGESTED = 5


@dataclass(frozen=True)
class Offered:
    """A facet that the bot offered or said, and how often."""

    entry: str
    facet: str
    label: str
    times: int


@dataclass(frozen=True)
class InquiryGroup:
    """Like inquiries: the leading question with the number of its inquiry, counts, times, what the bot offered."""

    leader: int
    question: str
    inquiries: tuple[int, ...]
    wordings: tuple[str, ...]
    channels: Mapping[str, int]
    whys: Mapping[str, int]
    first_at: datetime
    last_at: datetime
    offered: tuple[Offered, ...] = ()
    reasons: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    accounts: frozenset[int] = frozenset()  # of those that it was given to


@dataclass(frozen=True)
class _Row:
    """An open inquiry with its conversation's channel and the resident's reason."""

    id: int
    question: str
    why: str
    offered: Sequence[Any] = field(repr=False)
    at: datetime
    assignee: str
    account: int
    channel: str
    reason: str


@dataclass(frozen=True)
class _Kept:
    """The groups of a town's questions as they were last looked at."""

    digest: bytes
    lexicon: Lexicon
    places: list[list[int]]


_KEPT: dict[str, _Kept] = {}  # by town


def groups(session: Session, town_id: str, lexicon: Lexicon) -> list[InquiryGroup]:
    """The town's open inquiries in groups, the most asked first; what staff set aside for good stays hidden."""
    rows = _in_leading_order(_open(session, town_id))
    hidden = [rule.question for rule in rules(session, town_id)]
    grouped = _grouped(town_id, [*hidden, *(row.question for row in rows)], lexicon)
    found = [_group([rows[place - len(hidden)] for place in places]) for places in grouped if places[0] >= len(hidden)]
    return sorted(found, key=lambda one: (-len(one.inquiries), -one.last_at.timestamp()))


def _grouped(town_id: str, questions: Sequence[str], lexicon: Lexicon) -> list[list[int]]:
    """The places of like questions; kept for each town until a question or a word of the lexicon changes.

    Only places are kept and a digest, so that no resident's words outlive their erasure in memory.
    """
    digest = hashlib.sha256("\0".join(questions).encode()).digest()
    kept = _KEPT.get(town_id)
    if kept is None or kept.digest != digest or kept.lexicon is not lexicon:
        kept = _Kept(digest, lexicon, group([_asked(text) for text in questions], lexicon))
        _KEPT[town_id] = kept
    return kept.places


def group_of(session: Session, town_id: str, lexicon: Lexicon, inquiry: int) -> InquiryGroup | None:
    """The group that an open inquiry stands in now; None where it was handled or erased in the meantime."""
    return next((one for one in groups(session, town_id, lexicon) if inquiry in one.inquiries), None)


def suggestions(question: str, town: TownKnowledge, most: int = MOST_SUGGESTED) -> list[str]:
    """The ids of the published entries that may be meant, by the bot's own engine, the likeliest first."""
    return [c.entry.content.id for c in weigh(understand(question), town).entries()[:most]]


def _open(session: Session, town_id: str) -> list[_Row]:
    told = (Inquiry.id, Inquiry.question, Inquiry.why, Inquiry.offered, Inquiry.created_at)
    given_to = (Inquiry.assignee, Inquiry.assignee_account)
    beside = (func.coalesce(col(text), "") for text in (Conversation.channel, Turn.reason))
    # Columns and no objects: of a flood of 5,000 the mapping would take more time than all the rest.
    statement = (
        sqlalchemy.select(*map(col, told), *map(col, given_to), *beside)
        .select_from(Inquiry)
        .join(Conversation, col(Conversation.id) == Inquiry.conversation_id, isouter=True)
        .join(
            Turn,
            (col(Turn.conversation_id) == Inquiry.conversation_id) & (col(Turn.number) == Inquiry.turn),
            isouter=True,
        )
        .where(col(Inquiry.town_id) == town_id, col(Inquiry.handled) == Handled.OPEN)
        .order_by(col(Inquiry.created_at).desc(), col(Inquiry.id).desc())
        .limit(MOST)
    )
    return [_Row(*row) for row in session.execute(statement)]


def _in_leading_order(rows: Sequence[_Row]) -> list[_Row]:
    """The wording asked most often first, then the oldest: it leads its group, and goes on leading."""
    folded = {row.id: fold(row.question) for row in rows}
    times = Counter(folded.values())
    return sorted(rows, key=lambda row: (-times[folded[row.id]], row.at, row.id))


def _asked(question: str) -> Asked:
    """With what is asked of the subject: 「教室はいつ」 and 「教室の担当は」 want different answers."""
    return Asked(question, "+".join(aspect.name for aspect in understand(question).required))


def _group(rows: Sequence[_Row]) -> InquiryGroup:
    return InquiryGroup(
        leader=rows[0].id,
        question=rows[0].question,
        inquiries=tuple(row.id for row in rows),
        wordings=tuple(dict.fromkeys(row.question for row in rows)),
        channels=Counter(row.channel for row in rows if row.channel),
        whys=Counter(row.why for row in rows),
        first_at=min(row.at for row in rows),
        last_at=max(row.at for row in rows),
        offered=_offered(rows),
        reasons=tuple(dict.fromkeys(row.reason for row in rows if row.reason)),
        assignees=tuple(dict.fromkeys(row.assignee for row in rows if row.assignee)),
        accounts=frozenset(row.account for row in rows if row.account),
    )


def _offered(rows: Sequence[_Row]) -> tuple[Offered, ...]:
    """What was offered (with its label), or said ("entry#facet"), the most frequent first."""
    times = Counter(_place(one) for row in rows for one in row.offered)
    return tuple(Offered(*place, times=count) for place, count in times.most_common())


def _place(one: Any) -> tuple[str, str, str]:
    if isinstance(one, dict):
        return one["entry"], one["facet"], one.get("label", "")
    entry, _, facet = str(one).partition("#")
    return entry, facet, ""
