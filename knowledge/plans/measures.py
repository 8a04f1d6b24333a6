"""The measures of a plan: sections with the parts of a measure, tables of measures, names in overview lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Measure, ScheduleRow
from knowledge.plans.names import clean_name, without_calls, without_number
from knowledge.plans.outline import Outline, Section, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.schedules import chart_rows, rows_in_words
from knowledge.plans.tables import Table, pairs, tables_of

TELLING = frozenset({"actions", "goal", "departments", "schedule", "overview", "indicator"})
GROUPING = 22  # rank of 方針1, 基本目標1: they hold measures
LONGEST_NAME = 80  # characters
_BULLETS = re.compile(r"(?:^|\s)[・•●○◆■]\s*|(?:^|\s|(?<=。))[①-⑳]\s*|(?<=。)\s+")
_PLANNED = re.compile(
    "(?:取り?組|進め|図[りっ]|検討|目指|推進|行[いっ]|整備|実施|努め|支援|導入)[^。]{0,24}(?:(?<![いあれ])ます|まいります)。?$"
)
_AND = re.compile(r"[、,，/／\n・]\s*|\s+")
_NO_DEPARTMENT = re.compile(r"^[-―ー－]*$|^なし$")


@dataclass
class Parts:
    """What is said of one measure, by facet, while it is gathered."""

    said: dict[str, list[str]] = field(default_factory=dict)
    rows: list[ScheduleRow] = field(default_factory=list)
    last: int = 0

    def add(self, facet: str, text: str) -> None:
        """Adds a text to a facet."""
        if tidy(text):
            self.said.setdefault(facet, []).append(tidy(without_calls(text)))


def find_measures(outline: Outline) -> tuple[list[Measure], dict[int, Section]]:
    """The measures in the order of their lines, without those that only background chapters speak of.

    With them the parts that a measure has twice (line of the measure → section): another one has lost its heading.
    """
    found: list[Measure] = []
    orphans: dict[int, Section] = {}
    for section in outline.sections[1:]:
        if _is_background(outline, section):
            continue
        found += _in_tables(outline, section)
        if section.facet:
            continue
        measure = _in_section(outline, section)
        if measure is not None:
            found.append(measure)
            orphans.update({measure.place.line: second for second in _seconds(outline, section)[:1]})
    return sorted(found, key=lambda measure: measure.place.line), orphans


def _seconds(outline: Outline, section: Section) -> list[Section]:
    """The parts of a measure that stand under it a second time."""
    seen: set[str] = set()
    found = []
    for child in (outline.sections[at] for at in section.children):
        if child.facet and child.facet in seen and child.facet in {"actions", "situation", "overview"}:
            found.append(child)
        seen.add(child.facet)
    return found


def _is_background(outline: Outline, section: Section) -> bool:
    """Whether a section stands in a chapter of background, glossary or annex."""
    for above in outline.above(section):
        if above is not section and _speaks_of_measures(above):
            return False
        if vocabulary.is_chapter("glossary", above.name) and above.name:
            return True
        if above is not section and vocabulary.is_chapter("background", above.name):
            return True
    return False


def _speaks_of_measures(section: Section) -> bool:
    return bool(section.name) and vocabulary.is_chapter("measures", section.name) and not _only_background(section.name)


def _only_background(title: str) -> bool:
    return bool(re.search("国の動向|背景|現状|位置づ?付?け|国が", title)) and not re.search(
        "取組|施策", vocabulary.key(title)
    )


def gather(outline: Outline, section: Section) -> Parts:
    """All that is said under a measure's heading: tables of keys, parts with headings of their own, charts, bullets."""
    parts = Parts(last=section.last)
    seconds = _seconds(outline, section)[:1]
    for under in outline.under(section):
        if any(above in seconds for above in outline.above(under)):
            continue
        facet = next((above.facet for above in outline.above(under) if above.facet or above is section), "")
        charts = _add_tables(parts, under, facet)
        for block in _told(under):
            if block.kind in {Kind.TEXT, Kind.ITEM}:
                name = facet or ("listed" if block.kind is Kind.ITEM else "text")
                parts.add("planned" if name == "text" and _PLANNED.search(block.text) else name, block.text)
        if facet == "schedule" and not charts:
            texts = [block.text for block in under.blocks if block.kind in {Kind.TEXT, Kind.ITEM}]
            parts.rows += [row for text in texts for row in rows_in_words(text)]
        parts.last = max(parts.last, under.last)
    return parts


