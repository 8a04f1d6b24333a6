"""Every type of event over HTTP, from the stand-in platform to what a resident sees."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.channels.line.postbacks import TopicAsked, sign
from knowledge import store
from knowledge.line_models import LineEvent
from knowledge.models import Inquiry, Town, Turn, Why
from tests.bot.channels.line.server import ask, ended, events_of, kept, said
from tests.bot.server import KEY
from tests.line_platform.events import Writer, group_id
from tests.line_platform.platform import Platform, deliver

pytestmark = pytest.mark.one_database


def buttons(node: Any) -> dict[str, str]:
    """The buttons anywhere in a reply: label → data."""
    if isinstance(node, list):
        return {label: data for each in node for label, data in buttons(each).items()}
    if not isinstance(node, dict):
        return {}
    action = node.get("action", {})
    own = {action["label"]: action["data"]} if action.get("type") == "postback" else {}
    return own | {label: data for value in node.values() for label, data in buttons(value).items()}


def test_says_what_it_does_with_what_is_no_text(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer = Writer()
    sticker = writer.message("sticker", packageId="1", stickerId="1", keywords=["ひみつ"], text="ひみつ")
    others = [writer.message(kind, fileName="ひみつ.pdf") for kind in ("image", "video", "audio", "file")]
    place = writer.message("location", title="ひみつ", address="ひみつ", latitude=35.1, longitude=139.1)
    ask(client, platform, engine, sticker, place, *others)
    assert "スタンプ" in said(platform, sticker)
    assert all("文字で入力" in said(platform, event) for event in (place, *others))
    assert [event.said for event in events_of(engine)] == [{}] * 6
    assert kept(engine, Turn) == []


def test_pictures_sent_together_are_answered_once(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer = Writer()
    pictures = [writer.message("image", imageSet={"id": "1", "index": n, "total": 3}) for n in (1, 2, 3)]
    deliver(client, platform, *pictures)
    ended(engine, 1)
    assert [len(platform.answers(picture)) for picture in pictures] == [1, 0, 0]


def test_greets_a_new_friend_and_says_how_words_are_kept(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    follow = Writer().event("follow", follow={"isUnblocked": False})
    ask(client, platform, engine, follow)
    assert "見本町" in said(platform, follow)
    assert "個人情報" in said(platform, follow)


def test_in_groups_it_says_how_to_ask_and_answers_only_when_addressed(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer(group=group_id())
    join = writer.event("join")
    member = writer.event("memberJoined", joined={"members": [{"type": "user", "userId": writer.user}]})
    chatter, sticker = writer.text("スマホ教室はありますか"), writer.message("sticker")
    everyone = writer.text("@All スマホ教室", mention={"mentionees": [{"type": "all", "index": 0, "length": 4}]})
    question = writer.mentioning("スマホ教室はありますか")
    deliver(client, platform, join, member, chatter, sticker, everyone, question)
    events = ended(engine, 3)
    assert "メンション" in said(platform, join)
    assert "メンション" in said(platform, member)
    assert "スマホ教室" in said(platform, question)
    assert [platform.answers(event) for event in (chatter, sticker, everyone)] == [[], [], []]
    assert len(events) == 3
    assert [turn.question for turn in kept(engine, Turn)] == ["スマホ教室はありますか"]


def test_a_choice_a_facet_and_a_vote_are_taken_by_their_buttons(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    question = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, question)
    offered = buttons(platform.answers(question)[0])
    facet = next(data for label, data in offered.items() if ".f." in data and "schedule" in data)
    vote = next(data for label, data in offered.items() if label == "役に立たなかった")
    other, schedule, unhelpful = writer.text("RPAって何ですか"), writer.tap(facet), writer.tap(vote)
    ask(client, platform, engine, other, schedule, unhelpful)
    assert "令和6年度" in said(platform, schedule)
    assert "お役に立てず" in said(platform, unhelpful)
    assert [(i.why, i.question) for i in kept(engine, Inquiry)] == [(Why.UNHELPFUL, "スマホ教室はありますか")]


def test_what_follows_an_admission_is_of_its_entry_whatever_was_said_meanwhile(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    fee = writer.text("スマホ教室の料金はいくらですか")
    ask(client, platform, engine, fee, writer.text("RPAって何ですか"))
    department = writer.tap(buttons(platform.answers(fee)[0])["担当"])
    ask(client, platform, engine, department)
    assert "企画課" in said(platform, department)


def test_a_button_whose_turn_is_gone_says_so_and_thanks_for_nothing(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    question = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, question)
    unsend = writer.unsend(question)
    taps = [writer.tap(data) for data in buttons(platform.answers(question)[0]).values()]
    ask(client, platform, engine, unsend, *taps)
    assert len(taps) == 4
    assert all("もう保存されていません" in said(platform, tap) for tap in taps)
    assert kept(engine, Turn) == kept(engine, Inquiry) == []


def test_a_topic_of_the_menu_is_answered_for_any_resident(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    topic, elsewhere, gone = (
        writer.tap(sign(TopicAsked(entry, town), KEY.encode(), ""))
        for entry, town in (("smartphone-class", "sample"), ("smartphone-class", "other"), ("no-such-entry", "sample"))
    )
    follow_up = writer.text("担当は？")
    assert deliver(client, platform, topic, follow_up, elsewhere, gone).status_code == 200
    ended(engine, 4)
    assert "スマホ教室" in said(platform, topic)
    assert "企画課" in said(platform, follow_up)
    assert platform.answers(elsewhere) == []
    assert "スマホ教室" not in said(platform, gone)


def test_a_forged_tap_does_nothing(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer, other = Writer(), Writer()
    question = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, question)
    data = next(iter(buttons(platform.answers(question)[0]).values()))
    forged = data[:-6] + ("A" if data[-6] != "A" else "B") + data[-5:]  # the last letters' bits may not all count
    taps = [other.tap(data), writer.tap(forged), writer.tap("1.c..1.1.2000.x"), writer.tap("\ud800")]
    taps.append(writer.event("postback", postback={"data": data, "params": {"newRichMenuAliasId": "a"}}))
    for tap in taps[:3] + taps[4:]:
        assert deliver(client, platform, tap).status_code == 200
    assert len(events_of(engine)) == 1
    assert [platform.answers(tap) for tap in taps] == [[]] * 5


def test_standby_sends_nothing_but_still_erases(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    writer = Writer()
    asked = writer.text("スマホ教室はありますか")
    ask(client, platform, engine, asked)
    silent = writer.text("RPAって何ですか", mode="standby")
    silent["mode"] = "standby"
    ask(client, platform, engine, writer.unsend(asked) | {"mode": "standby"})
    deliver(client, platform, silent)
    assert platform.answers(silent) == []
    assert kept(engine, Turn) == []
    assert len(events_of(engine)) == 2


def test_the_operators_events_are_logged_by_kind_and_the_rest_passed_over(
    client: httpx.Client, platform: Platform, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = Writer()
    strange = [
        writer.event("botSuspended", token=False),
        writer.event("module", module={"type": "attached"}),
        writer.event("beacon", beacon={"hwid": "d41d8cd98f", "type": "enter"}),
        writer.event("somethingNew", something={"new": 1}),
        writer.message("somethingNew", text="ひみつ"),
        {"type": "message"},
        writer.text("だれから？") | {"source": {"type": "somewhere"}},
        7,
        None,
    ]
    question = writer.text("スマホ教室はありますか")
    assert deliver(client, platform, *[e for e in strange if isinstance(e, dict)], question).status_code == 200
    ended(engine, 1)
    assert len(events_of(engine)) == 1
    assert "スマホ教室" in said(platform, question)
    assert "botSuspended" in "".join(capsys.readouterr())


def test_a_crisis_beside_personal_data_is_answered_as_a_crisis(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    danger = writer.text("家が燃えています。電話は090-0000-1234です")
    personal, mixed = writer.text("090-0000-1234"), writer.text("電話は090-0000-1234です。RPAって何ですか")
    ask(client, platform, engine, danger, personal, mixed)
    assert "119" in said(platform, danger)
    assert "個人情報" in said(platform, personal)
    assert "ソフトウェア" in said(platform, mixed)
    assert "1234" not in str([event.said for event in events_of(engine)])


def test_while_the_channel_is_closed_it_says_so_but_crises_come_first(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    with store.writing(engine) as session:
        town = session.get_one(Town, "sample")
        town.closed_line, town.revision = "ただいまお休みしています。", town.revision + 1
    writer = Writer()
    for _ in range(40):  # the publication is taken over within two seconds
        question = writer.text("スマホ教室はありますか")
        ask(client, platform, engine, question)
        if "お休み" in said(platform, question):
            break
    danger = writer.text("家が燃えています")
    ask(client, platform, engine, danger)
    assert "お休み" in said(platform, question)
    assert "119" in said(platform, danger)


def test_nothing_that_names_a_resident_is_stored_or_logged(
    client: httpx.Client, platform: Platform, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = Writer(group=group_id())
    alone = Writer()
    events = [writer.mentioning("電話は090-0000-1234です。RPAって何ですか"), alone.text("RPAって何ですか")]
    ask(client, platform, engine, *events)
    secret = [writer.user, writer.group, alone.user, "0000-1234"]
    for event in events:
        secret += [event["replyToken"], event["message"]["id"], event["message"]["quoteToken"]]
        secret.append(event["message"]["markAsReadToken"])
    rows = str([event.model_dump() for event in events_of(engine)])
    logged = "".join(capsys.readouterr())
    assert "line event ended" in logged
    assert "RPA" not in logged
    assert [s for s in secret if s in rows or s in logged] == []
    assert all(event.token == "" and event.reply is None for event in events_of(engine))
    assert [s for s in secret if s.encode() in stored(engine)] == []


def stored(engine: Engine) -> bytes:
    """All that is stored: SQLite's files as they are, what was overwritten included; the rows of PostgreSQL."""
    if engine.dialect.name == "sqlite":
        return b"".join(Path(f"{engine.url.database}{end}").read_bytes() for end in ("", "-wal"))
    with engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in SQLModel.metadata.sorted_tables]
    assert sum(map(len, rows)) > 0
    return str(rows).encode()


def test_an_event_is_stored_with_an_encrypted_token(client: httpx.Client, platform: Platform, engine: Engine) -> None:
    platform.faults_ahead.append("hang before")
    question = Writer().text("スマホ教室はありますか")
    deliver(client, platform, question)
    with store.reading(engine) as session:
        row = session.exec(select(LineEvent)).one()
    assert row.token
    assert question["replyToken"] not in row.token
