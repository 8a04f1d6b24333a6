"""Findings → entries for staff to approve: facets in our own words, phrasings, sources; validity stays empty."""

from collections.abc import Iterable, Iterator

from knowledge.entries import YEAR, EntryContent, Facet, FacetName, Kind, ScheduleRow
from knowledge.lexicon import Lexicon, bundled
from knowledge.plans.findings import Figure, Findings, Listed, Measure, Place, Term
from knowledge.plans.findings import ScheduleRow as FoundRow
from knowledge.plans.identifiers import identifier, reading
from knowledge.plans.proposals import phrasings
from knowledge.plans.wording import counted, joined, month, polite, row_said, say, shortened, whose

LONGEST_ITEMS = 300  # characters of all items together; a reply has room for 420 with its text
LONGEST_TITLE = 80


def draft(findings: Findings, lexicon: Lexicon | None = None) -> list[EntryContent]:
    """An entry for the plan and each term, measure, figure and list; ids are stable for the same plan."""
    words = lexicon or bundled()
    taken: set[str] = set()
    drafted = []
    for kind, title, aliases, group, heading, facets in _all(findings):
        name = shortened_title(title)
        key = identifier(name, kind.value, group, taken)
        taken.add(key)
        drafted.append(
            EntryContent(
                id=key,
                kind=kind,
                title=name,
                reading=reading(name),
                aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name)),
                group=group,
                phrasings=phrasings(kind, name, heading, words),
                facets=tuple(facets),
            )
        )
    return drafted


Drafted = tuple[Kind, str, tuple[str, ...], str, str, list[Facet]]


def _all(findings: Findings) -> Iterator[Drafted]:
    if findings.title:
        yield Kind.PLAN, findings.title, (), "", "", _plan(findings)
    for term in findings.terms:
        yield Kind.TERM, term.term, (*term.aliases, term.spelled), "", "", [_term(term)]
    for measure in findings.measures:
        yield Kind.MEASURE, measure.name, (measure.proposed,), measure.group, "", list(_measure(measure))
    for figure in findings.figures:
        yield (
            Kind.FIGURE,
            _titled(figure.what, figure.scope),
            (),
            "",
            _heading(figure.place),
            [_figure(figure, findings.published)],
        )
    for listed in findings.lists:
        if listed.items:
            yield Kind.LIST, _titled(listed.what, listed.scope), (), "", _heading(listed.place), [_list(listed)]


