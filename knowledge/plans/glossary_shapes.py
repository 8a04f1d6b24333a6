"""Glossaries known by their shape: rows of kana over words, one short name after another with what explains it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.explaining import explains, is_name
from knowledge.plans.headings import BARE
from knowledge.plans.names import spelled_out, split_name
from knowledge.plans.outline import Outline
from knowledge.plans.plain import folded, half, plain
from knowledge.plans.section import Section
from knowledge.plans.tables import Table

FEWEST = 4  # words that show a glossary
FEWEST_ROWS = 3  # … in a table
MOST = 0.6  # share of them that what stands beside them explains
MOST_COLUMNS = 6
TOLD = 0.5  # share of the words that surely are explained
LONGEST_WORD = 40  # characters
SHORTEST = 8  # characters of an explanation
_DIVIDED = re.compile(
    r"^(?P<word>[^。:：]{2,40}?)\s{0,9}(?:[:：｜＝=]|[…‥]{1,9}|[・.]{3,9}|\s{2,9}|\u3000|\t)\s{0,9}(?P<gloss>\S.{7,})$",
    re.S,
)
_ENCLOSED = re.compile(r"^[【〔「《](?P<word>[^【】〔〕「」《》]{2,40})[】〕」》]\s{0,9}(?P<gloss>\S.{7,})$", re.S)
_BLANKS = re.compile(r"(?<=\s{9})\s+|(?<=[…‥・.]{9})[…‥・.]+")  # more than divide a word from its explanation
_TOLD = re.compile(r"(?:をい[いう]|を指[しす]|のこと|の略)(?:ます|称)?$|^(?:正式|通称)")
_CLAUSE = re.compile(r"[。、をがは]|の.*[なの]|[^お]や|など|\d$|(?:する|です|ます|に)$")
_NUMBERED = re.compile(r"\S{0,4}[①-⑳]")


def shaped_glossaries(outline: Outline) -> frozenset[int]:
    """The lines at which sections begin that are glossaries by what stands in them."""
    kana = Counter(_chapter(outline, section) for section in outline.sections[1:] if _is_row(section))
    by_kana = {line for line, count in kana.items() if line and count > 1}
    return frozenset(by_kana | {s.line for s in outline.sections[1:] if s.line and _lists_words(s)})


def _is_row(section: Section) -> bool:
    return bool(section.name) and vocabulary.is_row_of_kana(section.name)


def _chapter(outline: Outline, section: Section) -> int:
    """The line of the chapter that a row of kana divides: the first heading above that is no bare line."""
    above = (s for s in outline.above(section) if s is not section and not _is_row(s))
    return next((s.line for s in above if s.depth or s.mark is not None or s.rank < BARE), 0)


def side_by_side(table: Table) -> Iterator[Table]:
    """A glossary of 用語 ｜ 説明 ｜ 用語 ｜ 説明 as two tables; any other table as it is."""
    starts = [at for at, cell in enumerate(table.heading) if vocabulary.is_column("term", cell)]
    half_way = len(table.heading) // 2
    if half_way > 1 and table.heading[:half_way] == table.heading[half_way:] and len(set(table.heading)) > 1:
        starts = [0, half_way]
    if len(starts) < 2 or any(table.heading[at] != table.heading[starts[0]] for at in starts):  # noqa: PLR2004
        yield table
        return
    for start, end in zip(starts, [*starts[1:], len(table.heading)], strict=True):
        yield Table(tuple(replace(row, cells=row.cells[start:end]) for row in table.rows if any(row.cells[start:end])))


def explaining_columns(table: Table) -> tuple[int, int] | None:
    """The columns of words and of what explains them in a table whose headings do not say so."""
    rows = table.rows[1:]
    if len(rows) < FEWEST_ROWS or table.years:
        return None
    for at, other in combinations(range(min(len(table.heading), MOST_COLUMNS)), 2):
        pairs = [(row.cells[at], row.cells[other]) for row in rows if other < len(row.cells) and row.cells[at]]
        if len(pairs) >= max(FEWEST_ROWS, len(rows) * MOST) and _are_explained(pairs):
            return at, other
    return None


def _lists_words(section: Section) -> bool:
    """Whether most blocks of a section are words with what explains them, on one line or on the next."""
    blocks = [b for b in section.blocks if b.kind in {Kind.TEXT, Kind.ITEM}]
    if section.facet or len(blocks) < FEWEST:
        return False
    raw = [_raw(block) for block in blocks]
    divided = [match for match in (_ENCLOSED.match(text) or _DIVIDED.match(text) for text in raw) if match]
    one_line = [(match["word"], match["gloss"]) for match in divided]
    if len(one_line) >= max(FEWEST, len(blocks) * MOST / 2) and _are_explained(one_line):
        return True
    pairs = [(one.text, other.text) for one, other in pairwise(blocks) if "。" not in one.text]
    alternate = [(word, gloss) for word, gloss in pairs if len(word) <= LONGEST_WORD and len(gloss) >= SHORTEST]
    return len(alternate) >= max(FEWEST, len(blocks) * MOST / 2) and _are_explained(alternate)


def _are_explained(pairs: Sequence[tuple[str, str]]) -> bool:
    words = [word for word, _ in pairs if _may_be_word(word)]
    told = [gloss for word, gloss in pairs if _may_be_word(word) and _says_what(gloss)]
    distinct = len({folded(word) for word in words}) == len(words)
    return distinct and len(words) >= len(pairs) * MOST and len(told) >= len(pairs) * TOLD


def _may_be_word(text: str) -> bool:
    word = split_name(text)[0]
    named = len(text) <= LONGEST_WORD and bool(re.search("[ァ-ヺ一-龥A-ZＡ-Ｚ]", word)) and is_name(word[:25])
    return named and not vocabulary.facet_of(text) and not _CLAUSE.search(half(word))


def _says_what(gloss: str) -> bool:
    first = half(gloss).strip(" :").partition("。")[0]
    if _NUMBERED.match(first):
        return False
    return len(gloss) >= SHORTEST and bool(explains(first) or _TOLD.search(first) or spelled_out(half(gloss))[0])


def _raw(block: Block) -> str:
    text = _BLANKS.sub("", "".join(plain(line.text).strip("\n") for line in block.lines))
    return re.sub(r"^[\s\-*+•・●○◯■◆◇□▪✓※①-⑳]*(?=\S)", "", text).strip()
