"""Dialog sets: questions with the facts that a right reply holds; how replies are judged and counted."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Verdict = Literal["right", "offered", "wrong", "declined", "held", "false_answer"]
MOST_CHOICES = 3


@dataclass(frozen=True)
class Dialog:
    """One conversation of a set; the reply to its last turn is judged."""

    id: str
    town: str
    kind: str
    turns: tuple[str, ...]
    expect: Literal["answer", "decline"]
    facts: tuple[tuple[str, ...], ...]
    forbid: tuple[str, ...]


def read_dialogs(path: Path) -> list[Dialog]:
    """The dialogs of a JSONL file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Dialog(
            row["id"],
            row["town"],
            row["kind"],
            tuple(row["turns"]),
            row["expect"],
            tuple(tuple(group) for group in row.get("facts", ())),
            tuple(row.get("forbid", ())),
        )
        for row in rows
    ]


def plain(text: str | None) -> str:
    """NFKC, lower case, no white space: how facts are sought."""
    return "".join(unicodedata.normalize("NFKC", text or "").lower().split())


def informs(body: str | None, dialog: Dialog) -> bool:
    """Whether a body holds every fact."""
    said = plain(body)
    return all(any(plain(alternative) in said for alternative in group) for group in dialog.facts)


def judge(dialog: Dialog, reply: Mapping[str, Any]) -> Verdict:
    """The verdict on the last reply, in the contract's form."""
    choices: Sequence[Mapping[str, str]] = reply.get("choices") or ()
    said = [reply.get("text"), reply.get("body"), *(c[k] for c in choices for k in ("label", "body"))]
    clean = not any(plain(word) in plain(text) for word in dialog.forbid for text in said)
    if dialog.expect == "decline":
        return "held" if reply["kind"] != "answer" and clean else "false_answer"
    if reply["kind"] == "answer":
        return "right" if informs(reply.get("body"), dialog) and clean else "wrong"
    if reply["kind"] == "choices" and any(informs(c["body"], dialog) for c in choices[:MOST_CHOICES]):
        return "offered"
    return "declined"


def figures(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """The shares that the floors speak of."""
    count = Counter(verdicts)
    answerable = max(1, count["right"] + count["offered"] + count["wrong"] + count["declined"])
    unanswerable = max(1, count["held"] + count["false_answer"])
    return {
        "right": count["right"] / answerable,
        "right_or_offered": (count["right"] + count["offered"]) / answerable,
        "wrong": count["wrong"] / answerable,
        "false_answer": count["false_answer"] / unanswerable,
    }
