"""What was said before is read back from the store: this town's alone, and only what still holds."""

from copy import copy
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.asking import Asking, ask
from bot.channels.web.transcript import MOST_SHOWN, exchanges, last_answer
from bot.town import TownKnowledge
from knowledge import loading, store
from knowledge.bundled import BundledTown, Located
from knowledge.entries import FacetName
from knowledge.models import Town
from tests.bot.sample import TOWN, sample_town

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def furnished(engine: Engine) -> Engine:
    entries = tuple(Located(e.content, __file__, 1) for e in sample_town().library.entries.values())  # type: ignore[arg-type]
    with store.writing(engine) as session:
        loading.load_town(session, BundledTown(TOWN, entries))
        session.add(Town(id="other", name="別町", reading="べつちょう", prefecture="県", office="町役場"))
    return engine


def talk(engine: Engine, *messages: str | FacetName) -> str:
    """The conversation after these messages."""
    conversation: str | None = None
    for one in messages:
        text, facet = (None, one) if isinstance(one, FacetName) else (one, None)
        said = ask(Asking("v", "web", text, None, facet, conversation), sample_town(), engine, NOW)
        conversation = said["conversation"]
    return conversation or ""


def with_library(**changes: object) -> TownKnowledge:
    """The sample town with another town's name or other entries."""
    library = copy(sample_town().library)
    vars(library).update(changes)
    return replace(sample_town(), library=library)


def other_town() -> TownKnowledge:
    return with_library(town=TOWN.model_copy(update={"id": "other"}))


def without(entry: str) -> TownKnowledge:
    entries = sample_town().library.entries
    return with_library(entries={key: value for key, value in entries.items() if key != entry})


def test_turns_are_told_in_their_order_with_what_was_said(furnished: Engine) -> None:
    conversation = talk(furnished, "スマホ教室はありますか", FacetName.SCHEDULE)
    told = exchanges(furnished, sample_town(), conversation)
    assert [(one.number, one.question) for one in told] == [(1, "スマホ教室はありますか"), (2, "いつから？")]
    assert [(one.entry, one.facet) for one in told[1].told] == [("smartphone-class", "schedule")]


def test_the_last_turns_of_a_long_talk_are_told(furnished: Engine) -> None:
    conversation = talk(furnished, *["RPAって何"] * (MOST_SHOWN + 2))
    assert [one.number for one in exchanges(furnished, sample_town(), conversation)] == list(range(3, MOST_SHOWN + 3))


def test_the_last_answer_is_said_again_as_it_was(furnished: Engine) -> None:
    conversation = talk(furnished, "基本方針を教えて", "3番目は？")
    said = last_answer(furnished, sample_town(), conversation)
    assert said is not None
    assert "「安心の土台」" in said["body"]
    assert (said["conversation"], said["turn"]) == (conversation, 2)


def test_what_was_no_answer_is_not_said_again(furnished: Engine) -> None:
    assert last_answer(furnished, sample_town(), talk(furnished, "スマホ教室の料金はいくらですか")) is None
    assert last_answer(furnished, sample_town(), "f" * 32) is None


def test_another_town_is_told_nothing(furnished: Engine) -> None:
    conversation = talk(furnished, "RPAって何")
    assert exchanges(furnished, other_town(), conversation) == []
    assert last_answer(furnished, other_town(), conversation) is None


def test_an_entry_that_was_withdrawn_is_neither_linked_nor_said_again(furnished: Engine) -> None:
    conversation = talk(furnished, "RPAって何")
    assert [one.told for one in exchanges(furnished, without("rpa"), conversation)] == [()]
    assert last_answer(furnished, without("rpa"), conversation) is None
