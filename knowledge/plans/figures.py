"""Numbers that a plan states: shares, counts, dates of what was or will be done, tables of numbers."""

import re
from collections.abc import Iterator, Sequence

from knowledge.plans.blocks import Block, Kind
from knowledge.plans.dates import AS_OF, DATE
from knowledge.plans.figure_tables import figures_in_table, labelled_figure
from knowledge.plans.findings import Figure, Term
from knowledge.plans.names import without_calls, without_number
from knowledge.plans.outline import Outline
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section
from knowledge.plans.stating import FEW, LONGEST_WHAT, counted_in, event_of, figure_of, of_row, row_label, subject_of
from knowledge.plans.tables import Table, tables_of
from knowledge.plans.units import NUMBER, THINGS, is_number

LONGEST_SENTENCE = 1_000
LONGEST_LABEL = 14  # characters of a cell that only names the numbers beside it
_SENTENCE = re.compile(r"[^。\n]+。?")
_ORDINAL = re.compile(
    r"(?P<plan>[A-Za-zァ-ヺー一-龥ぁ-ん]{0,16})(?P<value>第\s?\d{1,2}\s?[次期])(?P<name>[A-Za-z0-9ァ-ヺー・一-龥ぁ-ん]{0,30}?(?:計画|構想|戦略|大綱|プラン|ビジョン|方針))"
)
_EACH = re.compile(r"1人(?=に?1台)|(?<=1人)に?1台")
_SKIPPED = re.compile(r"^(?:図表?|表)\s?[\dA-Z]|^[（(【]?(?:出典|出所|資料)")
_LAW = re.compile(r"法律第|条例第|第\d{1,4}条|号\)|閣議決定")


def find_figures(outline: Outline) -> tuple[Figure, ...]:
    """The figures in the order of their lines; the same number of the same thing on one line once."""
    found: list[Figure] = []
    seen: set[tuple[int, str, str]] = set()
    ordinals: set[str] = set()
    for section in outline.sections:
        for block in section.headings[:1]:
            found += _counts(outline, section, block, block.text, "", _matter(outline, section))
            found += _ordinals(outline, section, block, half(block.text), ordinals)
        charted = {id(row) for table in tables_of(section.blocks) if _only_years(table) for row in table.rows}
        named = dict(_named_rows(section))
        for block in (block for block in section.blocks if id(block) not in charted):
            matter = named.get(id(block)) or _matter(outline, section)
            found += _in_block(outline, section, block, ordinals, matter)
        for table in tables_of(section.blocks):
            found += figures_in_table(outline, section, table)
    unique = []
    for figure in sorted(found, key=lambda figure: figure.place.line):
        mark = (figure.place.line, figure.value, folded(figure.what)[:12])
        if mark not in seen:
            seen.add(mark)
            unique.append(figure)
    return tuple(unique)


def _only_years(table: Table) -> bool:
    """Whether a table is a chart without columns of text."""
    return bool(table.years) and not set(table.facet_columns().values()) & {"actions", "overview", "situation", "goal"}


def _named_rows(section: Section) -> Iterator[tuple[int, str]]:
    """Identity of a row → the measure that it speaks of."""
    for table in tables_of(section.blocks):
        at = table.column("name")
        for row in table.rows[1:] if at is not None else ():
            if at is not None and at < len(row.cells):
                yield id(row), without_number(row.cells[at])


def _in_block(outline: Outline, section: Section, block: Block, ordinals: set[str], matter: str) -> Iterator[Figure]:
    if block.kind is Kind.CAPTION and _SKIPPED.match(half(block.text)) and "%" not in block.text:
        return
    texts: Sequence[str] = block.cells if block.kind is Kind.ROW else (block.text,)
    labelled = labelled_figure(outline, section, block, matter) if block.kind is Kind.ROW else None
    if labelled is not None:
        yield labelled
        return
    filled = [cell for cell in texts if cell]
    if block.kind is Kind.ROW and len(filled) == 2:  # noqa: PLR2004  a key and its value
        yield from _valued(outline, section, block, filled[0], half(filled[1]))
        yield from _valued(outline, section, block, filled[1], half(filled[0]))
    if block.kind is Kind.ROW and _of_numbers([half(cell) for cell in texts]):
        texts = [cell for cell in texts if len(cell) > LONGEST_LABEL]  # figure_tables reads the rest
    label = row_label(block)
    for text in texts:
        whole = half(without_calls(text))
        for sentence in _SENTENCE.findall(whole):
            sentence = sentence.strip()[:LONGEST_SENTENCE]  # noqa: PLW2901
            dated = AS_OF.search(sentence)
            counted = _counts(outline, section, block, sentence, dated[0] if dated else "", matter)
            yield from (of_row(figure, label) for figure in counted) if text != label else counted
            yield from _things(outline, section, block, sentence, dated[0] if dated else "")
            planned = section.facet == "schedule" and len(DATE.findall(sentence)) > 1
            if not planned and (block.kind is not Kind.ROW or "。" in sentence or len(sentence) > 30):  # noqa: PLR2004
                yield from _dates(outline, section, block, sentence)
            yield from _ordinals(outline, section, block, sentence, ordinals)


