"""The HTTP API: a reply with its conversation, what is kept of it, and errors that say what to do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from bot.limits import Rate
from knowledge import store
from knowledge.models import Conversation, Inquiry, Turn, Why
from tests.bot.server import running, write_sample

ASK = "/api/v1/towns/sample/ask"
FEEDBACK = "/api/v1/towns/sample/feedback"


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[httpx.Client]:
    with running(engine, tmp_path / "towns") as client:
        yield client


def ask(client: httpx.Client, **body: Any) -> dict[str, Any]:
    response = client.post(ASK, json=body)
    assert response.status_code == 200, response.text
    said: dict[str, Any] = response.json()
    return said


def test_answers_and_goes_on_with_the_conversation(client: httpx.Client) -> None:
    first = ask(client, text="スマホ教室はありますか")
    second = ask(client, text="担当は？", conversation=first["conversation"])
    assert (first["turn"], second["turn"]) == (1, 2)
    assert second["conversation"] == first["conversation"]
    assert "企画課" in second["body"]


def test_an_unknown_conversation_starts_afresh_under_a_new_id(client: httpx.Client) -> None:
    said = ask(client, text="担当は？", conversation="f" * 32)
    assert said["conversation"] != "f" * 32
    assert said["turn"] == 1


def test_a_facet_of_the_entry_before_can_be_asked_for(client: httpx.Client) -> None:
    first = ask(client, text="スマホ教室はありますか")
    assert "schedule" in first["followups"]
    said = ask(client, facet="schedule", conversation=first["conversation"])
    assert "令和6年度" in said["body"]


def test_no_follow_up_leads_to_what_the_plan_leaves_open(client: httpx.Client) -> None:
    said = ask(client, text="書かない窓口とは何ですか")
    assert (said["kind"], said["followups"]) == ("answer", [])


def test_a_follow_up_offers_the_rest(client: httpx.Client) -> None:
    first = ask(client, text="スマホ教室はありますか")
    said = ask(client, facet="schedule", conversation=first["conversation"])
    assert said["followups"] == ["actions", "department"]


def test_none_of_these_is_recorded_for_the_staff(client: httpx.Client, engine: Engine) -> None:
    first = ask(client, text="RPAって何ですか")
    said = ask(client, choice={"turn": first["turn"], "number": 0}, conversation=first["conversation"])
    assert said["kind"] == "unknown"
    with store.reading(engine) as session:
        inquiry = session.exec(select(Inquiry)).one()
    assert (inquiry.why, inquiry.question) == (Why.NONE_OF_THESE, "RPAって何ですか")


def test_a_choice_that_was_never_offered_is_nothing_for_the_staff(client: httpx.Client, engine: Engine) -> None:
    ask(client, choice={"turn": 1, "number": 1})
    with store.reading(engine) as session:
        assert session.exec(select(Inquiry)).all() == []


def test_questions_of_one_conversation_at_once_are_all_kept(client: httpx.Client, engine: Engine) -> None:
    conversation = ask(client, text="RPAって何ですか")["conversation"]

    def one(_: int) -> tuple[str, int]:
        said = ask(client, text="スマホ教室はありますか", conversation=conversation)
        return said["conversation"], said["turn"]

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(one, range(16)))
    assert {name for name, _ in told} == {conversation}
    assert sorted(turn for _, turn in told) == list(range(2, 18))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 10_000, b'{"text": ' + b"1" * 5_000 + b"}"])
def test_what_is_no_json_is_refused_in_japanese(client: httpx.Client, content: bytes) -> None:
    response = client.post(ASK, content=content, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert "お試しください" in response.json()["message"]


def test_a_body_of_unknown_length_is_refused_before_it_is_read(client: httpx.Client) -> None:
    response = client.post(ASK, content=iter([b'{"text": "RPA"}']), headers={"Content-Type": "application/json"})
    assert response.status_code == 411


def test_another_town_neither_goes_on_with_a_conversation_nor_touches_it(engine: Engine, tmp_path: Path) -> None:
    root = tmp_path / "two"
    other = write_sample(root) / "other"
    other.mkdir()
    for name in ("town.yaml", "entries.yaml"):
        text_of = (root / "sample" / name).read_text(encoding="utf-8")
        (other / name).write_text(text_of.replace("id: sample\n", "id: other\n").replace("sample-2024", "other-2024"))
    with running(engine, root) as client:
        said = ask(client, text="スマホ教室はありますか")
        gone_on = client.post(
            "/api/v1/towns/other/ask", json={"text": "もっと詳しく", "conversation": said["conversation"]}
        ).json()
        vote = {"conversation": said["conversation"], "turn": 1, "helpful": False}
        assert client.post("/api/v1/towns/other/feedback", json=vote).status_code == 404
        client.delete(f"/api/v1/towns/other/conversations/{said['conversation']}")
        again = ask(client, text="担当は？", conversation=said["conversation"])
    assert gone_on["conversation"] != said["conversation"]
    assert gone_on["kind"] != "answer"
    assert (again["conversation"], again["turn"]) == (said["conversation"], 2)


def test_an_error_inside_is_logged_by_its_kind_alone(
    client: httpx.Client, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ask(client, text="RPAって何ですか")
    # A fault of ours, not one of the store, which would be waited for; it locks this one table and no other.
    refusing = {
        "sqlite": "CREATE TRIGGER refusing BEFORE INSERT ON inquiry BEGIN SELECT RAISE(ABORT, 'never'); END",
        "postgresql": "ALTER TABLE inquiry ADD CONSTRAINT never CHECK (false) NOT VALID",
    }
    with engine.begin() as connection:
        connection.execute(text(refusing[engine.dialect.name]))
    vote = {"conversation": said["conversation"], "turn": 1, "helpful": False, "reason": "ひみつの言葉"}
    response = client.post(FEEDBACK, json=vote)
    assert (response.status_code, response.json()["error"]) == (500, "unexpected")
    logged = "".join(capsys.readouterr())
    assert "ひみつ" not in logged
    assert said["conversation"] not in logged


def test_a_question_in_vain_is_recorded_but_at_most_twenty_times_a_day(client: httpx.Client, engine: Engine) -> None:
    for number in range(23):
        ask(client, text=f"スマホ教室の料金はいくらですか {number}")
    with store.reading(engine) as session:
        assert len(session.exec(select(Inquiry)).all()) == 20
        assert len(session.exec(select(Turn)).all()) == 23


def test_what_is_kept_is_masked(client: httpx.Client, engine: Engine) -> None:
    said = ask(client, text="電話は090-0000-1234です。RPAって何ですか")
    assert said["masked"]
    assert "090-0000-1234" not in said["text"]
    with store.reading(engine) as session:
        kept = session.exec(select(Turn)).one()
    assert "1234" not in kept.question


def test_a_second_vote_replaces_the_first(client: httpx.Client, engine: Engine) -> None:
    said = ask(client, text="RPAって何ですか")
    for helpful in (False, False, True):
        vote = {"conversation": said["conversation"], "turn": said["turn"], "helpful": helpful}
        assert client.post(FEEDBACK, json=vote).status_code == 204
    with store.reading(engine) as session:
        assert session.exec(select(Turn.helpful)).one() is True
        assert session.exec(select(Inquiry)).all() == []


def test_a_reason_is_kept_masked(client: httpx.Client, engine: Engine) -> None:
    said = ask(client, text="RPAって何ですか")
    vote = {"conversation": said["conversation"], "turn": 1, "helpful": False, "reason": "電話は090-0000-1234へ"}
    assert client.post(FEEDBACK, json=vote).status_code == 204
    with store.reading(engine) as session:
        assert "1234" not in session.exec(select(Turn.reason)).one()
        assert session.exec(select(Inquiry.why)).one() == Why.UNHELPFUL


def test_erasing_leaves_nothing_of_a_conversation(client: httpx.Client, engine: Engine) -> None:
    said = ask(client, text="スマホ教室の料金はいくらですか")
    address = f"/api/v1/towns/sample/conversations/{said['conversation']}"
    assert [client.delete(address).status_code for _ in range(2)] == [204, 204]
    with store.reading(engine) as session:
        assert [session.exec(select(t)).all() for t in (Conversation, Turn, Inquiry)] == [[], [], []]


def test_suggests_names_and_stores_nothing(client: httpx.Client, engine: Engine) -> None:
    response = client.post("/api/v1/towns/sample/suggest", json={"q": "まいなんばー"})
    assert response.json() == {"suggestions": ["マイナンバーカードの普及率"]}
    with store.reading(engine) as session:
        assert session.exec(select(Conversation)).all() == []


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"text": "あ" * 2001}, 422, "2,000文字"),
        ({}, 422, "読み取れませんでした"),
        ({"text": "a", "facet": "schedule"}, 422, "読み取れませんでした"),
        ({"text": "あ" * 20000}, 413, "短くして"),
    ],
)
def test_a_request_that_cannot_be_served_says_what_to_do(
    client: httpx.Client, body: dict[str, Any], status: int, sentence: str
) -> None:
    response = client.post(ASK, json=body)
    assert response.status_code == status
    assert sentence in response.json()["message"]


def test_an_unknown_town_is_said_to_be_unknown(client: httpx.Client) -> None:
    response = client.post("/api/v1/towns/nowhere/ask", json={"text": "RPA"})
    assert (response.status_code, response.json()["error"]) == (404, "unknown_town")


def test_too_many_questions_are_asked_to_wait(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path / "towns", rate=Rate(burst=2, per_minute=2)) as client:
        answers = [client.post(ASK, json={"text": "RPA"}) for _ in range(4)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert "少し待って" in refused[0].json()["message"]


def test_a_lone_surrogate_is_refused_in_japanese(client: httpx.Client) -> None:
    response = client.post(ASK, content=b'{"text": "RPA\\ud83d"}', headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "お試しください" in response.json()["message"]


def test_is_alive_and_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_the_description_is_off_and_headers_are_on(client: httpx.Client) -> None:
    assert client.get("/openapi.json").status_code == 404
    assert client.get("/metrics").status_code == 404
    assert "default-src 'none'" in client.get("/healthz").headers["Content-Security-Policy"]
