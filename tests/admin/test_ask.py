"""`annai ask --jsonl`: one reply a turn, each line a fresh conversation, in the contract's form."""

import io
import json

import pytest
import typer

from admin.commands.ask import answers
from tests.bot.sample import sample_town

TOWNS = {"sample": sample_town()}
FIELDS = {"kind", "notice", "body", "text", "parts", "confidence", "choices", "masked"}


def ask(*cases: object) -> list[dict[str, object]]:
    lines = io.StringIO("\n".join(json.dumps(case) for case in cases))
    return [json.loads(line) for line in answers(lines, TOWNS)]


def test_writes_one_reply_a_turn() -> None:
    (told,) = ask({"id": "a", "town": "sample", "turns": ["スマホ教室はありますか", "担当は？"]})
    replies = told["replies"]
    assert isinstance(replies, list)
    assert [reply["kind"] for reply in replies] == ["answer", "answer"]
    assert all(set(reply) >= FIELDS for reply in replies)


def test_each_line_is_a_fresh_conversation() -> None:
    told = ask(
        {"id": "a", "town": "sample", "turns": ["スマホ教室はありますか"]},
        {"id": "b", "town": "sample", "turns": ["もっと詳しく"]},
    )
    assert told[1]["id"] == "b"
    replies = told[1]["replies"]
    assert isinstance(replies, list)
    assert replies[0]["kind"] != "answer"


def test_a_lone_surrogate_comes_through() -> None:
    (told,) = ask({"id": "a", "town": "sample", "turns": ["\ud83d"]})
    assert told["replies"]


@pytest.mark.parametrize("line", ["{", '{"id": 1}', '{"town": "nowhere", "turns": []}', "[]"])
def test_a_broken_line_is_named(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        list(answers([line], TOWNS))
    assert "1行目" in capsys.readouterr().err
