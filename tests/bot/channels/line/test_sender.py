"""What becomes of a reply, whatever LINE answers: told apart, tried again only where that is safe, never pushed."""

import asyncio

import httpx
import pytest
from sqlalchemy import Engine

from bot.channels.line import sender
from bot.channels.line.sender import Result, Sender
from tests.bot.channels.line.server import ended, events_of
from tests.line_platform.events import Writer
from tests.line_platform.platform import ACCESS_TOKEN, Platform, deliver, until

MESSAGES = [{"type": "text", "text": "こんにちは"}]


def sent(platform: Platform, *faults: str, token: str = ACCESS_TOKEN, base: str = "", again: bool = False) -> Result:
    """One reply (the last of two where `again`)."""
    event = Writer().text("RPA")
    platform.body([event])
    platform.faults_ahead.extend(faults)

    async def work() -> Result:
        line = Sender("sample", token, base or platform.base)
        try:
            if again:
                await line.reply(event["replyToken"], MESSAGES)
            return await line.reply(event["replyToken"], MESSAGES)
        finally:
            await line.close()

    return asyncio.run(work())


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ("", Result("sent")),
        ("odd after", Result("sent", "odd_body")),
        ("garbage after", Result("sent", "odd_body")),
        ("empty after", Result("sent", "odd_body")),
        ("500 before", Result("unclear", "server_error")),
        ("garbage 502 after", Result("unclear", "server_error")),
        ("hang after", Result("unclear", "timeout")),
        ("403", Result("refused", "not_allowed")),
        ("429 rate", Result("refused", "rate")),
        ("429 one resident", Result("refused", "one_resident")),
    ],
)
def test_tells_what_became_of_a_reply(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, fault: str, result: Result
) -> None:
    if fault.startswith("hang"):
        monkeypatch.setattr(sender, "TIMEOUT", 0.5)
    assert sent(platform, fault) == result


def test_knows_the_months_quota_from_the_other_too_many(platform: Platform) -> None:
    platform.quota = (200, 200)
    assert sent(platform, "429 quota") == Result("refused", "monthly_quota")


def test_a_used_token_a_wrong_access_token_and_nobody_there_are_told_apart(platform: Platform) -> None:
    assert sent(platform, again=True) == Result("token", "invalid_token")
    assert sent(platform, token="wrong") == Result("refused", "access_token")
    for nowhere in ("http://127.0.0.1:9", "http://:0", "no address"):
        assert sent(platform, base=nowhere) == Result("unreached", "unreached")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("faults", "state", "reason", "answers"),
    [
        (["500 before"], "answered", "sent", 1),
        (["500 after"], "expired", "sent_or_expired", 1),
        (["garbage after"], "answered", "odd_body", 1),
        (["429 rate"], "refused", "rate", 0),
    ],
)
def test_after_an_unclear_failure_the_same_token_is_tried_again_and_nothing_is_pushed(
    client: httpx.Client,
    platform: Platform,
    engine: Engine,
    faults: list[str],
    state: str,
    reason: str,
    answers: int,
) -> None:
    platform.faults_ahead.extend(faults)
    question = Writer().text("スマホ教室はありますか")
    deliver(client, platform, question)
    (event,) = ended(engine, 1)
    assert (event.state, event.reason) == (state, reason)
    assert len(platform.answers(question)) == answers


@pytest.mark.one_database
def test_shows_that_an_answer_is_coming_only_in_one_to_one_chats_and_only_if_it_is_late(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    quick = Writer()
    deliver(client, platform, quick.text("スマホ教室はありますか"))
    ended(engine, 1)
    late, group = Writer(), Writer(group="C" + "0" * 32)
    platform.faults_ahead.extend(["hang before"] * 2)
    deliver(client, platform, group.mentioning("RPAって何ですか"), late.text("スマホ教室はありますか"))
    until(lambda: platform.loading != [])
    ended(engine, 3)
    assert platform.loading == [late.user]


@pytest.mark.one_database
def test_what_goes_wrong_in_answering_is_apologised_for(
    client: httpx.Client, platform: Platform, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("ひみつ")

    monkeypatch.setattr("bot.channels.line.messages.compose", breaks)
    question = Writer().text("スマホ教室はありますか")
    deliver(client, platform, question)
    (event,) = ended(engine, 1)
    assert (event.state, event.reason) == ("failed", "unexpected")
    assert "申し訳" in str(platform.answers(question))
    assert events_of(engine)[0].token == ""
