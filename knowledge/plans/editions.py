"""Two editions of a plan: what came, went or changed, and which published entries that touches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from sqlmodel import Session

from knowledge.called import names_in
from knowledge.entries import EntryContent
from knowledge.models import Entry
from knowledge.names import fold, fold_whole
from knowledge.plans.findings import Figure, Findings, Listed, Measure, Term
from knowledge.revisions import entry_key, published_entries

RENAMED = 84.0  # RapidFuzz ratio of folded names from which what went and what came are taken to be one
SHORTEST_NAME = 2  # folded characters of a name by which an entry may be touched


@dataclass(frozen=True)
class Change:
    """One thing that differs: `what` is a word for its kind; before and after are "" where it came or went."""

    what: str
    name: str
    before: str
    after: str
    line: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Editions:
    """What came, went and changed from one edition to the next."""

    came: tuple[Change, ...]
    went: tuple[Change, ...]
    changed: tuple[Change, ...]

    @property
    def all(self) -> tuple[Change, ...]:
        """Every difference."""
        return (*self.came, *self.went, *self.changed)


@dataclass(frozen=True)
class _Thing:
    """Something of an edition as it is compared: its aspects by their Japanese names."""

    what: str
    name: str
    names: tuple[str, ...]
    aspects: dict[str, str]
    line: int


def compare(old: Findings, new: Findings) -> Editions:
    """The plan's own facts, terms, measures, figures, lists and departments of both editions."""
    came: list[Change] = []
    went: list[Change] = []
    changed: list[Change] = _facts(old, new)
    for things in (_terms, _measures, _figures, _lists, _departments):
        pairs, gone, fresh = _paired(things(old), things(new))
        came += [Change(t.what, t.name, "", _short(t), t.line, t.names) for t in fresh]
        went += [Change(t.what, t.name, _short(t), "", t.line, t.names) for t in gone]
        for before, after in pairs:
            changed += _differences(before, after)
    return Editions(tuple(came), tuple(went), tuple(changed))


def touched(editions: Editions, entries: Iterable[EntryContent]) -> dict[str, tuple[Change, ...]]:
    """The entries whose names stand in a change, with those changes; by entry id.

    What came touches no entry unless one already goes by its name.
    """
    found: dict[str, tuple[Change, ...]] = {}
    for entry in entries:
        own = {folded for name, _ in names_in(entry) if len(folded := fold(name)) >= SHORTEST_NAME}
        departments = {fold(name) for facet in entry.facets for name in facet.departments}
        changes = tuple(change for change in editions.all if own & _folded(change) or departments & _folded(change))
        if changes:
            found[entry.id] = changes
    return found


def mark_for_confirmation(session: Session, town_id: str, editions: Editions, on: date) -> list[str]:
    """Puts the touched published entries on the staff's list to confirm from this day on; their titles."""
    published = {entry.content.id: entry.content for entry in published_entries(session, town_id, on)}
    titles = []
    for entry_id in touched(editions, published.values()):
        entry = session.get(Entry, entry_key(town_id, entry_id), with_for_update={"key_share": True})
        if entry is not None:
            entry.review_date = on if entry.review_date is None else min(on, entry.review_date)
            titles.append(published[entry_id].title)
    return titles


def _folded(change: Change) -> set[str]:
    return {fold(name) for name in (change.name, *change.names) if name}


def _paired(
    old: Sequence[_Thing], new: Sequence[_Thing]
) -> tuple[list[tuple[_Thing, _Thing]], list[_Thing], list[_Thing]]:
    """Things of both editions that are one (same name or alias, then a name much alike), what went, what came."""
    left = {fold(thing.name): thing for thing in new}
    pairs, gone = [], []
    for thing in old:
        key = next((fold(name) for name in (thing.name, *thing.names) if fold(name) in left), "")
        if key:
            pairs.append((thing, left.pop(key)))
        else:
            gone.append(thing)
    still_gone = []
    for thing in gone:
        match = process.extractOne(fold(thing.name), left.keys(), scorer=fuzz.ratio, score_cutoff=RENAMED)
        if match:
            pairs.append((thing, left.pop(match[0])))
        else:
            still_gone.append(thing)
    return pairs, still_gone, list(left.values())


def _differences(before: _Thing, after: _Thing) -> list[Change]:
    changes = []
    aspects = {"名前": (before.name, after.name)}
    aspects |= {name: (before.aspects.get(name, ""), after.aspects.get(name, "")) for name in after.aspects}
    for aspect, (was, now) in aspects.items():
        if fold_whole(was) != fold_whole(now):
            names = (before.name, *before.names, *after.names)
            changes.append(Change(f"{after.what}の{aspect}", after.name, was, now, after.line, names))
    return changes


def _short(thing: _Thing) -> str:
    return next((said for said in thing.aspects.values() if said), thing.name)


def _facts(old: Findings, new: Findings) -> list[Change]:
    aspects: dict[str, Callable[[Findings], str]] = {
        "題名": lambda f: f.title,
        "版": lambda f: f.edition,
        "公表": lambda f: f.published,
        "期間の始まり": lambda f: f.period_from,
        "期間の終わり": lambda f: f.period_to,
        "進める組織": lambda f: "、".join(f.bodies),
    }
    names = (old.title,)
    return [
        Change(f"計画の{aspect}", new.title, of(old), of(new), 1, names)
        for aspect, of in aspects.items()
        if fold_whole(of(old)) != fold_whole(of(new))
    ]


def _terms(findings: Findings) -> list[_Thing]:
    def thing(term: Term) -> _Thing:
        return _Thing("用語", term.term, (*term.aliases, term.spelled), {"説明": term.definition}, term.place.line)

    return [thing(term) for term in findings.terms]


def _measures(findings: Findings) -> list[_Thing]:
    def thing(measure: Measure) -> _Thing:
        rows = (f"{row.item}：{'、'.join(f'{y}={w}' for y, w in row.years.items() if w)}" for row in measure.schedule)
        aspects = {
            "内容": "、".join(measure.actions),
            "目指す姿": measure.goal,
            "現状・課題": measure.situation,
            "担当": "、".join(sorted(measure.departments)),
            "予定": "\n".join(rows),
            "位置": measure.group,
        }
        return _Thing("取組", measure.name, (), aspects, measure.place.line)

    return [thing(measure) for measure in findings.measures]


def _figures(findings: Findings) -> list[_Thing]:
    def thing(figure: Figure) -> _Thing:
        return _Thing("数値", figure.what, (), {"値": figure.value, "時点": figure.as_of}, figure.place.line)

    return [thing(figure) for figure in findings.figures]


def _lists(findings: Findings) -> list[_Thing]:
    def thing(listed: Listed) -> _Thing:
        return _Thing("一覧", listed.what, (), {"項目": "、".join(listed.items)}, listed.place.line)

    return [thing(listed) for listed in findings.lists]


def _departments(findings: Findings) -> list[_Thing]:
    """Departments by name; what they are in charge of is compared at the measures."""
    lines: dict[str, int] = {}
    for measure in findings.measures:
        for name in measure.departments:
            lines.setdefault(name, measure.place.line)
    return [_Thing("担当課", name, (), {}, line) for name, line in lines.items()]
