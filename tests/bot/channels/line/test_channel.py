"""Every type of event over HTTP, from LINE's stand-in to the answer that a resident sees."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge import store
from knowledge.line_models import LineEvent
from tests.bot.channels.line.server import answering, ended
from tests.line_platform.events import Writer, again, group_id
from tests.line_platform.platform import Platform, deliver, running_platform, signed, text_of, until


@pytest.fixture
def platform() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform
        assert platform.refused == []
        assert platform.forbidden == []


@pytest.fixture
def client(engine: Engine, tmp_path: Path, platform: Platform) -> Iterator[httpx.Client]:
    with answering(engine, tmp_path / "towns", platform) as client:
        yield client


def test_answers_a_text_and_goes_on_with_the_conversation(
    client: httpx.Client, platform: Platform, engine: Engine
) -> None:
    writer = Writer()
    first, second = writer.text("スマホ教室はありますか"), writer.text("担当は？")
    assert deliver(client, platform, first, second).status_code == 200
    ended(engine, 2)
    assert platform.order(writer.user) == [first["webhookEventId"], second["webhookEventId"]]
    assert "企画課" in text_of(platform.answers(second)[0])
