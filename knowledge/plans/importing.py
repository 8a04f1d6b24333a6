"""A plan's drafts into the store: one transaction, never published here, and taken back whole."""

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from knowledge.entries import EntryContent
from knowledge.models import Entry, Source, Town
from knowledge.names import fold
from knowledge.plan_models import PlanImport
from knowledge.plans.drafts import draft
from knowledge.plans.findings import Findings
from knowledge.plans.identifiers import identifier
from knowledge.publishing import begin_entry
from knowledge.revisions import entry_key, published_entries

REASON = "計画から作成"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class NothingImported(ValueError):
    """An import that cannot be made or undone; the sentence says what to do, and the store is as it was."""


@dataclass(frozen=True)
class Offered:
    """An entry as it would be drafted; `is_known` where the town has it under its id or its kind and name."""

    content: EntryContent
    is_known: bool


@dataclass(frozen=True)
class Imported:
    """What an import brought: its number, the drafts' keys, and the titles that the town had already."""

    number: int
    source_id: str
    drafted: tuple[str, ...]
    known: tuple[str, ...]


def offered(session: Session, town_id: str, findings: Findings) -> list[Offered]:
    """All that could be drafted, in the order of the plan; nothing is written."""
    known, keys = _known(session, town_id), set(session.exec(select(Entry.key).where(Entry.town_id == town_id)))
    return [
        Offered(content, entry_key(town_id, content.id) in keys or bool(_names(content) & known))
        for content in draft(findings)
    ]


def import_plan(
    session: Session,
    town_id: str,
    name: str,
    findings: Findings,
    *,
    by: str,
    period: tuple[str, str] | None = None,
    only: Collection[str] | None = None,
) -> Imported:
    """Drafts for all that was found and that the town does not know yet; `period` where the plan does not say its own.

    `only` are the ids of the entries that are wanted, None for all of them.

    What the town has already, under the same id or as a published entry of the same kind and name, is left alone and
    told. Raises NothingImported; the caller's transaction is then to be given up.
    """
    _refuse_nothing(session, town_id, name, findings)
    source, is_new = _source(session, town_id, findings, period)
    wanted = [one for one in offered(session, town_id, findings) if only is None or one.content.id in only]
    fresh = [one.content for one in wanted if not one.is_known]
    for content in fresh:
        begin_entry(session, town_id, source.id, content, author=by, reason=REASON)
    kept = PlanImport(
        town_id=town_id,
        source_id=source.id,
        new_source=is_new,
        name=name,
        entries=[entry_key(town_id, content.id) for content in fresh],
        findings=asdict(findings),
        by=by,
        created_at=datetime.now(UTC),
    )
    session.add(kept)
    session.flush()
    assert kept.id is not None  # noqa: S101  the flush gave it
    known = tuple(one.content.title for one in wanted if one.is_known)
    return Imported(kept.id, source.id, tuple(kept.entries), known)


def _refuse_nothing(session: Session, town_id: str, name: str, findings: Findings) -> None:
    """Raises NothingImported where there is no such town or nothing to draft; else keeps the town for this import."""
    if session.get(Town, town_id, with_for_update={"key_share": True}) is None:
        raise NothingImported(f"自治体「{town_id}」はありません。先に自治体を加えてください。")
    if not (findings.terms or findings.measures or findings.figures or findings.lists):
        raise NothingImported(f"「{name}」に用語も取組も見つかりません。計画の本文が入っているか確かめてください。")


def _known(session: Session, town_id: str) -> set[tuple[str, str]]:
    """Kind and folded name of everything that the town answers from, whatever its validity."""
    today = datetime.now(UTC).date()
    return {name for entry in published_entries(session, town_id, today) for name in _names(entry.content)}


def _names(content: EntryContent) -> set[tuple[str, str]]:
    return {(content.kind.value, fold(name)) for name in (content.title, *content.aliases) if fold(name)}


def _source(session: Session, town_id: str, findings: Findings, period: tuple[str, str] | None) -> tuple[Source, bool]:
    """The edition's row: the one that is there for the same title and month, else a new one."""
    period_from, period_to = period or (findings.period_from, findings.period_to)
    if not (MONTH.fullmatch(period_from) and MONTH.fullmatch(period_to) and period_from <= period_to):
        raise NothingImported(
            "計画の期間（いつからいつまで）が読み取れませんでした。--period 2024-04,2028-03 のように指定してください。"
        )
    title = findings.title or "題名の分からない計画"
    for source in session.exec(select(Source).where(Source.town_id == town_id)):
        if fold(source.title) == fold(title) and source.published == findings.published:
            return source, False
    taken = set(session.exec(select(Source.id)))
    month = findings.published or period_from
    plain = f"{town_id}-{month}"
    key = plain if plain not in taken else f"{plain}-{identifier(title, 'plan', month, ())}"[:60].rstrip("-")
    if key in taken:
        raise NothingImported(f"出典「{title}」を加えられません（id {key} が使われています）。題名を確かめてください。")
    source = Source(
        id=key,
        town_id=town_id,
        title=title,
        edition=findings.edition,
        published=findings.published,
        period_from=period_from,
        period_to=period_to,
    )
    session.add(source)
    session.flush()
    return source, True


def imports(session: Session, town_id: str) -> Sequence[PlanImport]:
    """A town's imports, newest first."""
    statement = select(PlanImport).where(PlanImport.town_id == town_id).order_by(col(PlanImport.id).desc())
    return session.exec(statement).all()


def findings_of(kept: PlanImport) -> Findings:
    """What was found at an import: the edition before, for comparing with the next."""
    return TypeAdapter(Findings).validate_python(kept.findings)
