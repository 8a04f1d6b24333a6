"""What staff set of a town reaches its residents: words, contacts, closed channels, the newest plan."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.asking import Asking, ask
from bot.published import read_towns
from bot.registry import Registry
from bot.town import TownKnowledge
from knowledge import exam, loading, publications, publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Department, LexiconGroup, Preparation, Source, Town
from tests.bot.server import BOUND, write_sample


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Engine:
    loading.load_all(engine, write_sample(tmp_path))
    return engine


def asked(engine: Engine, text: str, channel: str = "web") -> dict[str, Any]:
    sample = read_towns(engine, {}, today())["sample"]
    return ask(Asking(visitor="v", channel=channel, text=text), sample, engine, datetime.now(UTC))


def test_a_departments_contact_details_are_said_only_where_staff_entered_them(town: Engine) -> None:
    assert "電話" not in asked(town, "スマホ教室の担当は？")["text"]
    with store.writing(town) as session:
        department = Department(town_id="sample", name="企画課", telephone="000-1111", opening_hours="平日9時から17時")
        session.merge(department)
    assert "企画課：電話 000-1111、平日9時から17時" in asked(town, "スマホ教室の担当は？")["text"]


def test_a_towns_own_words_find_its_entries(town: Engine) -> None:
    with store.writing(town) as session:
        session.add(LexiconGroup(town_id="sample", words=["ぽちぽち会", "スマホ教室"]))
    assert asked(town, "ぽちぽち会はありますか")["parts"][0]["entry"] == "smartphone-class"


def test_a_closed_channel_says_so_and_the_other_goes_on(town: Engine) -> None:
    with store.writing(town) as session:
        session.get_one(Town, "sample").closed_web = "ただいま点検中です。"
    closed = asked(town, "RPAって何")
    assert (closed["kind"], closed["notice"], closed["text"]) == ("notice", "closed", "ただいま点検中です。")
    assert asked(town, "RPAって何", channel="line")["kind"] == "answer"


def test_an_emergency_is_answered_even_while_closed(town: Engine) -> None:
    with store.writing(town) as session:
        session.get_one(Town, "sample").closed_web = "ただいま点検中です。"
    assert "119" in asked(town, "家が火事です、助けて")["text"]


def test_a_greeting_is_the_towns_own_where_it_has_one(town: Engine) -> None:
    with store.writing(town) as session:
        session.get_one(Town, "sample").greeting = "見本町へようこそ。"
    assert asked(town, "こんにちは")["text"] == "見本町へようこそ。"


def test_of_two_editions_the_newer_is_the_towns_plan(town: Engine) -> None:
    with store.writing(town) as session:
        newer = Source(id="later", town_id="sample", title="次のDX計画", period_from="2026-04", period_to="2031-03")
        session.add(newer)
    assert read_towns(town, {}, today())["sample"].library.town.source.id == "later"
    with store.reading(town) as session:
        assert len(session.exec(select(Source)).all()) == 2


def test_who_comes_while_a_town_is_read_waits_and_reads_nothing_again(town: Engine) -> None:
    registry, together = Registry(town), Barrier(4)

    def refreshed(_: int) -> TownKnowledge:
        together.wait()
        registry.refresh()
        return registry.towns["sample"]

    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(refreshed, range(4)))
    assert all(one is read[0] for one in read)


def test_a_planned_publication_is_answered_from_and_scored_without_anybody_pressing(town: Engine) -> None:
    now = datetime.now(UTC)
    with store.writing(town) as session:
        content = EntryContent.model_validate(revisions.latest(session, "sample/rpa").content)
        changed = content.model_copy(update={"phrasings": (*content.phrasings, "盆踊りの太鼓は誰がたたくの")})
        draft = publishing.save_draft(session, "sample/rpa", changed, based_on=1, author="職員")
        exam.keep_question(session, "sample", "盆踊りの太鼓は誰がたたくの", entry="rpa", by="職員", now=now)
        due = publications.Draft("sample/rpa", draft.number)
        publications.plan(session, [due], by="承認者", at=now + timedelta(milliseconds=1), now=now)
    registry = Registry(town)
    registry.start()
    until = time.monotonic() + BOUND
    try:
        scores: list[int] = []
        while not scores:
            assert time.monotonic() < until, "nothing was published and scored"
            time.sleep(0.05)
            with store.reading(town) as session:
                scores = [score.right for score in exam.scores(session, "sample")]
    finally:
        registry.stop()
    assert scores == [1]
    assert "盆踊りの太鼓は誰がたたくの" in registry.towns["sample"].library.entries["rpa"].content.phrasings


def test_what_a_process_read_is_kept_for_the_next_one(town: Engine) -> None:
    registry = Registry(town)
    registry.start()
    try:
        until = time.monotonic() + BOUND
        while not kept(town):
            assert time.monotonic() < until, "nothing was kept"
            time.sleep(0.05)
    finally:
        registry.stop()
    assert kept(town) == ["sample"]


def test_a_store_that_keeps_nothing_does_not_stop_the_watch(town: Engine) -> None:
    registry = Registry(town)
    registry.start()
    with town.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE preparation RENAME TO gone")
    try:
        with store.writing(town) as session:
            session.get_one(Town, "sample").greeting = "見本町へようこそ。"
            publishing.move_town(session, "sample")
        until = time.monotonic() + BOUND
        while registry.towns["sample"].office.greeting != "見本町へようこそ。":
            assert time.monotonic() < until, "the watch stood still"
            time.sleep(0.05)
    finally:
        registry.stop()


def kept(engine: Engine) -> list[str]:
    """The towns of which something was kept."""
    with store.reading(engine) as session:
        return list(session.exec(select(Preparation.town_id)))
