"""What asks most of the database, on SQLite and on PostgreSQL: conversations, duplicates, erasure."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine

from bot.channels.line import intake, pace
from bot.channels.line.events import Incoming, read_event
from knowledge.models import Conversation, Inquiry, Turn
from tests.bot.channels.line.server import ask, ended, events_of, kept, said
from tests.bot.server import KEY
from tests.line_platform.events import Writer, again, group_id
from tests.line_platform.platform import Platform, deliver, until


def test_answers_a_text_and_goes_on_with_the_conversation(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    first, second = writer.text("スマホ教室はありますか"), writer.text("担当は？")
    ask(client, platform, engine, first, second)
    assert platform.order(writer.user) == [first["webhookEventId"], second["webhookEventId"]]
    assert "企画課" in said(platform, second)
    assert len(kept(engine, Conversation)) == 1


def test_what_is_delivered_twice_is_answered_once(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer = Writer()
    question = writer.text("スマホ教室はありますか")
    for delivered in ([question, question], [again(question)], [question]):
        assert deliver(client, platform, *delivered).status_code == 200
    ended(engine, 1)
    assert deliver(client, platform, again(question)).status_code == 200
    assert [event.state for event in events_of(engine) if event.ended_at] == ["answered"]
    assert len(platform.answers(question)) == 1


def test_whoever_sends_faster_than_anybody_types_is_told_once_and_a_crisis_is_answered_all_the_same(
    client: httpx.Client, platform: Platform, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 3)
    writer, other = Writer(), Writer()
    flood = [writer.text("スマホ教室はありますか") for _ in range(6)]
    danger, calm = writer.text("家が燃えています"), other.text("スマホ教室はありますか")
    ask(client, platform, engine, *flood, danger, calm)
    assert [len(platform.answers(event)) for event in flood] == [1, 1, 1, 1, 0, 0]
    assert "1分ほど待って" in said(platform, flood[3])
    assert "119番" in said(platform, danger) and "待って" not in said(platform, danger)
    assert "高齢の方" in said(platform, calm)
    ends = Counter((event.state, event.reason) for event in events_of(engine))
    assert ends == {("answered", "sent"): 6, ("failed", "too_many"): 2}
    assert len(kept(engine, Turn)) == 5


def test_a_question_that_waited_for_a_dead_process_is_answered_when_it_is_delivered_again(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    question = Writer().text("スマホ教室はありますか")
    before = datetime.now(UTC) - timedelta(minutes=2)  # stored, and the process died before it acknowledged
    incoming = read_event(question)
    assert isinstance(incoming, Incoming)
    intake.keep(engine, [intake.row_of(incoming, "sample", KEY.encode(), before)], frozenset())
    assert [event.state for event in ended(engine, 1)] == ["expired"]
    deliver(client, platform, again(question))
    until(lambda: platform.answers(question) != [])
    assert [event.state for event in ended(engine, 1)] == ["answered"]


def test_an_unsent_message_is_erased_with_what_came_of_it(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    asked = writer.text("スマホ教室の料金はいくらですか")
    ask(client, platform, engine, asked)
    assert len(kept(engine, Inquiry)) == 1
    ask(client, platform, engine, writer.unsend(asked))
    assert [kept(engine, table) for table in (Conversation, Turn, Inquiry)] == [[], [], []]
    assert [event.said for event in events_of(engine)] == [{}, {}]
    deliver(client, platform, again(asked))
    assert len(events_of(engine)) == 2
    assert len(platform.answers(asked)) == 1


def test_a_message_that_comes_after_it_was_unsent_is_not_answered(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    late = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, writer.unsend(late))
    ask(client, platform, engine, late)
    assert platform.answers(late) == []
    assert [event.said for event in events_of(engine)] == [{}, {}]


def test_who_leaves_leaves_nothing_behind(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer, other, group = Writer(), Writer(), Writer(group=group_id())
    for each in (writer, other):
        ask(client, platform, engine, each.text("スマホ教室の料金はいくらですか"))
    ask(client, platform, engine, group.mentioning("RPAって何ですか"))
    late = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, writer.event("unfollow", token=False), group.event("leave", token=False))
    ask(client, platform, engine, late)
    assert platform.answers(late) == []
    assert len(kept(engine, Turn)) == len(kept(engine, Inquiry)) == len(kept(engine, Conversation)) == 1
    assert sum(bool(event.said) for event in events_of(engine)) == 1
