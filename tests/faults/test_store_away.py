"""Whatever becomes of the store, residents are answered from the last good index, and their turns are written later."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY
from sqlalchemy import Engine
from sqlmodel import select

from bot import conversations
from knowledge import patience, store
from knowledge.models import Conversation, Inquiry, Turn
from tests.bot.server import BOUND, running
from tests.faults import breaking

TOWN = "/api/v1/towns/sample"
IN_VAIN = "火星の天気は?"
Fault = Callable[[Engine], AbstractContextManager[None]]
FAULTS = (breaking.away, breaking.read_only, breaking.locked)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "MOST_SECONDS", 0.5)
    monkeypatch.setattr(store, "BUSY_SECONDS", 1)
    monkeypatch.setattr(patience, "PING_SECONDS", 1.0)
    monkeypatch.setitem(patience.ARGUMENTS, "connect_timeout", 2)


@pytest.fixture
def database_url(database_url: str, tmp_path: Path) -> str:
    """SQLite's file in a folder that can go away."""
    if (file := tmp_path / "annai.db").exists():
        (tmp_path / "disk").mkdir()
        file.rename(tmp_path / "disk/annai.db")
    return database_url.replace(f"{tmp_path}/", f"{tmp_path}/disk/")


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[httpx.Client]:
    with running(engine, tmp_path / "towns") as client:
        yield client


def ask(client: httpx.Client, **body: Any) -> dict[str, Any]:
    response = client.post(f"{TOWN}/ask", json=body)
    assert response.status_code == 200, response.text
    said: dict[str, Any] = response.json()
    return said


def rows(engine: Engine, table: Any) -> list[Any]:
    with store.reading(engine) as session:
        return list(session.exec(select(table)).all())


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.05)


def counted(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0.0


def written(engine: Engine, turns: int) -> list[Turn]:
    wait_for(lambda: counted("annai_backlog_turns") == 0 and len(rows(engine, Turn)) >= turns)
    return sorted(rows(engine, Turn), key=lambda turn: turn.number)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_residents_are_answered_and_their_turns_are_written_later(
    client: httpx.Client, engine: Engine, fault: Fault
) -> None:
    dropped = counted("annai_turns_unstored_total")
    with fault(engine):
        first = ask(client, text="スマホ教室はありますか")
        second = ask(client, text="担当は？", conversation=first["conversation"])
        third = ask(client, text=IN_VAIN, conversation=first["conversation"])
        assert "企画課" in second["body"], "the conversation goes on with its context"
        assert [first["turn"], second["turn"], third["turn"]] == [1, 2, 3]
        assert client.get("/readyz").status_code == 200
    turns = written(engine, 3)
    assert {turn.conversation_id for turn in turns} == {first["conversation"]}
    assert [turn.question for turn in turns] == ["スマホ教室はありますか", "担当は?", IN_VAIN]
    assert [inquiry.question for inquiry in rows(engine, Inquiry)] == [IN_VAIN]
    assert counted("annai_turns_unstored_total") == dropped
    assert ask(client, text="いつから？", conversation=first["conversation"])["turn"] == 4


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_stands_still_costs_one_resident_some_seconds(client: httpx.Client, engine: Engine) -> None:
    with breaking.still(engine):
        talks = [
            ask(client, text="スマホ教室はありますか") for _ in range(3)
        ]  # an answer that never came would fail here
        assert all("スマホ教室を開く" in said["body"] for said in talks)
    assert {turn.conversation_id for turn in written(engine, 3)} == {said["conversation"] for said in talks}


@pytest.mark.parametrize("fault", [breaking.read_only, breaking.locked], ids=lambda fault: fault.__name__)
def test_a_conversation_from_before_goes_on_where_it_can_still_be_read(
    client: httpx.Client, engine: Engine, fault: Fault
) -> None:
    if engine.dialect.name == "postgresql" and fault is breaking.locked:
        return  # a table that is locked cannot be read either
    first = ask(client, text="スマホ教室はありますか")
    with fault(engine):
        second = ask(client, text="担当は？", conversation=first["conversation"])
        assert "企画課" in second["body"]
        assert (second["conversation"], second["turn"]) == (first["conversation"], 2)
    assert [turn.number for turn in written(engine, 2)] == [1, 2]


def test_a_vote_is_kept_too_and_an_erasure_is_never_only_said(client: httpx.Client, engine: Engine) -> None:
    with breaking.away(engine):
        liked, gone = ask(client, text="スマホ教室はありますか"), ask(client, text=IN_VAIN)
        vote = {"conversation": liked["conversation"], "turn": 1, "helpful": True}
        assert client.post(f"{TOWN}/feedback", json=vote).status_code == 204
        refused = client.delete(f"{TOWN}/conversations/{gone['conversation']}")
        assert (refused.status_code, refused.json()["error"]) == (503, "not_erased")
    assert [turn.helpful for turn in written(engine, 1)] == [True]
    assert rows(engine, Inquiry) == [], "what waited of the erased conversation is gone at once"


def test_the_page_without_a_script_answers_votes_and_says_what_it_cannot_do(
    client: httpx.Client, engine: Engine
) -> None:
    with breaking.away(engine):
        page = client.post("/t/sample", data={"text": "スマホ教室はありますか"})
        assert "スマホ教室を開く" in page.text
        (conversation,) = set(re.findall(r'name="conversation" value="([0-9a-f]{32})"', page.text))
        page = client.post("/t/sample", data={"text": "担当は？", "conversation": conversation})
        assert "企画課" in page.text
        vote = {"conversation": conversation, "turn": "2", "helpful": "yes"}
        assert client.post("/t/sample/feedback", data=vote).status_code == 200
        erased = client.post("/t/sample/erase", data={"conversation": conversation})
        assert erased.status_code == 503 and "消せません" in erased.text
    wait_for(lambda: counted("annai_backlog_turns") == 0)
    assert client.post("/t/sample/erase", data={"conversation": conversation}).status_code == 200
    assert rows(engine, Conversation) == []


def test_what_does_not_fit_into_memory_is_counted(engine: Engine, tmp_path: Path) -> None:
    before = counted("annai_turns_unstored_total"), counted("annai_backlog_kept_total")
    with running(engine, tmp_path / "towns", most_kept=2) as client, breaking.away(engine):
        for _ in range(5):
            ask(client, text="スマホ教室はありますか")
        assert counted("annai_backlog_turns") == 2
    assert counted("annai_turns_unstored_total") == before[0] + 3
    assert counted("annai_backlog_kept_total") == before[1] + 2
    assert len(rows(engine, Turn)) == 2, "a process that ends writes what it still can"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_loses_nothing_while_there_is_memory(client: httpx.Client, engine: Engine) -> None:
    with breaking.disk_full(engine):
        talks = [ask(client, text="スマホ教室はありますか") for _ in range(60)]  # more than the last pages hold
        assert all("スマホ教室を開く" in said["body"] for said in talks)
        assert counted("annai_backlog_turns") > 0
    assert {turn.conversation_id for turn in written(engine, 60)} == {said["conversation"] for said in talks}


def test_a_table_that_is_missing_is_counted_as_lost_and_waited_for_by_nobody(
    client: httpx.Client, engine: Engine
) -> None:
    before = counted("annai_turns_unstored_total")
    with store.unreferenced(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE turn RENAME TO gone")
    assert "スマホ教室を開く" in ask(client, text="スマホ教室はありますか")["body"]
    assert counted("annai_turns_unstored_total") == before + 1
    assert counted("annai_backlog_turns") == 0
