"""`annai score`: a dialog set through the production engine, and the figures that the floors speak of."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from admin.commands.ask import replies
from bot.dialogs import Verdict, figures, judge, read_dialogs
from bot.published import bare_name, from_bundled
from bot.town import TownKnowledge
from knowledge.bundled import BundledTown, Located, read_town, town_folders


def register(app: typer.Typer) -> None:
    """Add `score` to the command."""
    app.command("score")(score)


def score(
    dialogs: Annotated[Path, typer.Argument(help="質問の組（JSONL）")],
    *,
    without_phrasings: Annotated[bool, typer.Option("--without-phrasings", help="言い換えをすべて外して測る")] = False,
    semantic: Annotated[bool, typer.Option("--semantic", help="文章の意味も比べる（追加部品が必要）")] = False,
) -> None:
    """質問の組を同梱の知識で採点し、種類ごとの数字を書きます（記録はしません）。"""
    towns = bundled_towns(without_phrasings=without_phrasings, semantic=semantic)
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for dialog in read_dialogs(dialogs):
        verdict = judge(dialog, replies(dialog.turns, towns[dialog.town])[-1])
        for name in ("all", dialog.town, f"kind:{dialog.kind}"):
            groups[name].append(verdict)
    for name, verdicts in groups.items():
        print(json.dumps({"group": name, "n": len(verdicts)} | {k: round(v, 3) for k, v in figures(verdicts).items()}))


def bundled_towns(*, without_phrasings: bool = False, semantic: bool | None = None) -> Mapping[str, TownKnowledge]:
    """The towns straight from their files."""
    read = [read_town(folder) for folder in town_folders()]
    if without_phrasings:
        read = [BundledTown(one.town, tuple(map(_bare, one.entries))) for one in read]
    names = {one.town.id: bare_name(one.town.name) for one in read}
    return {
        one.town.id: from_bundled(
            one, frozenset(name for key, name in names.items() if key != one.town.id), semantic=semantic
        )
        for one in read
    }


def _bare(located: Located) -> Located:
    facets = tuple(facet.model_copy(update={"phrasings": ()}) for facet in located.content.facets)
    content = located.content.model_copy(update={"phrasings": (), "facets": facets})
    return Located(content, located.file, located.line)
