"""LINE's events read tolerantly, whatever LINE may add; words without mentions and emoji."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line.events import Incoming, Kind, PassedOver, read_event
from bot.channels.line.tokens import seal, unseal
from tests.line_platform.events import Writer, again, group_id

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = ("type", "message", "postback", "source", "timestamp", "mode", "deliveryContext", "webhookEventId", "unsend")
TYPES = ("message", "postback", "unsend", "follow", "join", "leave", "unfollow", "beacon")


@given(st.fixed_dictionaries({"type": st.sampled_from(TYPES)}, optional=dict.fromkeys(FIELDS[1:], JSON)) | JSON)
def test_never_raises(raw: Any) -> None:
    assert isinstance(read_event(raw), Incoming | PassedOver)


@given(st.text(), st.integers(-3, 12), st.integers(-3, 12))
def test_a_mention_anywhere_never_raises(words: str, index: int, length: int) -> None:
    mention = {"mentionees": [{"type": "user", "index": index, "length": length, "isSelf": True}]}
    assert isinstance(read_event(Writer(group=group_id()).text(words, mention=mention)), Incoming)


def said(event: dict[str, Any]) -> str:
    read = read_event(event)
    assert isinstance(read, Incoming)
    return read.said


@pytest.mark.parametrize(("index", "words"), [(2, "😀 @町 RPA"), (3, "😀 @町 RPA")])
def test_a_mention_is_found_by_characters_and_by_utf16_units(index: int, words: str) -> None:
    mention = {"mentionees": [{"type": "user", "index": index, "length": 2, "isSelf": True}]}
    assert said(Writer(group=group_id()).text(words, mention=mention)) == "😀 RPA"


def test_lines_own_emoji_are_no_words() -> None:
    emojis = [{"index": 6, "length": 7, "productId": "p", "emojiId": "1"}]
    assert said(Writer().text("スマホ教室？(hello)", emojis=emojis)) == "スマホ教室？"


def test_an_event_delivered_again_is_the_same_even_without_an_id() -> None:
    event = Writer().text("RPA")
    del event["webhookEventId"]
    first, second = read_event(event), read_event(again(event))
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert first.id == second.id
    assert second.redelivered


def test_who_cannot_be_told_apart_is_not_answered_but_may_unsend() -> None:
    writer = Writer()
    text = writer.text("RPA")
    assert read_event(text | {"source": {"type": "user"}}) == PassedOver(Kind.TEXT, "malformed")
    assert isinstance(read_event(writer.unsend(text) | {"source": {}}), Incoming)


@given(st.text(min_size=1).filter(lambda t: t.isascii()), st.binary(min_size=32, max_size=32))
def test_a_token_is_read_only_with_its_key_and_for_its_event(token: str, key: bytes) -> None:
    stored = seal(token, "toin", "a", key)
    assert unseal(stored, "toin", "a", key) == token
    assert unseal(stored, "toin", "b", key) == unseal(stored, "toin", "a", key + b"0") == ""
    assert seal("", "toin", "a", key) == unseal("", "toin", "a", key) == ""
