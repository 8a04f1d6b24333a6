"""`annai ask`: the production engine on the command line; it records no turn, inquiry or count."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer

from bot.context import Context
from bot.rendering import as_json
from bot.responder import respond
from bot.town import TownKnowledge


def register(app: typer.Typer) -> None:
    """Add `ask` to the command."""
    app.command("ask")(ask)


def ask(
    question: Annotated[str, typer.Argument(help="質問")] = "",
    town: Annotated[str, typer.Option("--town", help="自治体の id（例：toin）")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="標準入力の JSON を一行ずつ読み、答えを一行ずつ書く")] = False,
) -> None:
    """質問に答えます（記録はしません）。"""
    from admin.commands import serving  # noqa: PLC0415  the store is only opened where it is needed

    if jsonl:
        for line in answers(sys.stdin, serving.open_towns()):
            print(line)
        return
    try:
        known = serving.open_town(town)
    except serving.NoSuchTown as no:
        ids = "、".join(no.args)
        print(f"自治体「{town}」はありません。--town に次のどれかを入れてください：{ids}", file=sys.stderr)
        raise typer.Exit(2) from None
    if not question:
        print("質問を入れてください。例：annai ask --town toin スマホ教室はありますか", file=sys.stderr)
        raise typer.Exit(2)
    print(replies([question], known)[0]["text"])


def replies(turns: Iterable[str], town: TownKnowledge) -> list[dict[str, Any]]:
    """One conversation's replies, one a turn, in the contract's form."""
    context, told = Context(), []
    for turn in turns:
        outcome = respond(turn, context, town)
        context = outcome.context
        told.append(as_json(outcome.reply, town.office, masked=outcome.masked, english=outcome.english))
    return told


def answers(lines: Iterable[str], towns: Mapping[str, TownKnowledge]) -> Iterator[str]:
    """`{"id","town","turns"}` lines as `{"id","replies"}` lines; a broken line ends it with a sentence."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            town, turns = towns[case["town"]], case["turns"]
            if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            print(f'{number}行目を読めません。{{"id","town","turns":[…]}} の形で書いてください。', file=sys.stderr)
            raise typer.Exit(2) from None
        yield json.dumps({"id": case.get("id"), "replies": replies(turns, town)}, ensure_ascii=True)
