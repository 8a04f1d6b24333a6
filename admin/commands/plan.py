"""`annai plan`: what the builder finds in a plan; compared with the knowledge or an edition before; imported."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from admin.commands.plan_report import report
from admin.commands.plan_towns import entries_of, name_of, opened_store
from knowledge import store
from knowledge.days import today
from knowledge.plans import coverage, editions, importing, isolation, undoing
from knowledge.plans.progress import Progress as Heard

BY = "annai plan"
TWO = 2


def register(app: typer.Typer) -> None:
    """Add `plan` to the command."""
    app.command("plan")(plan)


def plan(
    files: Annotated[list[Path] | None, typer.Argument(help="計画のファイル（--diff では 古い版 新しい版）")] = None,
    *,
    town: Annotated[str, typer.Option("--town", help="自治体の id（例：toin）")] = "",
    as_data: Annotated[bool, typer.Option("--json", help="見つけたものを JSON で書く")] = False,
    cover: Annotated[bool, typer.Option("--coverage", help="町の知識と見比べる（--town が要る）")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="二つの版を見比べる")] = False,
    mark: Annotated[bool, typer.Option("--mark", help="--diff で変わった回答項目を、職員の確認待ちに入れる")] = False,
    bring: Annotated[bool, typer.Option("--import", help="下書きとして取り込む（--town が要る）")] = False,
    period: Annotated[str, typer.Option("--period", help="計画の期間（例：2024-04,2028-03。読み取れないとき）")] = "",
    undo: Annotated[int, typer.Option("--undo", help="取り込みの番号。その取り込みをまるごと取り消す")] = 0,
) -> None:
    """計画の文書から、用語・取組・数値・一覧を見つけます。取り込むと、職員が確かめる下書きになります。"""
    given = files or []
    if undo:
        _undo(undo)
    elif len(given) != (TWO if diff else 1):
        _refuse("計画のファイルを一つ指定してください。例：annai plan 計画.pdf（--diff では 古い版 新しい版 の二つ）")
    elif (cover or bring or mark) and not town:
        _refuse("--town に自治体の id を入れてください。例：--town toin")
    elif diff:
        _diff(given[0], given[1], town, as_data=as_data, mark=mark)
    elif cover:
        _cover(given[0], town, as_data=as_data)
    elif bring:
        _import(given[0], town, period)
    else:
        _show(given[0], town, as_data=as_data)


def _show(path: Path, town: str, *, as_data: bool) -> None:
    from knowledge.plans.finding import as_json  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415  its dictionaries are of no use to other commands

    examined = _examined(path, town)
    print(_data(as_json(examined.findings)) if as_data else report("plan", examined=examined))


def _examined(path: Path, town: str) -> isolation.Examined:
    """The file examined in the child process, with a bar on a terminal."""
    data = path.read_bytes()
    with _bar(path.name) as heard:
        return isolation.examine(path.name, data, name_of(town) if town else "", heard)


@contextmanager
def _bar(name: str) -> Iterator[Heard]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(f"{name} を読んでいます", total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)


def _cover(path: Path, town: str, *, as_data: bool) -> None:
    examined = _examined(path, town)
    text = "\n".join(line.text for line in examined.document.lines)
    compared = coverage.compare(examined.findings, entries_of(town), text)
    if as_data:
        print(_data(coverage.as_json(compared)))
    else:
        print(report("coverage", coverage=compared, town=name_of(town)))


def _diff(old: Path, new: Path, town: str, *, as_data: bool, mark: bool) -> None:
    compared = editions.compare(_examined(old, town).findings, _examined(new, town).findings)
    known = {entry.id: entry for entry in entries_of(town)} if town else {}
    touched = editions.touched(compared, known.values())
    marked: list[str] = []
    if mark:
        with opened_store() as engine, store.writing(engine) as session:
            marked = editions.mark_for_confirmation(session, town, compared, today())
    if as_data:
        print(_data({**asdict(compared), "touched": sorted(touched)}))
    else:
        titles = {known[key].title: changes for key, changes in touched.items()}
        print(report("editions", editions=compared, touched=titles, town=town, marked=marked, asked=mark))


def _import(path: Path, town: str, period: str) -> None:
    first, _, last = period.partition(",")
    with opened_store() as engine:
        examined = _examined(path, town)
        with store.writing(engine) as session:
            brought = importing.import_plan(
                session, town, path.name, examined.findings, by=BY, period=(first, last) if period else None
            )
    print(report("imported", brought=brought, findings=examined.findings))


def _undo(number: int) -> None:
    with opened_store() as engine, store.writing(engine) as session:
        print(report("undone", number=number, undone=undoing.undo(session, number)))


def _data(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise typer.Exit(2)
