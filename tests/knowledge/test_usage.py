"""The figures count what was stored, by the day and hour of Asia/Tokyo, and hold no resident's word."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from knowledge import loading, store
from knowledge.models import Conversation, Turn
from knowledge.retention import purge
from knowledge.usage import EntryCount, Span, Usage, usage
from knowledge.usage_files import as_csv, as_excel
from tests.bot.server import write_sample

APRIL = Span(date(2026, 4, 1), date(2026, 4, 3))
TURNS = [  # channel, when in UTC, kind, parts, helpful
    ("web", datetime(2026, 3, 31, 14, 59, tzinfo=UTC), "answer", ["rpa#definition"], None),  # 31 March in Tokyo
    ("web", datetime(2026, 3, 31, 15, 0, tzinfo=UTC), "answer", ["rpa#definition", "rpa#goal"], True),
    ("line", datetime(2026, 4, 1, 0, 30, tzinfo=UTC), "unknown", [], None),
    ("line", datetime(2026, 4, 1, 0, 40, tzinfo=UTC), "answer", ["ai#definition"], False),
    ("line", datetime(2026, 4, 2, 0, 50, tzinfo=UTC), "answer", ["rpa#definition"], None),
    ("line", datetime(2026, 4, 2, 0, 55, tzinfo=UTC), "choices", [], None),
    ("web", datetime(2026, 4, 2, 3, 0, tzinfo=UTC), "notice", [], None),
]


@pytest.fixture
def april(engine: Engine, tmp_path: Path) -> Usage:
    loading.load_all(engine, write_sample(tmp_path))
    with store.writing(engine) as session:
        for number, channel in enumerate(("web", "line")):
            talk = {"id": f"{number:032d}", "town_id": "sample", "channel": channel, "state": {}}
            session.add(Conversation(**talk, created_at=TURNS[0][1], last_at=TURNS[-1][1]))
        session.flush()
        for number, (channel, at, kind, parts, helpful) in enumerate(TURNS):
            key = {
                "conversation_id": f"{int(channel == 'line'):032d}",
                "number": number - 1 if channel == "line" else number,
            }
            session.add(Turn(**key, question="住民の言葉", kind=kind, parts=parts, helpful=helpful, created_at=at))
    with store.reading(engine) as session:
        assert usage(session, "other", APRIL).questions == 0
        return usage(session, "sample", APRIL)


def test_questions_are_counted_by_kind_channel_and_vote(april: Usage) -> None:
    assert (april.questions, april.conversations, april.helpful, april.unhelpful) == (6, 2, 1, 1)
    assert april.kinds == {"answer": 3, "choices": 1, "unknown": 1, "notice": 1}
    assert april.channels == {"web": 2, "line": 4}
    assert april.share("answer") == pytest.approx(3 / 5)


def test_days_weekdays_and_hours_are_those_of_tokyo(april: Usage) -> None:
    assert {day: sum(counts.values()) for day, counts in april.by_day.items()} == {
        date(2026, 4, 1): 3,
        date(2026, 4, 2): 3,
        date(2026, 4, 3): 0,
    }
    assert {hour: count for hour, count in april.by_hour.items() if count} == {0: 1, 9: 4, 12: 1}
    assert april.by_weekday == {0: 0, 1: 0, 2: 3, 3: 3, 4: 0, 5: 0, 6: 0}


def test_an_entry_counts_once_a_reply(april: Usage) -> None:
    assert april.entries == [EntryCount("rpa", 2, 1, 0), EntryCount("ai", 1, 0, 1)]


def test_figures_outlive_the_turns_and_no_turn_counts_twice(engine: Engine, april: Usage) -> None:
    later = datetime(2026, 7, 1, 0, 40, tzinfo=UTC)  # 90 days after the middle of the turns
    for _ in range(2):
        purge(engine, later)
        with store.reading(engine) as session:
            assert usage(session, "sample", APRIL) == april
    purge(engine, later + timedelta(days=9))
    with store.reading(engine) as session:
        assert session.exec(select(Turn)).first() is None
        assert usage(session, "sample", APRIL) == april


def test_the_files_hold_the_figures_and_no_word_of_a_resident(april: Usage) -> None:
    text = as_csv(april, {"rpa": "=RPA"}).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert ["質問", "6"] in rows
    assert ["答えた割合（%）", "60.0"] in rows
    assert ["'=RPA", "2", "1", "0"] in rows
    assert "住民の言葉" not in text
    book = load_workbook(io.BytesIO(as_excel(april, {})))
    assert book.sheetnames == ["合計", "日ごと", "曜日ごと", "時間ごと", "よく答えた項目"]
    assert book["時間ごと"]["B11"].value == 4
    assert book["よく答えた項目"].column_dimensions["A"].width > len("公金のキャッシュレス化の推進") * 2
