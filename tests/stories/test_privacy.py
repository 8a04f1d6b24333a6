"""The table of what is kept names every table of the database, and an erasure reaches all that hold a conversation."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlmodel
from sqlalchemy import Engine, inspect, select, text

from bot import conversations
from knowledge import backup, loading, retention, store
from knowledge.accounts import AuditRow, OneTimeLink, Staff
from knowledge.curation import EntryFile
from knowledge.line_models import LineEvent, LineTalk
from knowledge.models import Conversation
from knowledge.plan_models import PlanExamination, PlanUpload
from tests.bot.server import running, write_sample

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)
ASK = "/api/v1/towns/sample/ask"


def described() -> dict[str, list[str]]:
    """The rows of docs/privacy.md by table."""
    found = ROW.findall((ROOT / "docs/privacy.md").read_text(encoding="utf-8"))
    assert len(found) == len(dict(found)), "a table stands there twice"
    return {name: [cell.strip() for cell in rest.split("|")] for name, rest in found}


def test_every_table_is_described_and_every_described_table_exists(engine: Engine) -> None:
    tables = set(inspect(engine).get_table_names()) - {"alembic_version"}
    assert described().keys() == tables


def test_every_row_says_what_for_how_long_and_how_it_is_erased() -> None:
    assert {len(cells) for cells in described().values()} == {4}
    assert all(all(cells) for cells in described().values())


def test_the_table_is_linked_where_it_is_looked_for() -> None:
    assert "docs/privacy.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "privacy.md" in (ROOT / "docs/operation.md").read_text(encoding="utf-8")


def test_an_erasure_reaches_every_table_that_holds_the_conversation(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns") as client:
        said = client.post(ASK, json={"text": "火星の天気は？"}).json()
        conversation = said["conversation"]
        client.post(ASK, json={"text": "スマホ教室はありますか", "conversation": conversation})
        vote = {"conversation": conversation, "turn": 2, "helpful": False, "reason": "遠い"}
        assert client.post("/api/v1/towns/sample/feedback", json=vote).status_code == 204
        assert held(engine, conversation) == {"conversation", "turn", "inquiry"}
        assert client.delete(f"/api/v1/towns/sample/conversations/{conversation}").status_code == 204
        assert held(engine, conversation) == set()


def test_an_erasure_reaches_what_came_over_line(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    conversation, now = "c" * 32, datetime.now(UTC)
    with store.writing(engine) as session:
        kept = {"town_id": "sample", "channel": "line", "created_at": now, "last_at": now, "state": {}}
        session.add(Conversation(id=conversation, **kept))
        session.flush()
        session.add(LineTalk(town_id="sample", talk="t", conversation_id=conversation, last_at=now, free_at=now))
        times = {"sent_at": now, "received_at": now, "expires_at": now}
        said = {"text": "伏せた言葉"}
        event = LineEvent(town_id="sample", id="e", kind="text", said=said, conversation_id=conversation, **times)
        session.add(event)
    assert held(engine, conversation) == {"conversation", "line_event", "line_talk"}
    conversations.erase(engine, "sample", conversation)
    assert held(engine, conversation) == set()
    with store.reading(engine) as session:
        assert session.exec(sqlmodel.select(LineEvent)).one().said == {}


def test_what_is_said_to_end_by_itself_does(engine: Engine, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with running(engine, tmp_path / "towns") as client:
        talk = client.post(ASK, json={"text": "火星の天気は？"}).json()["conversation"]
    with store.writing(engine) as session:
        for each in _left_behind(talk, now):
            session.add(each)
            session.flush()
    promised = {table for table, row in described().items() if re.search("(?:^|。)期限で自動", row[3])}
    assert len(promised) > 9
    assert promised - filled(engine) == set(), "nothing to see them end by"
    retention.purge(engine, now + timedelta(days=731))
    assert promised & filled(engine) == set()


def _left_behind(talk: str, now: datetime) -> list[sqlmodel.SQLModel]:
    """What a resident on LINE and a clerk leave in each table that empties itself."""
    times = {"sent_at": now, "received_at": now, "expires_at": now}
    file = {"town_id": "sample", "name": "n", "content": b"c", "by": "職員", "created_at": now}
    return [
        LineTalk(town_id="sample", talk="t", conversation_id=talk, last_at=now, free_at=now),
        LineEvent(town_id="sample", id="e", kind="text", **times),
        PlanUpload(id=1, **file),
        PlanExamination(upload_id=1, state="waiting"),
        EntryFile(**file),
        Staff(id=1, town_id="sample", account="sample/a", login="a", name="職員", role="viewer", created_at=now),
        OneTimeLink(token_hash="h", staff_id=1, purpose="invitation", ends_at=now),
        AuditRow(at=now, town_id="sample", action="x"),
    ]


def filled(engine: Engine) -> set[str]:
    """The tables in which something stands."""
    with engine.connect() as connection:
        return {one.name for one in backup.tables(connection) if connection.execute(select(one).limit(1)).first()}


def held(engine: Engine, conversation: str) -> set[str]:
    """The tables in any column of which the conversation's id stands."""
    found = set()
    with engine.connect() as connection:
        for table in backup.tables(connection):
            rows = connection.execute(select(text("*")).select_from(table)).all()
            if any(conversation in str(value) for row in rows for value in row):
                found.add(table.name)
    return found