def _told(section: Section) -> list[Block]:
    """The blocks of a section without the paragraphs that explain the word of a note above them."""
    return [
        block
        for before, block in zip([None, *section.blocks], section.blocks, strict=False)
        if before is None or before.kind is not Kind.NOTE or not re.fullmatch(r"[※＊*]\s?[^\s。、]{2,30}", before.text)
    ]


def _add_tables(parts: Parts, section: Section, facet: str) -> bool:
    """Adds what the tables of a section say; whether one was a chart."""
    charts = False
    for table in tables_of(section.blocks):
        rows = chart_rows(table)
        if rows:
            parts.rows += rows
            charts = True
            for at, name in table.facet_columns().items():
                if name == "departments":
                    for row in table.rows[1:]:
                        parts.add(name, row.cells[at] if at < len(row.cells) else "")
            continue
        keyed = pairs(table)
        for name, value, _ in keyed:
            parts.add(name, value)
            if name == "schedule":
                parts.rows += rows_in_words(value)
        captioned = any(block.kind is Kind.CAPTION and block.line < table.rows[0].line for block in section.blocks)
        if not keyed and facet and not captioned and section.facet:
            for row in table.rows:
                parts.add(facet, row.text)
    return charts


def _in_section(outline: Outline, section: Section) -> Measure | None:
    """The measure that a section describes, None where it describes none."""
    nearest = [outline.sections[child] for child in section.children]
    facets = {child.facet for child in nearest if child.facet}
    facets |= {
        facet
        for table in tables_of(section.blocks)
        if not table.years and not _rows_are_measures(table)
        for facet, _, _ in pairs(table)
    }
    tabled = any(_rows_are_measures(table) for child in nearest for table in tables_of(child.blocks))
    if "name" in facets or tabled:
        return None
    charted = any(table.years and not _rows_are_measures(table) for table in tables_of(section.blocks))
    charted = charted or any(table.years for child in nearest if child.facet for table in tables_of(child.blocks))
    told = facets & TELLING
    deeper = [child for child in nearest if not child.facet and _described(outline, child)]
    timed = any(vocabulary.is_chapter("period", above.name) for above in outline.above(section))
    full = (len(facets) > 1 and bool(told)) or (bool(told) and charted)
    chartered = charted and not timed and section.mark is not None
    listed = _leaf(outline, section, nearest) and bool(section.blocks)
    if deeper or not (full or chartered or listed) or (vocabulary.is_chapter("background", section.name) and not full):
        return None
    return _measure(outline, section, clean_name(section.name), gather(outline, section))


def _described(outline: Outline, section: Section) -> bool:
    """Whether a section has parts of a measure of its own."""
    return any(outline.sections[child].facet in TELLING for child in section.children)


def _leaf(outline: Outline, section: Section, nearest: Sequence[Section]) -> bool:
    """Whether a section is a numbered one without others below, in a chapter that lists measures."""
    if section.mark is None or not section.mark.numbers or any(not child.facet and child.mark for child in nearest):
        return False
    if section.mark.style == "label" and section.rank == GROUPING:
        return False
    if section.rank >= 60 and section.mark.style != "paren":  # noqa: PLR2004
        return False
    above = list(outline.above(section))[1:]
    return any(_speaks_of_measures(other) for other in above) and not any(
        other.mark is not None and _chartless_measure(outline, other) for other in above
    )


def _chartless_measure(outline: Outline, section: Section) -> bool:
    return bool({outline.sections[child].facet for child in section.children} & TELLING)


def _rows_are_measures(table: Table) -> bool:
    """Whether each row of a table is a measure: a column of names and one of departments or content."""
    name = table.column("name")
    if name is None or len(table.rows) < 2:  # noqa: PLR2004
        return False
    facets = set(table.facet_columns().values())
    return bool(
        facets & {"departments", "overview", "situation", "goal"}
        or (facets & {"actions"} and len(facets) > 1 and not table.years)
    )


def _in_tables(outline: Outline, section: Section) -> Iterator[Measure]:
    """Measures in tables: a row each, or a table of keys each that begins with the measure's name."""
    for table in tables_of(section.blocks):
        if _rows_are_measures(table):
            yield from _row_by_row(outline, section, table)
        else:
            yield from _key_by_key(outline, section, table)


