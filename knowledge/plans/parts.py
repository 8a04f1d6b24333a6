"""What is said of one measure, gathered by its parts: situation, goal, actions, departments, schedule."""

import re
from dataclasses import dataclass, field, replace

from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Measure, ScheduleRow
from knowledge.plans.names import clean_name, without_calls
from knowledge.plans.offices import departments_at_end, departments_in
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import tidy
from knowledge.plans.schedules import chart_rows, rows_in_words
from knowledge.plans.section import Section
from knowledge.plans.tables import pairs, tables_of

GROUPING = 22  # rank of 方針1, 基本目標1: they hold measures
_BULLETS = re.compile(r"(?:^|\s)[・•●○◆■]\s*|(?:^|\s|(?<=。))[①-⑳]\s*|(?<=。)\s+")
_PLANNED = re.compile(
    "(?:取り?組|進め|図[りっ]|検討|目指|推進|行[いっ]|整備|実施|努め|支援|導入)[^。]{0,24}(?:(?<![いあれ])ます|まいります)。?$"
)


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


def seconds(outline: Outline, section: Section) -> list[Section]:
    """The parts of a measure that stand under it a second time."""
    seen: set[str] = set()
    found = []
    for child in (outline.sections[at] for at in section.children):
        if child.facet and child.facet in seen and child.facet in {"actions", "situation", "overview"}:
            found.append(child)
        seen.add(child.facet)
    return found


def gather(outline: Outline, section: Section) -> Parts:
    """All that is said under a measure's heading: tables of keys, parts with headings of their own, charts, bullets."""
    parts = Parts(last=section.last)
    repeated = seconds(outline, section)[:1]
    for under in outline.under(section):
        if any(above in repeated for above in outline.above(under)):
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
    """The blocks of a section without the paragraphs that explain the word of a note above them, and without boxes."""
    return [
        block
        for before, block in zip([None, *section.blocks], section.blocks, strict=False)
        if (
            before is None or before.kind is not Kind.NOTE or not re.fullmatch(r"[※＊*]\s?[^\s。、]{2,30}", before.text)
        )
        and (not _boxed(block) or _boxed(section.blocks[0]))
    ]


def _boxed(block: Block) -> bool:
    """Whether a block stands in a quoted box, such as a column beside the measures."""
    return block.lines[0].text.lstrip().startswith(">")


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


def _departments(said: dict[str, list[str]]) -> tuple[str, ...]:
    """The departments that a part names, else those in brackets at the end of a text: 「…する。（総務課）」."""
    told = [name for text in said.get("departments", []) for name in departments_in(text)]
    return tuple(dict.fromkeys(told or departments_at_end(text for texts in said.values() for text in texts)))


def measure_of(outline: Outline, section: Section, name: str, parts: Parts, row: Block | None = None) -> Measure:
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
        departments=_departments(said),
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


def subject_of(outline: Outline, section: Section) -> str:
    """The heading that a table of measures stands under, not that of a part such as 主な取組."""
    return next((clean_name(above.title) for above in outline.above(section) if not above.facet), "")


def divided(text: str) -> list[str]:
    """A cell or paragraph of actions as single actions: by bullets, else by the spaces between whole phrases."""
    parts = [tidy(part) for part in _BULLETS.split(text) if part and tidy(part)]
    if len(parts) > 1 or not parts:
        return parts
    phrases = parts[0].split(" ")
    whole = len(phrases) > 1 and all(len(phrase) > 9 and not phrase.isascii() for phrase in phrases)  # noqa: PLR2004
    return phrases if whole else parts
