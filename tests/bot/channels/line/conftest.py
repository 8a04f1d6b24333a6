"""The stand-in platform, and the app that answers it, on each database."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from tests.bot.channels.line.server import answering
from tests.line_platform.platform import Platform, running_platform


@pytest.fixture
def platform() -> Iterator[Platform]:
    """The platform; whatever else happens, we send nothing that it refuses for its form, and nothing but replies."""
    with running_platform() as platform:
        yield platform
        assert platform.refused == []
        assert platform.forbidden == []


@pytest.fixture
def client(engine: Engine, tmp_path: Path, platform: Platform) -> Iterator[httpx.Client]:
    """A client of the app, whose town has an account at the platform."""
    with answering(engine, tmp_path / "towns", platform) as client:
        yield client
