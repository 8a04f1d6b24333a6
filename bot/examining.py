"""The town's test questions, asked of what is published; the score is kept, one row a publication."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from bot import grading
from bot.grading import Expected, Grade, Said
from bot.published import read_town
from bot.town import TownKnowledge
from knowledge import exam, store
from knowledge.curation import TestQuestion, TestScore
from knowledge.days import today


def examine(questions: Sequence[TestQuestion], town: TownKnowledge) -> list[Said]:
    """What is said to each test question, and what it is worth."""
    return [grading.ask(one.question, town, Expected(one.entry, one.facet)) for one in questions]


def keep_score(engine: Engine, town: TownKnowledge, now: datetime) -> TestScore | None:
    """Asks the town's test questions and keeps the score; None where there are none."""
    town_id = town.library.town.id
    with store.reading(engine) as session:
        questions = list(exam.questions(session, town_id))
    if not questions:
        return None
    said = examine(questions, town)
    counts = Counter(one.grade for one in said)
    failed = [
        {"question": question.question, "expected": question.entry, "grade": one.grade.value, "said": list(one.places)}
        for question, one in zip(questions, said, strict=True)
        if one.grade is not Grade.RIGHT
    ]
    score = TestScore(
        town_id=town_id,
        at=now,
        revision=town.revision,
        questions=len(questions),
        **{grade.value: counts[grade] for grade in Grade},
        failed=failed,
    )
    with store.writing(engine) as session:
        session.add(score)
    return score


def score(engine: Engine, town_id: str, now: datetime) -> TestScore | None:
    """Asks the town's test questions of what is published now, and keeps how they went; None where there are none."""
    return keep_score(engine, read_town(engine, town_id, today()), now)
