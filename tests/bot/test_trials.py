"""Wins, losses and collisions of a publication, and the score of the test questions once it is out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot import examining, trials
from bot.asking import Asking, ask
from bot.grading import Expected, Grade
from bot.published import read_town
from bot.trials import Question, trial
from knowledge import exam, inquiries, loading, publications, publishing, store
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Inquiry
from knowledge.publications import Draft
from tests.bot.sample import sample_town
from tests.bot.server import write_sample

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
VAIN = "プールの営業時間を教えて"
CLASS = "smartphone-class"


def phrased(entry: str, *phrasings: str) -> EntryContent:
    content = sample_town().library.entries[entry].content
    return content.model_copy(update={"phrasings": (*content.phrasings, *phrasings)})


def test_a_question_that_was_in_vain_and_is_answered_now_is_won() -> None:
    found = trial([Question(VAIN, "inquiry"), Question("RPAって何", "answered")], sample_town(), [phrased(CLASS, VAIN)])
    assert [(one.question.text, one.after.places[0][0]) for one in found.wins] == [(VAIN, CLASS)]
    assert (found.asked, found.losses, found.others) == (2, (), ())


def test_a_question_that_is_no_longer_answered_is_lost() -> None:
    found = trial([Question("RPAって何", "answered")], sample_town(), [], withdrawn=["rpa"])
    assert [(one.before.grade, one.after.grade) for one in found.losses] == [(Grade.RIGHT, Grade.ADMITTED)]


def test_a_question_that_another_entry_takes_is_shown() -> None:
    question = "年寄りにスマホの使い方を教えてほしい"
    taken = trial([Question(question, "answered")], sample_town(), [phrased("counter", question)], withdrawn=[CLASS])
    assert [one.after.places[0][0] for one in taken.others] == ["counter"]


def test_a_test_question_that_is_answered_where_the_bot_is_to_admit_is_lost() -> None:
    found = trial([Question(VAIN, "test", Expected())], sample_town(), [phrased(CLASS, VAIN)])
    assert (found.tests, found.right_before, found.right_after) == (1, 1, 0)
    assert [one.after.grade for one in found.losses] == [Grade.WRONG]


@pytest.mark.parametrize(
    ("entry", "phrasing", "other", "likeness"),
    [
        ("rpa", "携帯の操作を習いたい", CLASS, 100),
        ("rpa", "申請書を手で書かずに済ませたいん", "counter", 90),
        ("ai", "RPA", "rpa", 100),
    ],
)
def test_entries_that_now_collide_are_named(entry: str, phrasing: str, other: str, likeness: int) -> None:
    (collision,) = trial([], sample_town(), [phrased(entry, phrasing)]).collisions
    assert (collision.entry, collision.text, collision.other) == (entry, phrasing, other)
    assert collision.likeness >= likeness


def test_what_collided_before_is_not_blamed_on_this_change() -> None:
    before = trial([], sample_town(), []).collisions
    assert before == trial([], sample_town(), [sample_town().library.entries["rpa"].content]).collisions == ()


def loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path))


def test_the_questions_of_a_trial_are_tests_inquiries_and_what_was_answered(engine: Engine, tmp_path: Path) -> None:
    loaded(engine, tmp_path)
    town = read_town(engine, "sample", today())
    for text in (VAIN, "プールの営業時間を教えて！", "RPAって何", "AIって何"):
        ask(Asking(visitor="v", channel="web", text=text), town, engine, NOW)
    with store.writing(engine) as session:
        exam.keep_question(session, "sample", "AIって何", entry="ai", by="職員", now=NOW)
    with store.reading(engine) as session:
        found = trials.questions(session, "sample")
        assert {(one.text, one.origin) for one in found if one.origin != "inquiry"} == {
            ("AIって何", "test"),
            ("RPAって何", "answered"),
        }
        assert len([one for one in found if one.origin == "inquiry"]) == 1
        assert len(trials.questions(session, "sample", most=2)) == 2


def test_what_staff_gave_to_an_entry_is_tried_and_expected_of_it(engine: Engine, tmp_path: Path) -> None:
    loaded(engine, tmp_path)
    ask(Asking(visitor="v", channel="web", text=VAIN), read_town(engine, "sample", today()), engine, NOW)
    with store.writing(engine) as session:
        (number,) = session.exec(select(Inquiry.id)).all()
        inquiries.add_phrasing(session, f"sample/{CLASS}", VAIN, [number or 0], facet=None, by="職員", now=NOW)
        assert trials.questions(session, "sample") == [Question(VAIN, "inquiry", Expected(CLASS))]


def test_a_publication_is_scored_by_the_towns_test_questions(engine: Engine, tmp_path: Path) -> None:
    loaded(engine, tmp_path)
    with store.writing(engine) as session:
        for question, entry in (("RPAって何", "rpa"), (VAIN, CLASS), ("明日の天気は", "")):
            exam.keep_question(session, "sample", question, entry=entry, by="職員", now=NOW)
        draft = publishing.save_draft(session, f"sample/{CLASS}", phrased(CLASS, VAIN), based_on=1, author="職員")
    before = examining.keep_score(engine, read_town(engine, "sample", today()), NOW)
    with store.writing(engine) as session:
        publications.publish_together(session, [Draft(f"sample/{CLASS}", draft.number)], by="承認者", now=NOW)
    after = examining.score(engine, "sample", NOW)
    assert before is not None and after is not None
    assert (before.questions, before.right, before.admitted) == (3, 2, 1)
    assert before.failed[0]["question"] == VAIN
    assert (after.right, after.failed) == (3, [])
    with store.reading(engine) as session:
        assert [row.right for row in exam.scores(session, "sample")] == [3, 2]
        assert exam.scores(session, "sample")[0].revision > exam.scores(session, "sample")[1].revision


def test_a_town_without_test_questions_has_no_score(engine: Engine, tmp_path: Path) -> None:
    loaded(engine, tmp_path)
    assert examining.keep_score(engine, read_town(engine, "sample", today()), NOW) is None


def test_a_test_question_is_kept_once_and_can_be_dropped(engine: Engine, tmp_path: Path) -> None:
    loaded(engine, tmp_path)
    with store.writing(engine) as session:
        for entry in ("rpa", "ai"):
            exam.keep_question(session, "sample", " RPAって　何 ", entry=entry, by="職員", now=NOW)
        (row,) = exam.questions(session, "sample")
        assert (row.question, row.entry) == ("RPAって 何", "ai")
        with pytest.raises(exam.BadQuestion):
            exam.keep_question(session, "sample", " ", entry="", by="職員", now=NOW)
        exam.drop_question(session, "sample", row.id or 0)
        assert exam.questions(session, "sample") == []