def _row_by_row(outline: Outline, section: Section, table: Table) -> Iterator[Measure]:
    name_at = table.column("name")
    columns = table.facet_columns()
    charts = {row.item: row for row in chart_rows(table, name_at)}
    group = ""
    group_at = table.column("group")
    for row in table.rows[1:]:
        cells = dict(enumerate(row.cells))
        group = (cells.get(group_at, "") if group_at is not None else "") or group
        name = clean_name(without_number(cells.get(name_at or 0, "")))
        if not name or len(name) > LONGEST_NAME:
            continue
        parts = Parts(last=row.last)
        for at, facet in columns.items():
            if at != name_at and cells.get(at):
                parts.add(facet, cells[at])
        parts.rows += [charts[item] for item in charts if folded(item) == folded(name)]
        for text in parts.said.get("schedule", []):
            parts.rows += rows_in_words(text, name)
        yield replace(_measure(outline, section, name, parts, row), group=group or _subject(outline, section))


def _key_by_key(outline: Outline, section: Section, table: Table) -> Iterator[Measure]:
    keyed = pairs(table)
    starts = [at for at, (facet, value, _) in enumerate(keyed) if facet == "name" and value]
    for at, end in zip(starts, [*starts, len(keyed)][1:], strict=False):
        _, name, row = keyed[at]
        parts = Parts(last=keyed[end - 1][2].last)
        for facet, value, _ in keyed[at + 1 : end]:
            parts.add(facet, value)
            if facet == "schedule":
                parts.rows += rows_in_words(value)
        if len(starts) == 1:
            _add_rest(parts, section, row.line)
        measure = _measure(outline, section, clean_name(without_number(name)), parts, row)
        yield replace(measure, group=_subject(outline, section))


def _add_rest(parts: Parts, section: Section, line: int) -> None:
    """Charts that follow a table of keys in the same section, up to the next measure's table."""
    for table in tables_of(section.blocks):
        if table.rows[0].line <= line:
            continue
        if any(facet == "name" for facet, _, _ in pairs(table)):
            return
        parts.rows += chart_rows(table)
        parts.last = max(parts.last, table.rows[-1].last)


def _measure(outline: Outline, section: Section, name: str, parts: Parts, row: Block | None = None) -> Measure:
    said = parts.said
    actions = (
        said.get("actions")
        or [*said.get("planned", []), *said.get("listed", [])]
        or said.get("overview")
        or said.get("text", [])
    )
    situation = [*said.get("situation", []), *(said.get("text", []) if actions is not said.get("text") else [])]
    if actions is not said.get("overview"):
        situation = [*said.get("overview", []), *situation]
    heading = row or (section.headings[0] if section.headings else None)
    return Measure(
        name=name,
        place=place_of(section, row.line if row else section.line, parts.last, heading),
        group=_group(outline, section),
        departments=tuple(dict.fromkeys(d for text in said.get("departments", []) for d in departments_in(text))),
        situation=" ".join(situation),
        goal=" ".join(said.get("goal", [])),
        actions=tuple(dict.fromkeys(part for text in actions for part in divided(text))),
        schedule=tuple(row if row.item else replace(row, item=name) for row in parts.rows),
    )


def _group(outline: Outline, section: Section) -> str:
    """The heading that a measure stands under, as printed; a number such as 方針 1-(2) names its group itself."""
    mark = section.mark
    if mark is not None and mark.style == "label":
        wanted = mark.numbers[:-1] if len(mark.numbers) > 1 else mark.numbers
        for other in outline.sections:
            one = other.mark
            if one is not None and one.label == mark.label and one.numbers == wanted and other.name != section.name:
                return (
                    clean_name(other.title)
                    if len(mark.numbers) > 1 or mark.rank == GROUPING
                    else _above(outline, section)
                )
    return _above(outline, section)


def _above(outline: Outline, section: Section) -> str:
    above = next((other for other in list(outline.above(section))[1:] if other.title), None)
    return clean_name(above.title) if above else ""


def _subject(outline: Outline, section: Section) -> str:
    """The heading that a table of measures stands under, not that of a part such as 主な取組."""
    return next((clean_name(above.title) for above in outline.above(section) if not above.facet), "")


def departments_in(text: str) -> list[str]:
    """「町民課、財政課」 → [町民課, 財政課]; 各課(局) stays one."""
    return [name for part in _AND.split(half(text)) if (name := tidy(part)) and not _NO_DEPARTMENT.match(name)]


def divided(text: str) -> list[str]:
    """A cell or paragraph of actions as single actions: by bullets, else by the spaces between whole phrases."""
    parts = [tidy(part) for part in _BULLETS.split(text) if part and tidy(part)]
    if len(parts) > 1 or not parts:
        return parts
    phrases = parts[0].split(" ")
    whole = len(phrases) > 1 and all(len(phrase) > 9 and not phrase.isascii() for phrase in phrases)  # noqa: PLR2004
    return phrases if whole else parts
