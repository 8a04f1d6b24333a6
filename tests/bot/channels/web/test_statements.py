"""What is kept of residents and what was tested is said as it is."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.channels.web import statements
from knowledge import loading, publishing, store
from knowledge.models import Town
from tests.bot.server import running, write_sample
from tests.pages import Pages


@pytest.fixture
def staffed(any_engine: Engine, tmp_path: Path) -> Engine:
    loading.load_all(any_engine, write_sample(tmp_path / "towns"))
    with store.writing(any_engine) as session:
        town = session.get_one(Town, "sample")
        town.retention_days, town.telephone = 30, "0480-00-0000"
        publishing.move_town(session, "sample")
    return any_engine


def test_says_how_long_words_are_kept_and_whom_to_ask(staffed: Engine, tmp_path: Path) -> None:
    with running(staffed, tmp_path / "towns") as client:
        page = Pages(client).get("/t/sample/privacy")
    assert "30日たつと、自動で消えます" in page.text
    assert "tel:0480-00-0000" in page.links


def test_names_the_privacy_contact_where_staff_entered_one(staffed: Engine, tmp_path: Path) -> None:
    with store.writing(staffed) as session:
        session.get_one(Town, "sample").privacy_contact = "総務課 somu@example.lg.jp"
        publishing.move_town(session, "sample")
    with running(staffed, tmp_path / "towns") as client:
        page = Pages(client).get("/t/sample/privacy")
    assert "総務課" in page.text
    assert "mailto:somu@example.lg.jp" in page.links


def test_says_what_was_tested_with_what_and_when_and_what_was_not(staffed: Engine, tmp_path: Path) -> None:
    with running(staffed, tmp_path / "towns") as client:
        page = Pages(client).get("/t/sample/accessibility")
    found = statements.tested()
    assert found["tested"] and found["untested"]
    assert all(test["what"] in page.text and test["with"] in page.text for test in found["tested"])
    assert all(what in page.text for what in found["untested"])
    assert "表明しません" in page.text
    assert "tel:0480-00-0000" in page.links
