"""Wins and losses: what a publication would change in the replies to test questions and to what was asked before."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot import grading
from bot.colliding import Collision, collisions
from bot.grading import RANKS, Expected, Grade, Said
from bot.hearing import hear
from bot.published import with_entries
from bot.town import TownKnowledge
from knowledge import exam
from knowledge.entries import EntryContent
from knowledge.models import Conversation, Handled, Inquiry, Turn
from knowledge.names import fold

MOST = 500  # questions of one trial: what can be asked twice while staff wait (2 s)
LOOKED_AT = 2_000  # newest turns and inquiries from which different questions are taken


@dataclass(frozen=True)
class Question:
    """A question of a trial: a test question with what is expected, an inquiry, or one that was answered before."""

    text: str
    origin: str
    expected: Expected | None = None


@dataclass(frozen=True)
class Changed:
    """A question whose reply changes, with both replies."""

    question: Question
    before: Said
    after: Said


@dataclass(frozen=True)
class Trial:
    """What changes with a publication; `right_…` count the test questions that go well before and after it."""

    asked: int
    wins: tuple[Changed, ...]
    losses: tuple[Changed, ...]
    others: tuple[Changed, ...]
    collisions: tuple[Collision, ...]
    tests: int
    right_before: int
    right_after: int


def questions(session: Session, town_id: str, most: int = MOST) -> list[Question]:
    """Test questions first, then inquiries, then what was answered; the newest first, each wording once."""
    found = [Question(row.question, "test", Expected(row.entry, row.facet)) for row in exam.questions(session, town_id)]
    inquiries = _distinct(_inquiries(session, town_id), found)
    answered = _distinct(_answered(session, town_id), [*found, *inquiries])
    room = max(0, most - len(found))
    share = max(room // 2, room - len(answered))  # both sorts, however many there are of either
    kept = inquiries[:share]
    return [*found, *kept, *answered[: room - len(kept)]][:most]


def trial(
    questions: Sequence[Question],
    before: TownKnowledge,
    drafts: Sequence[EntryContent],
    withdrawn: Collection[str] = (),
) -> Trial:
    """Asks every question of the town as it is, and as it would be; 500 questions take under 2 s.

    Both towns are asked in turn, so that what Sudachi made of a question serves both.
    """
    after = with_entries(before, drafts, withdrawn)
    asked = [_changed(one, before, after) for one in questions]
    tests = [one for one in asked if one.question.origin == "test"]
    gains = [(RANKS[one.after.grade] - RANKS[one.before.grade], one) for one in asked]
    return Trial(
        asked=len(asked),
        wins=tuple(one for gain, one in gains if gain > 0),
        losses=tuple(one for gain, one in gains if gain < 0),
        others=tuple(one for gain, one in gains if gain == 0 and one.before.places != one.after.places),
        collisions=collisions(before.library, after.library, [draft.id for draft in drafts]),
        tests=len(tests),
        right_before=sum(one.before.grade is Grade.RIGHT for one in tests),
        right_after=sum(one.after.grade is Grade.RIGHT for one in tests),
    )


def _inquiries(session: Session, town_id: str) -> Iterable[Question]:
    """What was asked in vain: open, or given to an entry by staff, which is then expected to answer."""
    looked_at = (Handled.OPEN, Handled.PHRASED, Handled.ENTERED)
    statement = select(Inquiry.question, Inquiry.entry_key).where(
        Inquiry.town_id == town_id, col(Inquiry.handled).in_(looked_at)
    )
    newest = session.exec(statement.order_by(col(Inquiry.created_at).desc()).limit(LOOKED_AT)).all()
    given = sorted(newest, key=lambda row: not row[1])  # what staff just worked on comes first
    return (Question(text, "inquiry", Expected(key.partition("/")[2]) if key else None) for text, key in given)


def _answered(session: Session, town_id: str) -> Iterable[Question]:
    statement = (
        select(Turn.question)
        .join(Conversation, col(Conversation.id) == Turn.conversation_id)
        .where(Conversation.town_id == town_id, Turn.kind == "answer", col(Turn.helpful).is_not(False))
        .order_by(col(Turn.created_at).desc())
        .limit(LOOKED_AT)
    )
    return (Question(text, "answered") for text in session.exec(statement))


def _changed(question: Question, before: TownKnowledge, after: TownKnowledge) -> Changed:
    heard = hear(question.text)
    said, then = (grading.reply_to(heard, town, question.expected) for town in (before, after))
    return Changed(question, said, then)


def _distinct(questions: Iterable[Question], known: Iterable[Question]) -> list[Question]:
    """Each wording once, without the marks that stand for a button."""
    seen = {fold(one.text) for one in known}
    kept = []
    for one in questions:
        folded = fold(one.text)
        if folded and folded not in seen and not one.text.startswith("［"):
            seen.add(folded)
            kept.append(one)
    return kept
