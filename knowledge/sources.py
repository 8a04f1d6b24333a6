"""出典: what a town answers from; staff name what is no plan that the builder read, and mend what was misread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.models import Entry, Revision, Source, Town
from knowledge.names import fold

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LONGEST_TITLE = 100


class BadSource(ValueError):
    """A source that cannot be added, changed or taken away; the sentence is for staff."""


@dataclass(frozen=True)
class Standing:
    """A source, how many entries stand on it, and whether it came with the bundled knowledge.

    A bundled one follows its file at every load, so that staff set its address alone.
    """

    source: Source
    entries: int
    bundled: bool


def of_town(session: Session, town_id: str) -> Sequence[Source]:
    """A town's sources, by id."""
    return session.exec(select(Source).where(Source.town_id == town_id).order_by(col(Source.id))).all()


def standing(session: Session, source: Source) -> Standing:
    """What stands on a source."""
    own = select(func.count()).select_from(Entry).where(Entry.source_id == source.id)
    bundled = (
        select(Revision.number)
        .join(Entry, col(Entry.key) == Revision.entry_key)
        .where(Entry.source_id == source.id, col(Revision.bundled).is_(True))
        .limit(1)
    )
    return Standing(source, session.exec(own).one(), session.exec(bundled).first() is not None)


def add(session: Session, town_id: str, title: str, published: str, period: tuple[str, str]) -> Source:
    """A source of the town; months as YYYY-MM. Raises BadSource."""
    session.get_one(Town, town_id, with_for_update={"key_share": True})  # two at once would take the same id
    _check(session, town_id, "", title, published, period)
    source = Source(id=_free_id(session, town_id, published), town_id=town_id, title=title, published=published)
    source.period_from, source.period_to = period
    session.add(source)
    session.flush()
    return source


def change(session: Session, source: Source, title: str, published: str, period: tuple[str, str]) -> None:
    """Another title and other months, which replies then name. Raises BadSource, also for a bundled one."""
    if (title, published, period) == (source.title, source.published, (source.period_from, source.period_to)):
        return
    if standing(session, source).bundled:
        raise BadSource("はじめから入っている計画の名前と月は、ここでは変えられません。")
    _check(session, source.town_id, source.id, title, published, period)
    source.title, source.published = title, published
    source.period_from, source.period_to = period
    session.flush()


def discard(session: Session, source: Source) -> None:
    """Takes away a source that no entry stands on. Raises BadSource."""
    if standing(session, source).entries:
        raise BadSource("この資料をもとにした回答項目があるので、消せません。")
    session.delete(source)
    session.flush()


def _check(session: Session, town_id: str, own: str, title: str, published: str, period: tuple[str, str]) -> None:
    """A plan need not say when it was published; the period it must have."""
    if not title or len(title) > LONGEST_TITLE:
        raise BadSource(f"資料の名前は、1文字から{LONGEST_TITLE}文字までにしてください。")
    months = (published, *period) if published else period
    if not all(MONTH.fullmatch(month) for month in months) or period[0] > period[1]:
        raise BadSource("月は「2026-04」のように入力し、期間の終わりを始まりより後にしてください。")
    for known in of_town(session, town_id):
        if known.id != own and (fold(known.title), known.published) == (fold(title), published):
            raise BadSource("同じ名前と月の資料が、もうあります。")


def _free_id(session: Session, town_id: str, published: str) -> str:
    plain = f"{town_id}-own-{published}"
    taken = set(session.exec(select(Source.id).where(col(Source.id).startswith(plain, autoescape=True))))
    return next(one for number in range(1, len(taken) + 2) if (one := f"{plain}-{number}") not in taken)