def shortened_title(title: str) -> str:
    """A title that fits a heading."""
    title = " ".join(title.split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _titled(what: str, scope: str) -> str:
    """What is the nation's or another town's says so in its title: nobody may take it for the town's own."""
    return say("others", "title", what=what, whose=whose(scope)) if scope else what


def _heading(place: Place) -> str:
    return place.path[-1] if place.path else ""


def _facet(place: Place, name: FacetName, text: str, *, silent: bool = False, **more: object) -> Facet:
    section = " ".join(place.path) or say("source", "unknown")
    if place.page is not None:
        section = say("source", "page", section=section, page=place.page)
    lines = f"{place.line}-{place.last}" if place.last > place.line else str(place.line)
    return Facet.model_validate(
        {"name": name, "text": text, "section": section, "lines": lines, "silent": silent, **more}
    )


def _plan(findings: Findings) -> list[Facet]:
    place = Place((findings.title,), 1, 1)
    which = "published" if findings.published and findings.town else "definition"
    words = {"title": findings.title, "town": findings.town or "町", "published": month(findings.published)}
    facets = [_facet(place, FacetName.DEFINITION, say("plan", which, **words))]
    if findings.period_from and findings.period_to:
        period = say(
            "plan",
            "period",
            title=findings.title,
            period_from=month(findings.period_from),
            period_to=month(findings.period_to),
        )
        facets.append(_facet(place, FacetName.SCHEDULE, period, about=say("plan", "period_about")))
    if findings.bodies:
        bodies = say("plan", "bodies", bodies=joined(f"「{body}」" for body in findings.bodies))
        facets.append(_facet(place, FacetName.DEPARTMENT, bodies, about=say("plan", "bodies_about")))
    if findings.laws:
        about = say("plan", "laws_about")
        facets.append(_facet(place, FacetName.ITEMS, say("plan", "laws"), about=about, items=_fitting(findings.laws)))
    return facets


def _term(term: Term) -> Facet:
    spelled = say("term", "spelled", term=term.term, spelled=term.spelled) if term.spelled else ""
    rest = term.definition
    if spelled and "略" in rest.split("。")[0] and term.spelled in rest.split("。")[0]:
        rest = "。".join(rest.split("。")[1:])
    short = shortened(rest) if rest.strip("。 ") else ""
    said = polite(short)
    if short:
        which = "definition" if said else "quoted"
        spelled += say("term", which, term=term.term, definition=said or short.rstrip("。"))
    return _facet(term.place, FacetName.DEFINITION, spelled or say("term", "quoted", term=term.term, definition=""))


def _measure(measure: Measure) -> Iterator[Facet]:
    """What, why, to what end, when and who; what residents will ask and the plan leaves open is a silent facet."""
    place, name = measure.place, measure.name
    if measure.actions:
        items = _fitting(measure.actions)
        yield _facet(place, FacetName.ACTIONS, say("measure", "actions", name=name), items=items)
    else:
        silent = not (measure.goal or measure.situation)
        if silent:
            yield _facet(place, FacetName.ACTIONS, say("measure", "actions_unsaid", name=name), silent=True)
    if measure.goal:
        goal = shortened(measure.goal).rstrip("。")
        yield _facet(place, FacetName.GOAL, say("measure", "goal", name=name, goal=goal))
    if measure.situation:
        situation = shortened(measure.situation).rstrip("。")
        yield _facet(place, FacetName.SITUATION, say("measure", "situation", name=name, situation=situation))
    yield _schedule(measure)
    if measure.departments:
        text = say("measure", "department", name=name, departments=joined(measure.departments))
        yield _facet(place, FacetName.DEPARTMENT, text, departments=measure.departments)
    else:
        yield _facet(place, FacetName.DEPARTMENT, say("measure", "department_unsaid", name=name), silent=True)


def _schedule(measure: Measure) -> Facet:
    rows = [row for row in measure.schedule if row.item]
    if not rows:
        unsaid = say("measure", "schedule_unsaid", name=measure.name)
        return _facet(measure.place, FacetName.SCHEDULE, unsaid, silent=True)
    text = say("measure", "schedule", name=measure.name)
    items = _fitting(map(row_said, rows))
    return _facet(measure.place, FacetName.SCHEDULE, text, items=items, rows=[_kept(row) for row in rows])


def _kept(row: FoundRow) -> ScheduleRow:
    """Without the years whose cell may have been merged or lost: what is not sure is not stored as a fact."""
    years = {year: what for year, what in row.years.items() if YEAR.fullmatch(year) and year not in row.uncertain}
    return ScheduleRow(item=row.item, years=years)


def _figure(figure: Figure, published: str) -> Facet:
    which, when = ("as_of_unknown", month(published)) if published else ("as_of_plan", "")
    as_of = figure.as_of or say("figure", which, published=when)
    words = {"what": figure.what, "value": figure.value, "as_of": as_of, "whose": whose(figure.scope)}
    text = say("figure", "of_others" if figure.scope else "text", **words)
    return _facet(figure.place, FacetName.FIGURE, text, as_of=as_of)


def _list(listed: Listed) -> Facet:
    words = {"what": listed.what, "count": counted(len(listed.items)), "whose": whose(listed.scope)}
    text = say("list", "of_others" if listed.scope else "text", **words)
    return _facet(listed.place, FacetName.ITEMS, text, items=_fitting(listed.items))


def _fitting(items: Iterable[str]) -> tuple[str, ...]:
    """As many items as a reply has room for; how many more there are is the last one."""
    listed = [shortened(item) for item in items if item.strip()]
    kept: list[str] = []
    for item in listed:
        if kept and sum(map(len, kept)) + len(item) > LONGEST_ITEMS:
            return (*kept, say("list", "more", count=len(listed) - len(kept)))
        kept.append(item)
    return tuple(kept)
