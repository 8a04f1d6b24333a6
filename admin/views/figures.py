"""集計: questions and how they ended, over a span of days; as charts, tables and files, without residents' words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select
from starlette.responses import Response

from admin import charts
from admin.charts import Chart
from admin.desk import Desk
from admin.forms import sentence
from admin.roles import Role
from admin.routes import TOWN, Pages
from knowledge import usage_files
from knowledge.days import today
from knowledge.models import Entry
from knowledge.usage import KINDS, Span, Usage, usage

pages = Pages()
HERE = f"{TOWN}/figures"
PAGE = "figures/show.html.j2"
DAYS = 30  # shown at first
MOST_DAYS = 1_100  # three years
MONTHLY_FROM = 93  # days from which columns are months
FISCAL_MONTH = 4
TYPES = {
    "csv": ("text/csv; charset=utf-8", usage_files.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", usage_files.as_excel),
}


@dataclass(frozen=True)
class Asked:
    """The days that the address asks for, and what is wrong with them."""

    span: Span
    problem: str = ""


@pages.get(HERE, Role.VIEWER)
def get_figures(desk: Desk) -> Response:
    """The figures of a span: the last thirty days unless another is chosen."""
    asked = _asked(desk)
    found = usage(desk.session, desk.here.id, asked.span)
    titles = _titles(desk.session, desk.here.id)
    return desk.page(
        PAGE,
        422 if asked.problem else 200,
        problem=asked.problem,
        usage=found,
        words=usage_files.words(),
        tables=usage_files.tables(found, titles),
        charts=_charts(found),
        spans=_spans(today()),
        titles=titles,
    )


@pages.get(f"{HERE}/file", Role.VIEWER)
def get_file(desk: Desk) -> Response:
    """The same figures as a file, for the council."""
    asked = _asked(desk)
    ending = desk.query.get("format", "")
    if asked.problem or ending not in TYPES:
        return desk.done(f"/towns/{desk.here.id}/figures")
    kind, write = TYPES[ending]
    content = write(usage(desk.session, desk.here.id, asked.span), _titles(desk.session, desk.here.id))
    name = f"figures-{desk.here.id}-{asked.span.first:%Y%m%d}-{asked.span.last:%Y%m%d}.{ending}"
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _asked(desk: Desk) -> Asked:
    """The days of the address; where they cannot be taken, the usual ones, and why."""
    usual = Span(today() - timedelta(days=DAYS - 1), today())
    typed = [desk.query.get(name, "") for name in ("first", "last")]
    if not any(typed):
        return Asked(usual)
    try:
        first, last = map(date.fromisoformat, typed)
    except ValueError:
        return Asked(usual, sentence("no_days"))
    if not 2000 <= first.year <= last.year <= 2999 or first > last:  # noqa: PLR2004  a time zone needs room on both sides
        return Asked(usual, sentence("no_days"))
    if (last - first).days >= MOST_DAYS:
        return Asked(usual, sentence("too_many_days"))
    return Asked(Span(first, last))


def _spans(now: date) -> list[tuple[str, Span]]:
    """Spans that are often wanted, with their names."""
    month = now.replace(day=1)
    before = month - timedelta(days=1)
    fiscal = now.year if now.month >= FISCAL_MONTH else now.year - 1
    begin, earlier = date(fiscal, FISCAL_MONTH, 1), date(fiscal - 1, FISCAL_MONTH, 1)
    return [
        (sentence("last_days", days=DAYS), Span(now - timedelta(days=DAYS - 1), now)),
        (sentence("this_month"), Span(month, now)),
        (sentence("last_month"), Span(before.replace(day=1), before)),
        (sentence("this_year"), Span(begin, now)),
        (sentence("last_year"), Span(earlier, begin - timedelta(days=1))),
    ]


def _titles(session: Session, town_id: str) -> dict[str, str]:
    """Entries' titles by their id in the town."""
    rows = session.exec(select(Entry.key, Entry.title).where(col(Entry.town_id) == town_id)).all()
    return {key.partition("/")[2]: title for key, title in rows}


def _charts(found: Usage) -> dict[str, Chart]:
    said = usage_files.words()
    periods = _periods(found)
    return {
        "days": charts.columns(list(periods), {kind: [counts[kind] for counts in periods.values()] for kind in KINDS}),
        "weekdays": charts.columns(said["weekdays"], {"all": list(found.by_weekday.values())}),
        "hours": charts.columns([str(hour) for hour in found.by_hour], {"all": list(found.by_hour.values())}),
    }


def _periods(found: Usage) -> Mapping[str, Mapping[str, Any]]:
    """What came by day, or by month where there are many days; by what stands under the column."""
    monthly = len(found.by_day) > MONTHLY_FROM
    sums: dict[str, Counter[str]] = {}
    for day, counts in found.by_day.items():
        name = f"{day.year}/{day.month}" if monthly else f"{day.month}/{day.day}"
        sums.setdefault(name, Counter(dict.fromkeys(KINDS, 0))).update(counts)
    return sums
