"""出典 that staff name themselves, where what they answer from is no plan that the builder read."""

import re

from sqlmodel import Session, col, select

from knowledge.models import Source, Town
from knowledge.names import fold

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LONGEST_TITLE = 100


class BadSource(ValueError):
    """A source that cannot be added; the sentence is for staff."""


def add(session: Session, town_id: str, title: str, published: str, period: tuple[str, str]) -> Source:
    """A source of the town; months as YYYY-MM. Raises BadSource."""
    if not title or len(title) > LONGEST_TITLE:
        raise BadSource(f"資料の名前は、1文字から{LONGEST_TITLE}文字までにしてください。")
    if not all(MONTH.fullmatch(month) for month in (published, *period)) or period[0] > period[1]:
        raise BadSource("月は「2026-04」のように入力し、期間の終わりを始まりより後にしてください。")
    session.get_one(Town, town_id, with_for_update={"key_share": True})  # two at once would take the same id
    for known in session.exec(select(Source).where(Source.town_id == town_id)):
        if (fold(known.title), known.published) == (fold(title), published):
            raise BadSource("同じ名前と月の資料が、もうあります。")
    source = Source(id=_free_id(session, town_id, published), town_id=town_id, title=title, published=published)
    source.period_from, source.period_to = period
    session.add(source)
    session.flush()
    return source


def _free_id(session: Session, town_id: str, published: str) -> str:
    plain = f"{town_id}-own-{published}"
    taken = set(session.exec(select(Source.id).where(col(Source.id).startswith(plain, autoescape=True))))
    return next(one for number in range(1, len(taken) + 2) if (one := f"{plain}-{number}") not in taken)
