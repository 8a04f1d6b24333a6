"""`annai rank`, `annai tune` and `annai bench`: the production search on any FAQ collection."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from admin.commands.score import bundled_towns
from bot.calibration import at, fit, held_out, keep_confidence, samples
from bot.dialogs import read_dialogs
from bot.settings import settings
from knowledge import benchmark, lexicon, tuning, weights
from knowledge.bundled import read_town, town_folders
from knowledge.collections import CollectionError, read_collection, read_documents, read_queries, run_lines
from knowledge.documents import Document
from knowledge.index import Index
from knowledge.lexicon import LexiconError
from knowledge.semantic import SemanticError, SemanticIndex

CorpusFolder = Annotated[Path | None, typer.Option("--corpus", help="評価用の FAQ のフォルダー（BEIR の形）")]
LIMITS = (0.3, 0.4, 0.5, 0.6)
Cases = list[tuple[Sequence[Document], Sequence[str]]]


def register(app: typer.Typer) -> None:
    """Add `rank`, `tune` and `bench` to the command."""
    app.command("rank")(rank)
    app.command("tune")(tune)
    app.command("bench")(bench)


def rank(
    corpus: Annotated[Path, typer.Option("--corpus", help="FAQ の一覧（BEIR の corpus.jsonl）")],
    queries: Annotated[Path, typer.Option("--queries", help="質問の一覧（BEIR の queries.jsonl）")],
    depth: Annotated[int, typer.Option("--depth", min=1, help="質問ごとに何件まで")] = 10,
    semantic: Annotated[bool, typer.Option("--semantic", help="文章の意味も比べる（追加部品が必要）")] = False,
) -> None:
    """FAQ を質問ごとに並べ、TREC の形で書きます。"""
    with said_plainly():
        build = SemanticIndex.build if semantic else Index.build
        asked = read_queries(queries)
        index = build(read_documents(corpus), lexicon.bundled(), weights.load("collection"))
        for query in asked:
            for line in run_lines(query.key, ((match.key, match.score) for match in index.rank(query.text, depth))):
                print(line)


def tune(
    corpus: CorpusFolder = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="どの順位も変えない辞書のグループを挙げる")] = False,
    questions: Annotated[Path | None, typer.Option("--questions", help="町への質問（turns のある jsonl）")] = None,
    dialogs: Annotated[list[Path] | None, typer.Option("--dialogs", help="町への質問の組（何度でも）")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="重みを書き換えない")] = False,
) -> None:
    """検索の重みを評価用の FAQ に合わせます。--dialogs なら、返事の確からしさを質問の組に合わせます。"""
    if dialogs:
        calibrate(dialogs, write=not dry_run)
        return
    with said_plainly():
        collection = read_collection(folder_of(corpus))
        if ablate:
            cases: Cases = [(collection.documents, [query.text for query in collection.queries])]
            for group in idle(cases + town_cases(questions)):
                print(f"{group.place}\t{'、'.join(group.words)}")
            return
        found = tuning.fit_collection(collection, lexicon.bundled(), weights.load("collection"))
        print(f"nDCG@10　合わせた質問で {found.fitted:.4f}　{tuning.FOLDS}分割で取り置いた質問で {found.held_back:.4f}")
        if not dry_run:
            weights.save(found.weights, weights.path_of("collection"))


def calibrate(paths: list[Path], *, write: bool) -> None:
    """Fits the confidence on dialog sets; prints what each answer limit gives with folds held out."""
    rows = samples([dialog for path in paths for dialog in read_dialogs(path)], bundled_towns())
    chances = held_out(rows)
    for limit in LIMITS:
        print(json.dumps(at(limit, rows, chances)))
    fitted = fit(rows)
    print(json.dumps({"confidence": fitted, "n": len(rows)}))
    if write:
        keep_confidence(fitted)


def bench(
    corpus: CorpusFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で書く")] = False,
    sizes: Annotated[list[int] | None, typer.Option("--size", min=1, help="件数（何度でも）")] = None,
) -> None:
    """検索の時間・メモリー・質を測ります（合否は決めません）。"""
    with said_plainly():
        collection = read_collection(folder_of(corpus))
        figures = benchmark.run(collection, lexicon.bundled(), weights.load("collection"), sizes or benchmark.SIZES)
    print(json.dumps(figures, ensure_ascii=False, indent=None if as_json else 1))


def folder_of(corpus: Path | None) -> Path:
    """The given folder, or the one that ANNAI_EVALUATION names; raises CollectionError."""
    if corpus is not None:
        return corpus
    evaluation = settings().evaluation
    if not evaluation:
        raise CollectionError("--corpus か ANNAI_EVALUATION で、評価用の FAQ のフォルダーを示してください。")
    return Path(evaluation) / "localgovfaq"


def idle(cases: Cases) -> list[lexicon.Group]:
    """Lexicon groups that change no ranking of collections and towns under their own weights."""
    groups = list(lexicon.load())
    for kind, wanted in (("collection", False), ("town", True)):
        chosen = [case for case in cases if any(document.phrasings for document in case[0]) == wanted]
        left = {group.place for group in tuning.idle_groups(chosen, lexicon.load(), weights.load(kind))}
        groups = [group for group in groups if group.place in left]
    return groups


def town_cases(questions: Path | None) -> Cases:
    """The bundled towns with the questions of a jsonl, and with each of their phrasings left out and asked."""
    from bot.published import from_bundled  # noqa: PLC0415  only an ablation needs the towns

    cases: Cases = []
    for folder in town_folders():
        town = read_town(folder)
        documents = from_bundled(town).library.index.documents
        cases.append((documents, list(asked_of(questions, town.town.id)) if questions else []))
        cases += tuning.without_each_phrasing(documents)
    return cases


def asked_of(path: Path, town: str) -> Iterator[str]:
    """All turns that a jsonl of `{"town","turns"}` asks of one town."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["town"] == town:
            yield from case["turns"]


@contextmanager
def said_plainly() -> Iterator[None]:
    """What the operator can mend is said in one sentence, and the command fails."""
    try:
        yield
    except (CollectionError, LexiconError, SemanticError, benchmark.BenchmarkError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
