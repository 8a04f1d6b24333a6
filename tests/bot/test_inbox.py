"""The inbox: like inquiries together, with what was offered; what staff do with them, and what then stays away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot import inbox
from bot.asking import Asking, ask
from bot.conversations import Vote, vote
from bot.inbox import InquiryGroup
from bot.published import read_towns
from knowledge import exam, inquiries, lexicon, loading, publishing, store, wastebasket
from knowledge.days import today
from knowledge.entries import EntryContent, FacetName
from knowledge.inquiries import BadPhrasing
from knowledge.models import Handled, Inquiry
from tests.bot.sample import sample_town
from tests.bot.server import write_sample

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
VAIN = "プールの営業時間を教えて"
CLASS = "sample/smartphone-class"


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path))


def asked(engine: Engine, *questions: str, channel: str = "web", day: int = 0) -> None:
    town = read_towns(engine, {}, today())["sample"]
    for number, question in enumerate(questions):
        at = NOW + timedelta(days=day, minutes=number)
        ask(Asking(visitor=f"v{number}", channel=channel, text=question), town, engine, at)


def shown(engine: Engine) -> list[InquiryGroup]:
    with store.reading(engine) as session:
        return inbox.groups(session, "sample", lexicon.bundled())


def test_like_questions_are_one_group_with_its_counts(engine: Engine) -> None:
    asked(engine, VAIN, "プールの営業時間教えて！", "盆踊りの太鼓は誰がたたくの")
    asked(engine, "ぷーるの営業時間を教えて", channel="line", day=2)
    pool, dance = shown(engine)
    assert (pool.question, len(pool.inquiries)) == (VAIN, 3)
    assert pool.channels == {"web": 2, "line": 1}
    assert pool.whys == {"unknown": 3}
    assert (pool.first_at, pool.last_at) == (NOW, NOW + timedelta(days=2))
    assert len(dance.inquiries) == 1


def test_a_group_shows_what_was_said_and_why_it_was_in_vain(engine: Engine) -> None:
    town = read_towns(engine, {}, today())["sample"]
    said = ask(Asking(visitor="v", channel="web", text="RPAって何"), town, engine, NOW)
    vote(engine, Vote("sample", said["conversation"], said["turn"], False, "よく分からない", "v"), NOW)
    (group,) = shown(engine)
    assert group.whys == {"unhelpful": 1}
    assert [(one.entry, one.facet) for one in group.offered] == [("rpa", "definition")]
    assert group.reasons == ("よく分からない",)


def test_another_aspect_of_the_same_subject_is_another_group(engine: Engine) -> None:
    asked(engine, "プールの料金はいくら", "プールの電話番号を教えて")
    assert len(shown(engine)) == 2


def test_a_phrasing_goes_into_a_draft_and_the_group_is_gone(engine: Engine) -> None:
    asked(engine, VAIN)
    (group,) = shown(engine)
    with store.writing(engine) as session:
        facet = (FacetName.SCHEDULE, "")
        draft = inquiries.add_phrasing(session, CLASS, VAIN, group.inquiries, facet=facet, by="職員", now=NOW)
        publishing.publish(session, CLASS, draft.number, by="承認者")
    assert shown(engine) == []
    town = read_towns(engine, {}, today())["sample"]
    assert ask(Asking(visitor="v", channel="web", text=VAIN), town, engine, NOW)["parts"][0]["facet"] == "schedule"
    with store.reading(engine) as session:
        row = session.exec(select(Inquiry)).one()
        assert (row.handled, row.handled_by, row.handled_at, row.entry_key) == (Handled.PHRASED, "職員", NOW, CLASS)


@pytest.mark.parametrize(
    ("phrasing", "said"), [(" 　", "空です"), ("あ" * 201, "短く"), ("携帯の操作を習いたい", "もうあります")]
)
def test_a_phrasing_that_cannot_be_taken_leaves_all_as_it_was(engine: Engine, phrasing: str, said: str) -> None:
    asked(engine, VAIN)
    (group,) = shown(engine)
    with pytest.raises(BadPhrasing, match=said), store.writing(engine) as session:
        inquiries.add_phrasing(session, CLASS, phrasing, group.inquiries, facet=None, by="職員", now=NOW)
    assert shown(engine) == [group]


def test_a_new_entry_begins_from_a_group(engine: Engine) -> None:
    asked(engine, VAIN)
    facet = {"name": "definition", "text": "夏だけ開きます。", "section": "職員"}
    content = EntryContent.model_validate({"id": "pool", "kind": "faq", "title": "プール", "facets": [facet]})
    with store.writing(engine) as session:
        ids = [one for group in inbox.groups(session, "sample", lexicon.bundled()) for one in group.inquiries]
        draft = inquiries.begin_entry(session, "sample", "sample-2024-01", content, ids, by="職員", now=NOW)
        assert draft.entry_key == "sample/pool"
    assert shown(engine) == []


def test_what_is_ignored_stays_ignored_until_the_rule_is_lifted(engine: Engine) -> None:
    asked(engine, VAIN)
    (group,) = shown(engine)
    with store.writing(engine) as session:
        inquiries.ignore(session, "sample", group.question, group.inquiries, by="職員", now=NOW)
    asked(engine, "プールの営業時間、教えて", day=1)
    assert shown(engine) == []
    with store.writing(engine) as session:
        (rule,) = inquiries.rules(session, "sample")
        inquiries.lift_rule(session, "sample", rule.id or 0)
    assert [group.wordings for group in shown(engine)] == [(VAIN, "プールの営業時間、教えて")]


def test_what_is_out_of_scope_becomes_a_test_question(engine: Engine) -> None:
    asked(engine, VAIN)
    (group,) = shown(engine)
    with store.writing(engine) as session:
        inquiries.mark_out_of_scope(session, "sample", group.question, group.inquiries, by="職員", now=NOW)
        assert [(row.question, row.entry) for row in exam.questions(session, "sample")] == [(VAIN, "")]
    assert shown(engine) == []


def test_a_flood_is_discarded_at_once_and_another_towns_numbers_touch_nothing(engine: Engine) -> None:
    asked(engine, *[f"{VAIN}{'！' * number}" for number in range(12)])
    (group,) = shown(engine)
    with store.writing(engine) as session:
        wastebasket.throw(session, "other", group.inquiries, by="職員", now=NOW)
        inquiries.assign(session, "sample", group.inquiries, "企画課 見本")
    assert shown(engine)[0].assignees == ("企画課 見本",)
    with store.writing(engine) as session:
        wastebasket.throw(session, "sample", group.inquiries, by="職員", now=NOW)
    assert shown(engine) == []
    with store.writing(engine) as session:
        assert wastebasket.bring_back(session, "other", NOW) == 0
        (thrown,) = wastebasket.thrown(session, "sample")
        assert (thrown.by, thrown.count) == ("職員", 12)
        assert wastebasket.bring_back(session, "sample", thrown.at) == 12
    assert len(shown(engine)[0].inquiries) == 12


def test_other_words_of_the_town_group_the_same_questions_anew(engine: Engine) -> None:
    asked(engine, "ラムネの太鼓は誰がたたくの", "サイダーの太鼓は誰がたたくの")
    assert len(shown(engine)) == len(shown(engine)) == 2
    own = lexicon.Lexicon.of((*lexicon.bundled().groups, lexicon.Group(("ラムネ", "サイダー"))))
    with store.reading(engine) as session:
        assert len(inbox.groups(session, "sample", own)) == 1
    assert len(shown(engine)) == 2


def test_what_was_thrown_away_goes_for_good_after_a_week_or_at_once(engine: Engine) -> None:
    asked(engine, VAIN, "盆踊りの太鼓は誰がたたくの")
    pool, dance = shown(engine)
    with store.writing(engine) as session:
        wastebasket.throw(session, "sample", pool.inquiries, by="職員", now=NOW)
        assert wastebasket.purge(session, NOW + wastebasket.KEPT) == 0
        assert wastebasket.purge(session, NOW + wastebasket.KEPT + timedelta(seconds=1)) == 1
        wastebasket.throw(session, "sample", dance.inquiries, by="職員", now=NOW)
        assert wastebasket.erase(session, "sample", NOW) == 1
        assert wastebasket.thrown(session, "sample") == []


def test_a_handled_group_is_no_longer_found(engine: Engine) -> None:
    asked(engine, VAIN)
    (group,) = shown(engine)
    with store.writing(engine) as session:
        assert inbox.group_of(session, "sample", lexicon.bundled(), group.leader) == group
        wastebasket.throw(session, "sample", group.inquiries, by="職員", now=NOW)
        assert inbox.group_of(session, "sample", lexicon.bundled(), group.leader) is None


def test_entries_are_suggested_by_the_bots_own_engine() -> None:
    assert inbox.suggestions("携帯の使い方を習いたい", sample_town())[0] == "smartphone-class"
