"""What staff set of a town reaches its residents: words, contacts, closed channels, the newest plan."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.asking import Asking, ask
from bot.registry import read_towns, today
from knowledge import loading, store
from knowledge.models import Department, LexiconGroup, Source, Town
from tests.bot.server import write_sample


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