def _of_numbers(cells: Sequence[str]) -> bool:
    """Whether a row stands in a table of numbers: two of them, or one beside an empty cell and without a unit."""
    return sum(map(is_number, cells)) > 1 or sum(bool(re.fullmatch(r"[\d.,%-]*", cell)) for cell in cells) > 1


def _valued(outline: Outline, section: Section, block: Block, key: str, value: str) -> Iterator[Figure]:
    """A row of two cells whose second one is only a date or a span of dates."""
    match = DATE.match(value)
    if match and len(value) <= 30 and re.fullmatch(r"[\s、~～から及びと頃末迄まで(年間)\d]*", DATE.sub("", value)):  # noqa: PLR2004
        yield figure_of(outline, section, block, f"{section.name} {key}", value, "", key)


def figures_of_terms(terms: Sequence[Term]) -> Iterator[Figure]:
    """Words that hold a number, 「31手続き」, 「基幹系20業務システム」: what they count is what explains them."""
    for term in terms:
        match = NUMBER.search(half(term.term))
        if match:
            what = f"{term.term} {term.definition}"[:LONGEST_WHAT]
            yield Figure(what, match["value"], "", term.place)


def _counts(
    outline: Outline, section: Section, block: Block, sentence: str, as_of: str, matter: str
) -> Iterator[Figure]:
    for match in NUMBER.finditer(sentence):
        before = sentence[: match.start()]
        if (
            _EACH.match(sentence, match.start())
            or re.search(r"[第令和平成RH\d.-]\s?$", before)
            or (before.endswith("月") and match["value"].endswith("日"))
            or re.match(r"\s?[~-]\s?\d", sentence[match.end() :])
        ):
            continue
        value = match["value"]
        after = sentence[match.end() :]
        what = counted_in(before, value, after)
        what = tidy(f"{matter} {what}") if len(folded(what)) < FEW else tidy(what)
        yield figure_of(outline, section, block, what, value.removesuffix("の"), as_of, sentence)


def _things(outline: Outline, section: Section, block: Block, sentence: str, as_of: str) -> Iterator[Figure]:
    """Numbers before what they count: 17の世界的目標, 20の業務."""
    for match in THINGS.finditer(sentence):
        what = f"{subject_of(sentence[: match.start()])} {match['what']}"
        yield figure_of(outline, section, block, what, match["value"], as_of, sentence)


def _dates(outline: Outline, section: Section, block: Block, sentence: str) -> Iterator[Figure]:
    """What happened or shall happen at a date: the clause around it."""
    end = 0
    for match in DATE.finditer(sentence):
        told = match["fiscal"] or match["month"] or match[0].endswith("頃")
        if match.start() < end or not (told or re.match(r"\s?(?:頃|以降|まで|から|に)", sentence[match.end() :])):
            continue
        if AS_OF.match(sentence[match.start() :]) or _is_citation(sentence, match):
            continue
        value, end = match[0], match.end()
        second = re.match(
            rf"\s?(?:から|~|-|及び|と)\s?({DATE.pattern.replace('?P<', '?P<b_')}|\d{{1,2}}年度)\s?(?:まで)?",
            sentence[end:],
        )
        if second:
            value, end = value + second[0], end + second.end()
        until = re.match(r"(?:末)?(?:まで(?:の\d年間)?|から|より|以降|頃)", sentence[end:])
        if until:
            value += until[0]
        what = event_of(sentence, match.start(), end + (until.end() if until else 0))
        if len(folded(what)) >= 2:  # noqa: PLR2004
            yield figure_of(outline, section, block, what, value, "", sentence)


def _is_citation(sentence: str, match: re.Match[str]) -> bool:
    """A date in brackets after a name, of a law or a decision, says nothing of its own."""
    around = sentence[max(0, match.start() - 1) : match.end() + 12]
    return bool(_LAW.search(around)) and "閣議決定" not in around


def _matter(outline: Outline, section: Section) -> str:
    """The heading that says what is spoken of: not 目標値, but the measure above it."""
    return next((above.name for above in outline.above(section) if above.name and not above.facet), "")


def _ordinals(outline: Outline, section: Section, block: Block, sentence: str, seen: set[str]) -> Iterator[Figure]:
    """第6次総合計画: the count of a plan, where it is named first."""
    for match in _ORDINAL.finditer(sentence):
        name = f"{match['plan']}{match['name']}"
        key = folded(re.sub(r"\d", "", match[0]))[-12:]
        if key not in seen:
            seen.add(key)
            yield figure_of(outline, section, block, name, match["value"], "", sentence)
