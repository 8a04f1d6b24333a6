"""回答項目: the list with its filters, and one entry with what is published, drafted and asked of it."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlmodel import col, select
from starlette.responses import Response

from admin import checks
from admin.desk import Desk
from admin.entry import address, content_of, named, source_of, town_knowledge
from admin.forms import row_number
from admin.roles import Role
from admin.routes import TOWN, Pages
from bot.inbox import suggestions
from bot.rendering import month
from knowledge import asked, catalogue, confirming, publications, revisions
from knowledge.asked import AskedCount
from knowledge.catalogue import Filter
from knowledge.days import today
from knowledge.differences import compare
from knowledge.entries import EntryContent, Kind
from knowledge.labels import labels
from knowledge.models import Confirmation, Department, Entry, Source
from knowledge.packaged import packaged

pages = Pages()
LIST, ONE = f"{TOWN}/entries", f"{TOWN}/entries/{{entry}}"
LIST_PAGE, ONE_PAGE = "entries/list.html.j2", "entries/one.html.j2"
WORDS = Path(__file__).parent.parent / "data" / "entries.yaml"
MOST_FOUND = 40  # by the bot's own engine; beyond that it finds by chance
LONGEST_QUERY = 200
OWNED = ("owner", "review_date")  # what the two forms of `views/upkeep` change
VALID = ("valid_from", "valid_until", "source_id")


@cache
def words() -> Mapping[str, Any]:
    """The wordings in `data/entries.yaml`."""
    rows: dict[str, Any] = packaged(WORDS)
    return rows


@pages.get(LIST, Role.VIEWER)
def get_entries(desk: Desk) -> Response:
    """The entries that meet the filters, in pages."""
    wanted = _filter(desk)
    shown = catalogue.page(desk.session, desk.here.id, wanted, today(), row_number(desk.query.get("page", "")) or 1)
    kept = {key: value for key, value in desk.query.items() if value and key != "page"}
    return desk.page(
        LIST_PAGE,
        page=shown,
        wanted=wanted,
        is_filtered=wanted != Filter(),
        kept=urlencode(kept),
        kinds=labels().kinds,
        statuses=words()["statuses"],
        states=words()["states"],
        departments=catalogue.departments(desk.session, desk.here.id),
    )


def _filter(desk: Desk) -> Filter:
    """What the address asks for; what it cannot mean is passed over."""
    query = desk.query
    text = " ".join(query.get("q", "").split())[:LONGEST_QUERY]
    return Filter(
        kind=query["kind"] if query.get("kind") in list(Kind) else "",
        department=query.get("department", ""),
        status=query["status"] if query.get("status") in words()["statuses"] else "",
        text=text,
        found=suggestions(text, town_knowledge(desk), MOST_FOUND) if text else None,
        due=query.get("due") == "on",
        never_asked=query.get("never") == "on",
        voted_down=query.get("down") == "on",
    )


@pages.get(ONE, Role.VIEWER)
def get_entry(desk: Desk) -> Response:
    """All about one entry."""
    return desk.page(ONE_PAGE, **values(desk))


def values(desk: Desk) -> dict[str, Any]:
    """What the page of the address's entry shows."""
    entry, session = named(desk), desk.session
    history = {revision.number: revision for revision in revisions.history(session, entry.key)}
    newest, published = history[entry.newest_number], history.get(entry.published_number or 0)
    content = content_of(published or newest)
    source, confirmed = source_of(desk, entry), _confirmed(desk, entry)
    return {
        "entry": entry,
        "own": address(desk, entry.key),
        "content": content,
        "published": published,
        "newest": newest,
        "changes_made": compare(content, content_of(newest)) if published else [],
        "source": source,
        "sources_shown": sources_shown(sources(desk)),
        "confirmed": confirmed,
        "dues": _dues(entry, source, confirmed),
        "count": asked.counts(session, entry.town_id).get(content.id, AskedCount()),
        "planned": next((p for p in publications.planned(session, entry.town_id) if p.entry_key == entry.key), None),
        "unknown": _unknown_departments(desk, content),
        "public": _public_page(desk, content.id) if published else "",
        "marks": {"owner": checks.mark(entry, OWNED), "validity": checks.mark(entry, VALID)},
        "labels": labels(),
        "states": words()["states"],
    }


def _confirmed(desk: Desk, entry: Entry) -> Confirmation | None:
    """The last confirmation of what is published."""
    of_published = select(Confirmation).where(
        Confirmation.entry_key == entry.key, Confirmation.number == entry.published_number
    )
    return desk.session.exec(of_published.order_by(col(Confirmation.on).desc(), col(Confirmation.id).desc())).first()


def _public_page(desk: Desk, entry_id: str) -> str:
    """Where residents read the entry; empty where the installation does not say its public address."""
    public = desk.around.settings.public_url.rstrip("/")
    return f"{public}/t/{desk.here.id}/e/{entry_id}" if public else ""


def _dues(entry: Entry, source: Source, confirmed: Confirmation | None) -> list[str]:
    if entry.published_number is None:
        return []
    found = confirming.dues(entry, source.period_to, confirmed.on if confirmed else None, today())
    return [words()["dues"][due] for due in found]


def _unknown_departments(desk: Desk, content: EntryContent) -> list[str]:
    """Departments that the entry names and the list of departments does not know: no telephone number is shown."""
    known = set(desk.session.exec(select(Department.name).where(Department.town_id == desk.here.id)))
    return sorted({name for facet in content.facets for name in facet.departments} - known)


def sources(desk: Desk) -> list[Source]:
    """The town's editions of plans, the newest first."""
    statement = select(Source).where(Source.town_id == desk.here.id).order_by(col(Source.published).desc())
    return list(desk.session.exec(statement))


def sources_shown(found: Iterable[Source]) -> list[tuple[str, str]]:
    """Editions to choose among, told apart by edition and month."""
    told = [(one, "、".join(filter(None, (one.edition, month(one.published))))) for one in found]
    return [(one.id, one.title + (f"（{more}）" if more else "")) for one, more in told]
