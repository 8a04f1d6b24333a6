"""How often each entry was the answer, and what residents thought of it: counted from the turns that are kept."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Text, cast, func
from sqlmodel import Session, col, select

from knowledge.models import Conversation, Turn


@dataclass(frozen=True)
class AskedCount:
    """Of one entry: answers given, votes for and against; over the town's retention time."""

    answers: int = 0
    helpful: int = 0
    unhelpful: int = 0


def counts(session: Session, town_id: str) -> dict[str, AskedCount]:
    """By the entry's id in its town; entries that never answered are not there.

    Turns are counted by the database for each wording of their parts, of which there are few, and only those are read.
    """
    parts = cast(col(Turn.parts), Text)
    statement = (
        select(parts, col(Turn.helpful), func.count())
        .join(Conversation, col(Conversation.id) == Turn.conversation_id)
        .where(Conversation.town_id == town_id, Turn.kind == "answer")
        .group_by(parts, col(Turn.helpful))
    )
    answers: Counter[str] = Counter()
    votes: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for said, helpful, times in session.exec(statement):
        for entry in {str(part).partition("#")[0] for part in json.loads(said)}:
            answers[entry] += times
            if helpful is not None:
                votes[helpful][entry] += times
    return {entry: AskedCount(count, votes[True][entry], votes[False][entry]) for entry, count in answers.items()}
