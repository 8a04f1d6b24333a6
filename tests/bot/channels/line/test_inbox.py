"""The inbox on both databases: leases, order, one holder at a time, ends and erasure in time."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.channels.line import inbox, intake, pace
from bot.channels.line.events import Incoming, read_event
from bot.channels.line.inbox import LEASE, Claimed, Lost
from knowledge import retention, store
from knowledge.line_models import Ended, LineTalk
from tests.bot.channels.line.server import events_of, kept
from tests.knowledge.test_store import town
from tests.line_platform.events import Event, Writer, again

KEY = b"k" * 40
NOW = datetime.now(UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def with_a_town(engine: Engine) -> Iterator[None]:
    with store.writing(engine) as session:
        session.add(town())
    yield


def put(engine: Engine, *events: Event, now: datetime = NOW) -> int:
    read = [incoming for event in events if isinstance(incoming := read_event(event), Incoming)]
    rows = [intake.row_of(incoming, "sample", KEY, now) for incoming in read]
    return len(intake.keep(engine, rows, frozenset(incoming.id for incoming in read if incoming.redelivered)))


def take(engine: Engine, now: datetime = NOW, most: int = 10) -> list[Claimed]:
    return inbox.claim(engine, ["sample"], most, now)


def ids(*events: Event) -> list[str]:
    return [event["webhookEventId"] for event in events]


def test_an_event_is_stored_once_however_often_it_comes(engine: Engine) -> None:
    event, other = Writer().text("RPA"), Writer().text("AI")
    assert [put(engine, event), put(engine, event, other), put(engine, again(event))] == [1, 1, 0]


def test_one_of_a_talk_at_a_time_the_earliest_of_those_waiting_first(engine: Engine) -> None:
    writer = Writer()
    first, second, third = (writer.text(words) for words in ("1", "2", "3"))
    put(engine, third, first)
    (claimed,) = take(engine)
    assert take(engine) == []
    put(engine, second)
    order = [claimed.event.id]
    for _ in range(2):
        inbox.end(engine, claimed, Ended.ANSWERED, "sent", NOW)
        (claimed,) = take(engine)
        order.append(claimed.event.id)
    assert order == ids(first, second, third)


def test_what_a_dead_process_held_is_taken_over_when_the_lease_ends(engine: Engine) -> None:
    put(engine, Writer().text("RPA"))
    (dead,) = take(engine)
    assert take(engine, NOW + LEASE - SECOND) == []
    (heir,) = take(engine, NOW + LEASE)
    assert heir.event.id == dead.event.id
    for late in (
        lambda: inbox.end(engine, dead, Ended.ANSWERED, "sent", NOW),
        lambda: inbox.pause(engine, dead, NOW),
    ):
        with pytest.raises(Lost):
            late()
    inbox.end(engine, heir, Ended.ANSWERED, "sent", NOW)
    with pytest.raises(Lost):
        inbox.end(engine, heir, Ended.FAILED, "twice", NOW)


def test_a_clock_that_goes_back_keeps_nobody_waiting(engine: Engine) -> None:
    writer = Writer()
    put(engine, writer.text("1"))
    (claimed,) = take(engine)
    inbox.end(engine, claimed, Ended.ANSWERED, "sent", NOW)
    before = NOW - timedelta(hours=1)
    later = writer.text("2")
    put(engine, later, now=before)
    assert [one.event.id for one in take(engine, before)] == ids(later)


def test_lines_clock_may_go_before_ours(engine: Engine) -> None:
    writer = Writer(at=int(NOW.timestamp() * 1000) + 5_000)
    first, second = writer.text("1"), writer.text("2")
    put(engine, second | {"webhookEventId": "A"}, first | {"webhookEventId": "B"})
    assert take(engine)[0].event.id == "B"


def test_many_processes_at_once_never_hold_the_same_talk(engine: Engine) -> None:
    writers = [Writer() for _ in range(12)]
    put(engine, *(writer.text(words) for words in ("1", "2") for writer in writers))
    with ThreadPoolExecutor(6) as pool:
        taken = [claimed for each in pool.map(lambda _: take(engine, most=3), range(12)) for claimed in each]
    talks = [claimed.event.talk for claimed in taken]
    assert len(talks) == len(set(talks))
    assert len(set(talks)) >= 9


def test_one_that_is_to_be_tried_again_waits_and_its_talk_with_it(engine: Engine) -> None:
    writer = Writer()
    put(engine, writer.text("1"), writer.text("2"))
    (claimed,) = take(engine)
    inbox.pause(engine, claimed, NOW + 2 * SECOND)
    assert take(engine, NOW + SECOND) == []
    assert take(engine, NOW + 2 * SECOND)[0].event.id == claimed.event.id


def test_one_delivered_again_while_it_waits_may_be_answered_for_longer(engine: Engine) -> None:
    event = Writer(at=int(NOW.timestamp() * 1000)).text("RPA")
    put(engine, event)
    for minutes, end in ((5, 6), (19.5, 20)):
        put(engine, again(event), now=NOW + timedelta(minutes=minutes))
        expires = events_of(engine)[0].expires_at
        assert abs(expires - NOW - timedelta(minutes=end)) < SECOND


def test_one_to_which_nobody_came_in_time_is_answered_when_line_delivers_it_again(engine: Engine) -> None:
    event, tried = (Writer(at=int(NOW.timestamp() * 1000)).text(words) for words in ("RPA", "AI"))
    put(engine, event, tried)
    for claimed in take(engine):
        if claimed.event.id == tried["webhookEventId"]:
            with store.writing(engine) as session:
                inbox.hold(session, claimed, NOW)
        inbox.end(engine, claimed, Ended.EXPIRED, "not_in_time", NOW + 60 * SECOND)
    later = NOW + timedelta(minutes=2)
    put(engine, event, tried, now=later)
    assert take(engine, later) == []
    put(engine, again(event), again(tried), now=later)
    (claimed,) = take(engine, later)
    assert claimed.event.id == event["webhookEventId"]
    assert claimed.event.token and claimed.event.expires_at > later
    inbox.end(engine, claimed, Ended.EXPIRED, "not_in_time", later)
    put(engine, again(event), now=NOW + timedelta(minutes=21))
    assert take(engine, NOW + timedelta(minutes=21)) == []


def test_a_minute_later_a_talk_may_go_on(engine: Engine) -> None:
    writer, other = Writer(at=int(NOW.timestamp() * 1000)), Writer(at=int(NOW.timestamp() * 1000))
    put(engine, *(writer.text("RPA") for _ in range(pace.MOST + 5)), other.text("RPA"))
    put(engine, writer.text("AI"), now=NOW + 59 * SECOND)
    put(engine, writer.text("AI"), now=NOW + 61 * SECOND)
    talk = max(Counter(event.talk for event in events_of(engine)).items(), key=lambda each: each[1])[0]
    counted = [pace.just_before(engine, event) for event in events_of(engine) if event.talk == talk]
    assert counted == [*range(pace.MOST + 1), *[pace.MOST + 1] * 5, 1]


def test_tokens_are_erased_after_twenty_minutes(engine: Engine) -> None:
    writer = Writer(at=int(NOW.timestamp() * 1000))
    put(engine, writer.text("RPA"), writer.event("unfollow", token=False))
    inbox.sweep(engine, NOW + timedelta(minutes=19))
    assert events_of(engine)[0].token
    assert inbox.sweep(engine, NOW + timedelta(minutes=21)) == {"sample": 1}
    text, unfollow = events_of(engine)
    assert (text.token, text.state, text.reason) == ("", "expired", "not_in_time")
    assert unfollow.ended_at is None


def test_events_and_talks_go_after_the_towns_retention(engine: Engine) -> None:
    put(engine, Writer().text("RPA"), now=NOW - timedelta(days=91))
    put(engine, Writer().text("AI"), now=NOW - timedelta(days=89))
    assert retention.purge(engine, NOW)["line_events"] == 1
    assert len(events_of(engine)) == len(kept(engine, LineTalk)) == 1


def test_another_towns_events_are_its_own(engine: Engine) -> None:
    with store.writing(engine) as session:
        session.add(town("other"))
    event = read_event(Writer().text("RPA"))
    assert isinstance(event, Incoming)
    for name in ("sample", "other"):
        assert intake.keep(engine, [intake.row_of(event, name, KEY, NOW)], frozenset()) == {(name, event.id)}
    assert len({row.talk for row in events_of(engine)}) == 2
    assert [claimed.event.town_id for claimed in inbox.claim(engine, ["other"], 10, NOW)] == ["other"]
