"""A town's own test questions in the store, and how they went over time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from knowledge.curation import TestQuestion, TestScore

LONGEST = 500  # characters
MOST = 500  # a town, so that a publication waits no longer than a second for them
SCORES_SHOWN = 60


class BadQuestion(ValueError):
    """A test question that cannot be kept; the sentence is for staff."""


def questions(session: Session, town_id: str) -> Sequence[TestQuestion]:
    """The town's test questions, the oldest first."""
    return session.exec(
        select(TestQuestion).where(TestQuestion.town_id == town_id).order_by(col(TestQuestion.id))
    ).all()


def keep_question(
    session: Session,
    town_id: str,
    question: str,
    *,
    entry: str,
    by: str,
    now: datetime,
    facet: str = "",
    note: str = "",
) -> TestQuestion:
    """Keeps a test question, or what is expected of one that is there; `entry` empty: the bot is to admit.

    Raises BadQuestion where it is empty, too long, or one too many.
    """
    said = " ".join(question.split())
    if not said or len(said) > LONGEST:
        raise BadQuestion(f"テスト質問は1字から{LONGEST}字までで入れてください。")
    known = {row.question: row for row in questions(session, town_id)}
    if said not in known and len(known) >= MOST:
        raise BadQuestion(f"テスト質問は{MOST}件までです。使わないものを消してから、追加してください。")
    row = known.get(said) or TestQuestion(town_id=town_id, question=said, created_at=now)
    row.entry, row.facet, row.note, row.by = entry, facet if entry else "", note, by
    session.add(row)
    session.flush()
    return row


def drop_question(session: Session, town_id: str, number: int) -> None:
    """Takes a test question out."""
    session.exec(delete(TestQuestion).where(col(TestQuestion.id) == number, col(TestQuestion.town_id) == town_id))


def scores(session: Session, town_id: str, most: int = SCORES_SHOWN) -> Sequence[TestScore]:
    """How the test questions went, the newest first."""
    statement = select(TestScore).where(TestScore.town_id == town_id).order_by(col(TestScore.id).desc())
    return session.exec(statement.limit(most)).all()
